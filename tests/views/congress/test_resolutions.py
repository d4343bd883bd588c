"""Resolutions, and the campaigns that come from them."""

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.origins import Origin
from app.models.scoping import EVERYTHING, enter_scope
from tests.views.pages import text


@pytest.fixture
def world(house, browse):
    """Alice coordinates everything, Bob organizes the congress, Charlie another one; Dana coordinates the campaign."""
    with house.open() as make:
        congress, other = make.congress("Here"), make.congress("There")
        campaign = make.campaign("Open skies")
        alice, bob, charlie, dana = (make.user(name) for name in ("Alice", "Bob", "Charlie", "Dana"))
        make.grant(alice, Role.COORDINATOR)
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(charlie, Role.ORGANIZER, congress=other)
        make.grant(dana, Role.COORDINATOR, campaign=campaign)
        make.resolution(congress, "Against the blockade")
    return {user.name.lower(): browse(user) for user in (alice, bob, charlie, dana)}


PAGE = "/congresses/1/resolutions/1"
EDIT = "/campaigns/1/edit"


def test_an_organizer_records_a_resolution_and_others_do_not_see_it(world):
    typed = {"title": "For open borders", "text": "We resolve.", "in_language": "en", "number": "2"}
    created = world["bob"].post("/congresses/1/resolutions/new", typed)
    assert "For open borders" in text(world["bob"].get(created.location))
    assert "We resolve." in text(world["bob"].get(created.location))
    assert world["charlie"].get(created.location).status_code == 404


def test_a_resolution_cannot_be_adopted_in_the_future(world):
    typed = {"title": "Later", "text": "We resolve.", "in_language": "en", "adopted_on": "2099-01-01"}
    refused = world["bob"].post("/congresses/1/resolutions/new", typed)
    assert refused.status_code == 422
    assert "This day has not come yet." in text(refused)
    assert "We resolve." in text(refused)


def test_a_campaign_names_its_resolutions_and_both_pages_show_it(world):
    world["alice"].edit(EDIT, resolution_ids="1")
    assert "Against the blockade" in text(world["alice"].get("/campaigns/1"))
    assert "Open skies" in text(world["alice"].get(PAGE))
    assert "Open skies" not in text(world["bob"].get(PAGE))


def test_whoever_cannot_see_the_congress_neither_sees_nor_drops_its_resolution(world, house):
    world["alice"].edit(EDIT, resolution_ids="1")
    assert "Against the blockade" not in text(world["dana"].get("/campaigns/1"))
    assert "Against the blockade" not in text(world["dana"].get(EDIT))
    assert "a resolution that you do not have access to" in text(world["dana"].get("/campaigns/1"))
    assert world["dana"].edit(EDIT, goal="To fly").status_code == 302
    with house.open():
        enter_scope(EVERYTHING)
        assert [one.resolution_id for one in db.session.query(Origin)] == [1]


def test_a_removed_resolution_leaves_the_campaign_and_returns_with_it(world):
    world["alice"].edit(EDIT, resolution_ids="1")
    world["bob"].post(f"{PAGE}/remove", {})
    assert "/congresses/1/resolutions/1" not in text(world["alice"].get("/campaigns/1"))
    world["bob"].post(f"{PAGE}/bring-back", {})
    assert "/congresses/1/resolutions/1" in text(world["alice"].get("/campaigns/1"))


def test_campaigns_are_not_part_of_themselves(world, house):
    with house.open() as make:
        make.campaign("Part", parent_id=1)
        make.campaign("Part of the part", parent_id=2)
    refused = world["alice"].edit(EDIT, parent_id="3")
    assert refused.status_code == 422
    assert "This campaign would be part of itself." in text(refused)
    assert "Part" in text(world["alice"].get("/campaigns/1"))
    with house.open():
        enter_scope(EVERYTHING)
        assert {one.id: one.parent_id for one in db.session.query(Campaign)} == {1: None, 2: 1, 3: 2}


def test_an_unknown_country_is_named_and_known_ones_are_shown_in_words(world):
    refused = world["alice"].edit(EDIT, countries="Mexico, Atlantis")
    assert "“Atlantis” is not a known country." in text(refused)
    world["alice"].edit(EDIT, countries="México; br", languages=["es", "pt"])
    shown = text(world["alice"].get("/campaigns/1"))
    assert "Mexico and Brazil" in shown
    assert "Spanish and Portuguese" in shown


def test_organizations_take_part_once_and_are_removed_with_undo(world, house):
    with house.open() as make:
        make.organization("Dockers")
    page = "/campaigns/1/partners/new"
    assert world["dana"].post(page, {"organization": "Dockers", "role": "convenes"}).status_code == 302
    assert "This organization already takes part." in text(
        world["dana"].post(page, {"organization": "Dockers", "role": "supports"})
    )
    assert "convenes the campaign" in text(world["dana"].get("/campaigns/1"))
    removed = world["dana"].post("/campaigns/1/partners/1/remove", {"idempotency_key": "k"})
    assert "Undo" in text(world["dana"].get(removed.location))
    assert "convenes the campaign" not in text(world["dana"].get("/campaigns/1"))
