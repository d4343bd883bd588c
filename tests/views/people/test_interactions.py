"""Calls, visits and letters: what was said, who sees it, and the action that follows."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.domain.people import participations
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from app.models.people.interactions import Interaction
from app.models.people.people import Person
from tests.views.pages import text

NOW = clock.now()
TYPED = {
    "kind": "call",
    "occurred": f"{NOW - timedelta(days=1):%Y-%m-%dT%H:%M}",
    "subject": "Who travels",
    "body": "Two will come.",
}


@pytest.fixture
def world(house, browse):
    """Alice and Bob work on one congress, Charlie on another; Dora works on a campaign that Rosa of Alice's congress takes part in."""
    with house.open() as make:
        here, there, campaign = make.congress("Here"), make.congress("There"), make.campaign("Land")
        people = {name: make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora")}
        for name, where in (
            ("Alice", {"congress": here}),
            ("Bob", {"congress": here}),
            ("Charlie", {"congress": there}),
        ):
            make.grant(people[name], Role.ORGANIZER, **where)
        make.grant(people["Dora"], Role.ORGANIZER, campaign=campaign)
        rosa = make.person("Rosa", "Luz", congress=here)
        dockers = make.organization("Dockers", "PE")
        make.membership(rosa, organization=dockers)
        found = {
            "rosa": rosa.id,
            "dockers": dockers.id,
            "here": f"congress:{here.id}",
            "campaign": f"campaign:{campaign.id}",
        }
        found |= {"bob_id": people["Bob"].id}
    return found | {name.lower(): browse(user) for name, user in people.items()}


def record(world, **changes):
    with_whom = {"person": f"Rosa Luz (#{world['rosa']})", "about": world["here"]}
    return world["alice"].post("/interactions/new", TYPED | with_whom | changes)


def test_the_next_step_becomes_an_action_that_both_pages_show(house, world):
    due = f"{NOW + timedelta(days=3):%Y-%m-%dT%H:%M}"
    step = {"step_title": "Send the tickets", "step_due": due, "step_assignee_id": str(world["bob_id"])}
    page = text(world["alice"].get(record(world, **step).location))
    assert "Two will come." in page
    assert "Alice" in page
    [action] = re.findall(r'href="(/follow-ups/\d+)"', page)
    shown = text(world["bob"].get(action))
    assert "Send the tickets" in shown
    assert 'href="/interactions/1"><bdi>Who travels' in shown
    listed = text(world["bob"].get(f"/people/{world['rosa']}"))
    assert listed.index("Who travels") < listed.index("Send the tickets")
    with house.open():
        assert db.session.query(FollowUp).one().assignee_id == world["bob_id"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person": ""}, "person"),
        ({"person": "", "organization": "Dockers", "about": ""}, "about"),
        ({"occurred": f"{NOW + timedelta(days=2):%Y-%m-%dT%H:%M}"}, "occurred"),
        ({"step_title": "Send the tickets"}, "step_due"),
        ({"about": "", "step_title": "x", "step_due": f"{NOW:%Y-%m-%dT%H:%M}", "step_assignee_id": "1"}, "about"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_stored(house, world, changes, field):
    refused = record(world, **changes)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert "Two will come." in text(refused)
    with house.open():
        assert (db.session.query(Interaction).count(), db.session.query(FollowUp).count()) == (0, 0)


def test_what_an_organization_said_is_seen_only_where_it_was_recorded(world):
    page = f"/organizations/{world['dockers']}"
    said = record(world, person="", organization="Dockers").location
    assert "Who travels" in text(world["bob"].get(page))
    assert world["bob"].get(said).status_code == 200
    for path in (page, f"{page}/interactions"):
        assert "Who travels" not in text(world["charlie"].get(path)), path
    assert world["charlie"].get(said).status_code == 404
    assert world["charlie"].post(f"{said}/remove").status_code == 404


def test_what_a_person_said_is_seen_with_the_person_but_not_for_which_congress(house, world):
    said = record(world, organization="Dockers").location
    pages = said, f"/people/{world['rosa']}", f"/organizations/{world['dockers']}"
    assert all("Who travels" in text(world["bob"].get(path)) for path in pages)
    assert "Who travels" not in text(world["charlie"].get(pages[2]))
    assert world["dora"].get(said).status_code == 404
    with house.open():
        person = db.session.get(Person, world["rosa"])
        participations.begin(person, campaign_id=int(world["campaign"].partition(":")[2]))
    page = text(world["dora"].get(said))
    assert "Two will come." in page
    assert "Here" not in page
    assert "another organizer" in page
    world["dora"].edit(f"{said}/edit", subject="Who comes")
    assert "Here" in text(world["alice"].get(said))
    assert "Who comes" in text(world["alice"].get(said))


def test_a_removed_interaction_can_be_restored_by_those_who_see_the_person_only(house, world):
    said = record(world).location
    page = text(world["alice"].get(world["alice"].post(f"{said}/remove").location))
    assert "Who travels" not in page
    [undo] = re.findall(r'action="(/[^"]*undo/\d+)"', page)
    assert "Interaction removed" not in text(world["charlie"].get("/undo"))
    assert world["charlie"].post(undo).status_code == 404
    assert world["bob"].post(undo).status_code == 302
    assert "Who travels" in text(world["bob"].get(f"/people/{world['rosa']}"))
