"""Who sees a person: those who work on a congress or campaign that the person takes part in."""

import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.delegations import Delegation
from app.models.people.people import Participation, Person
from tests.views.pages import text


@pytest.fixture
def world(house, browse):
    """A person of Alice's congress; Alice also works on a campaign, on which Bob works; Charlie works on a second congress."""
    with house.open() as make:
        here, there, campaign = make.congress("Here"), make.congress("There"), make.campaign("Land")
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice, Role.ORGANIZER, congress=here)
        make.grant(alice, Role.ORGANIZER, campaign=campaign)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, congress=there)
        person = make.person("Rosa", "Luz", congress=here, email="rosa@example.org")
        seats = make.delegation(there)
        world = {
            "person": f"/people/{person.id}",
            "campaign": f"campaign:{campaign.id}",
            "there": f"congress:{there.id}",
        }
        world |= {"seats": seats.id, "person_id": person.id, "congress_id": there.id}
    return world | {"alice": browse(alice), "bob": browse(bob), "charlie": browse(charlie)}


def ids(house, world):
    with house.open():
        found = db.session.query(Participation).filter_by(person_id=world["person_id"]).order_by(Participation.id)
        return [one.id for one in found]


def test_a_person_is_shown_to_those_who_work_on_what_is_added(world):
    assert world["bob"].get(world["person"]).status_code == 404
    added = world["alice"].post(world["person"] + "/participations/new", {"subject": world["campaign"]})
    page = text(world["alice"].get(added.location))
    assert page.index("Who can see this person") < page.index("Here") < page.index("Land")
    shown = text(world["bob"].get(world["person"]))
    assert "rosa@example.org" in shown
    assert "Here" not in shown
    assert world["bob"].get(world["person"] + "/edit").status_code == 200
    assert world["charlie"].get(world["person"]).status_code == 404
    assert "Rosa" not in text(world["charlie"].get("/people"))


def test_a_participation_is_removed_and_brought_back(world, house):
    world["alice"].post(world["person"] + "/participations/new", {"subject": world["campaign"]})
    removed = world["alice"].post(
        world["person"] + f"/participations/{ids(house, world)[1]}/end", {"idempotency_key": "k"}
    )
    assert world["bob"].get(world["person"]).status_code == 404
    page = text(world["alice"].get(removed.location))
    undo = re.search(r'action="(/[^"]*undo/\d+)"', page)[1]
    assert world["alice"].post(undo, {}).status_code == 302
    assert world["bob"].get(world["person"]).status_code == 200


def test_the_last_participation_in_scope_cannot_be_removed(world, house):
    world["alice"].post(world["person"] + "/participations/new", {"subject": world["campaign"]})
    refused = world["bob"].post(
        world["person"] + f"/participations/{ids(house, world)[1]}/end", {"idempotency_key": "k"}
    )
    assert "the only congress or campaign through which you can see this person" in text(
        world["bob"].get(refused.location)
    )
    assert world["bob"].post(world["person"] + f"/participations/{ids(house, world)[0]}/end", {}).status_code == 404


def test_nobody_adds_a_person_to_a_congress_on_which_they_do_not_work(world, house):
    refused = world["alice"].post(world["person"] + "/participations/new", {"subject": world["there"]})
    assert refused.status_code == 422
    assert len(ids(house, world)) == 1


def test_a_delegate_of_another_congress_gains_no_editors_there(world, house):
    with house.open() as make:
        seats = db.session.get_one(Delegation, world["seats"])
        make.seat(seats, db.session.get_one(Person, world["person_id"]))
    assert "Who can see this person" not in text(world["charlie"].get(world["person"]))
    for path in ("/edit", "/participations/new", f"/participations/{ids(house, world)[0]}/end"):
        assert world["charlie"].post(world["person"] + path, {"subject": world["there"]}).status_code == 404, path
