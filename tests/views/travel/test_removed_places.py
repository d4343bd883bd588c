"""Pages of places: the list, one place, the confirmation page before a removal, and a removed place."""

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text

LEG = {"mode": "road", "origin": "Maicao, CO", "destination": "Paraguachón, VE", "journey": "out"}


@pytest.fixture
def story(house):
    with house.open() as make:
        organizer, member, congress = make.user("Olga"), make.user("Mia"), make.congress()
        make.grant(organizer, Role.ORGANIZER, congress=congress), make.grant(member, Role.MEMBER, congress=congress)
        delegation = make.delegation(congress)
        leg = make.leg(delegation, "Maicao", "Paraguachón", mode="road", carrier=None)
        make.crossing("Maicao", "Paraguachón", name="Raya")
        place = f"/places/{leg.origin_id}"
        itinerary = f"/congresses/{congress.id}/delegations/{delegation.id}"
    return {"olga": organizer, "mia": member, "place": place, "leg": f"{itinerary}/legs/{leg.id}", "way": itinerary}


def test_a_place_is_removed_after_confirmation_and_restored_from_the_list(browse, story):
    olga = browse(story["olga"])
    assert f'href="{story["place"]}"' in olga.get("/places?q=maicao").text
    for path in (story["place"], f"{story['place']}/remove"):
        page = text(olga.get(path))
        assert "1 leg uses it." in page
        assert "1 border crossing is at this place." in page
    assert olga.post(f"{story['place']}/remove").location == "/places"
    assert story["place"] not in olga.get("/places?q=maicao").text
    assert olga.get(story["place"]).status_code == 404
    assert "Maicao, CO" in text(olga.get("/removed"))
    assert "a town was removed" in text(olga.get("/crossings"))
    assert olga.post(f"{story['place']}/bring-back").location == story["place"]
    assert olga.get(story["place"]).status_code == 200


def test_a_leg_from_a_removed_place_can_still_be_edited(browse, story):
    olga = browse(story["olga"])
    olga.post(f"{story['place']}/remove")
    assert "Maicao" in text(olga.get(story["way"]))
    page = text(olga.get(f"{story['leg']}/edit"))
    assert 'value="Maicao, CO"' in page
    saved = olga.edit(f"{story['leg']}/edit", number="77")
    assert saved.status_code == 302, text(saved)
    assert "77" in text(olga.get(story["way"]))


def test_a_removed_place_is_not_offered_for_new_legs(browse, story):
    olga = browse(story["olga"])
    olga.post(f"{story['place']}/remove")
    page = olga.post(f"{story['way']}/legs/new", LEG)
    assert page.status_code == 422
    assert "“Maicao, CO” is not known" in text(page)


def test_users_without_permission_can_neither_see_nor_restore_removed_places(browse, story):
    browse(story["olga"]).post(f"{story['place']}/remove")
    mia = browse(story["mia"])
    assert "Maicao" not in text(mia.get("/removed"))
    assert mia.post(f"{story['place']}/bring-back").status_code == 403
