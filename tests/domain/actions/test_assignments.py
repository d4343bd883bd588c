"""The same action about each of many people: who learns what, and what undoing takes back."""

import pytest
from sqlalchemy import func, select

from app import clock
from app.domain.accounts import removals
from app.domain.actions import follow_ups
from app.domain.actions.assignments import assign_about
from app.domain.mail import deliveries
from app.domain.recording import recording_many
from app.domain.undo import undo
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import AnnouncedFollowUp, Delivery, DeliveryKind
from app.models.scoping import Scope, enter_scope
from app.queries.actions import follow_ups as follow_up_queries
from tests.domain.people.test_bulk import counted


@pytest.fixture
def world(make):
    """Three people of a campaign, and a congress with an assignee who cannot see them."""
    campaign, congress = make.campaign(), make.congress()
    people = [make.person(name, "Luz", campaign=campaign) for name in ("Ana", "Bea", "Carla")]
    return congress, people, make.user("Bob")


def assigned(make, world, people=None, **changes):
    congress, all_people, bob = world
    alice = make.user()
    ids = [one.id for one in (all_people if people is None else people)]
    values = make.follow_up_values(bob, **changes)
    with recording_many("assigning.assign", "Call her", by=alice, congress_id=congress.id) as entry:
        assign_about(values, ids, by=alice, congress_id=congress.id)
    db.session.commit()
    return db.session.scalars(select(FollowUp).order_by(FollowUp.id)).all(), entry


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_each_person_gets_an_action_with_reminders_and_the_assignee_one_email(make, world):
    found, _entry = assigned(make, world)
    assert {one.person_id for one in found} == {one.id for one in world[1]}
    assert db.session.scalars(select(Delivery.kind)).all() == [DeliveryKind.ASSIGNMENT]
    assert all(one.next_reminder_at for one in found)
    assert count(AnnouncedFollowUp) == 3
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "follow_ups")).all()
    assert [(one.verb, one.congress_id, one.person_id) for one in entries] == [("recorded", world[0].id, None)] * 3
    assert {one.id for one in follow_up_queries.open_about(FollowUp.person_id, world[1][0].id)} == {found[0].id}


def test_who_cannot_see_the_person_does_not_learn_the_name(make, world):
    [found, *_rest], _entry = assigned(make, world)
    db.session.expunge_all()
    enter_scope(Scope(frozenset({world[0].id})))
    hidden = follow_up_queries.get(found.id)
    assert (hidden.person_id, hidden.person) == (world[1][0].id, None)


def test_undoing_takes_back_the_open_actions_with_their_emails_and_leaves_those_already_done(make, world):
    found, entry = assigned(make, world)
    named = {"user": found[0].assignee, "occasion": "one", "due_at": clock.now()}
    for one in found[:2]:
        deliveries.queue(DeliveryKind.MENTION, **named | {"occasion": str(one.id)}, follow_up_id=one.id)
    follow_ups.complete(found[0])
    db.session.commit()
    assert undo(entry, by=make.user()) == 1
    db.session.commit()
    left = db.session.scalars(select(FollowUp)).all()
    assert [one.id for one in left] == [found[0].id]
    assert {one.follow_up_id for one in db.session.scalars(select(Delivery))} == {found[0].id, None}
    assert count(AnnouncedFollowUp) == 1


def test_an_action_is_hidden_with_its_person_and_comes_back_with_her(make, world):
    _found, _entry = assigned(make, world)
    removals.remove(world[1][0], by=None)
    db.session.commit()
    assert len(db.session.scalars(select(FollowUp)).all()) == 2
    removals.bring_back(world[1][0])
    db.session.commit()
    assert len(db.session.scalars(select(FollowUp)).all()) == 3


def test_the_number_of_statements_does_not_grow_with_the_number_of_people(make, world):
    needed = []
    for people in (world[1][:1], world[1][:2], world[1]):
        with counted() as sent:
            assigned(make, world, people)
        needed.append(len(sent))
    assert needed[1] == needed[2]
