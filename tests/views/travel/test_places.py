"""The edit page of a place: who may use it, what it says beforehand, and what follows."""

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text


@pytest.fixture
def story(house):
    with house.open() as make:
        organizer, member, congress = make.user("Olga"), make.user("Mia"), make.congress()
        make.grant(organizer, Role.ORGANIZER, congress=congress), make.grant(member, Role.MEMBER, congress=congress)
        delegation = make.delegation(congress)
        make.leg(delegation, "Terminal", "CCS", mode="road", carrier=None)
        return {
            "olga": organizer,
            "mia": member,
            "place": f"/places/{make.place('Terminal').id}",
            "built_in": f"/places/{make.place('CCS').id}",
            "way": f"/congresses/{congress.id}/delegations/{delegation.id}",
        }


def test_an_organizer_edits_a_place_and_its_legs_show_the_new_name(browse, story):
    olga = browse(story["olga"])
    assert f"{story['place']}/edit" in olga.get(story["place"]).text
    page = text(olga.get(f"{story['place']}/edit"))
    assert "their local times stay as they are" in page
    assert (
        olga.edit(f"{story['place']}/edit", name="Terminal Sur", timezone="America/Bogota").location == story["place"]
    )
    shown = text(olga.get(story["place"]))
    assert "Terminal Sur" in shown
    assert "America/Bogota" in shown
    assert "Terminal Sur" in text(olga.get(story["way"]))


def test_legs_of_other_congresses_are_announced_as_well(browse, house, story):
    with house.open() as make:
        stranger = make.user("Oscar")
        make.grant(stranger, Role.ORGANIZER, congress=make.congress("Elsewhere"))
    assert "Legs use this place" in text(browse(stranger).get(f"{story['place']}/edit"))


def test_a_built_in_place_is_not_edited(browse, story):
    olga = browse(story["olga"])
    shown = olga.get(story["built_in"])
    assert f"{story['built_in']}/edit" not in shown.text
    assert "remove it and record it again" in text(shown)
    assert olga.get(f"{story['built_in']}/edit").status_code == 404
    assert olga.post(f"{story['built_in']}/edit", {"name": "Elsewhere"}).status_code == 404


def test_errors_of_an_edit_stand_beside_their_fields(browse, story):
    olga = browse(story["olga"])
    refused = olga.edit(f"{story['place']}/edit", code="CCS", timezone="Narnia")
    assert refused.status_code == 422
    assert "“Narnia” is not known." in text(refused)
    assert "Another place already has this code." in text(refused)
