"""Changing several actions at once, and undoing it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.actions import follow_ups, repeating, several
from app.domain.bulk import Left
from app.domain.recording import recording_many
from app.domain.undo import undo
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp, FollowUpKind, FollowUpStatus, Priority
from app.models.actions.series import FollowUpSeries
from app.models.mail.deliveries import AnnouncedFollowUp, Delivery
from app.queries.actions import parts
from app.recurring.patterns import Pattern
from tests.factories import utc

NOON = utc("2025-12-06 12:00")


@pytest.fixture
def alice(make, at):
    at(NOON)
    return make.user("Alice")


def write(actions, judge, by, **given):
    """Write a change as one entry, and return the outcome and the entry."""
    planned = several.plan(actions, judge)
    with recording_many("selected_actions.move", "Several", by=by) as entry:
        outcome = several.write(actions, planned, by=by, **given)
    db.session.commit()
    return outcome, entry


def states(*ids):
    db.session.expire_all()
    wanted = ("assignee_id", "assignee_person_id", "due_at", "priority", "status", "completed_at", "next_reminder_at")
    rows = [db.session.get_one(FollowUp, number) for number in ids]
    return [[getattr(row, name) for name in wanted] for row in rows]


def letters():
    return db.session.scalars(select(Delivery).where(Delivery.occasion.startswith("assigned:"))).all()


def test_assigning_tells_the_assignee_once_and_leaves_out_what_does_not_fit(make, alice):
    congress, bob = make.congress(), make.user("Bob")
    first, second, closed, his, foreign = (make.follow_up(congress, alice, title=name) for name in "abcde")
    follow_ups.complete(closed)
    follow_ups.change(his, make.follow_up_values(bob, title="d"), by=bob)
    before = states(first.id, second.id)
    chosen = [first, second, closed, his, foreign]
    judge = several.assigned_to(bob, lambda one: one.title != "e")
    outcome, entry = write(chosen, judge, alice, holder=bob)
    assert (list(outcome.done), outcome.already) == ([first.id, second.id], 1)
    assert outcome.left == {Left.CLOSED: 1, Left.ELSEWHERE: 1}
    assert [one.assignee for one in (first, second, closed, foreign)] == [bob, bob, alice, alice]
    [letter] = letters()
    assert letter.user_id == bob.id
    announced = select(AnnouncedFollowUp.follow_up_id).where(AnnouncedFollowUp.delivery_id == letter.id)
    assert set(db.session.scalars(announced)) == {first.id, second.id}
    noted = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == first.id).order_by(AuditEntry.id)
    ).all()[-1]
    assert (noted.before["assignee"], noted.after["assignee"]) == ("Alice", "Bob")
    assert undo(entry, by=alice) == 0
    assert states(first.id, second.id) == before


def test_the_link_of_an_assignment_that_was_undone_never_works_again(make, alice):
    congress, rosa, eva = make.congress(), make.person("Rosa"), make.person("Eva")
    action = make.follow_up(congress, rosa, by=alice)
    old = action.link_number
    _outcome, entry = write([action], several.assigned_to(eva, lambda _one: True), alice, holder=eva)
    hers = action.link_number
    undo(entry, by=alice)
    db.session.refresh(action)
    assert (action.assignee_person, action.link_number not in {old, hers}) == (rosa, True)


def test_moving_keeps_the_reminders_with_the_due_dates_and_leaves_far_dates(make, alice):
    congress = make.congress()
    near, far = (make.follow_up(congress, alice, NOON + timedelta(days=days)) for days in (2, 1800))
    before = states(near.id)
    outcome, entry = write([near, far], several.moved(lambda one: one.due_at + timedelta(days=60)), alice)
    assert (list(outcome.done), outcome.left) == ([near.id], {Left.TOO_FAR: 1})
    db.session.expire_all()
    assert near.due_at == NOON + timedelta(days=62)
    assert near.next_reminder_at > NOON + timedelta(days=59)
    undo(entry, by=alice)
    assert states(near.id) == before


def test_what_was_changed_since_is_not_undone(make, alice):
    congress = make.congress()
    first, second = (make.follow_up(congress, alice) for _each in range(2))
    _outcome, entry = write([first, second], several.prioritized(Priority.HIGH), alice)
    follow_ups.change(second, make.follow_up_values(alice, priority=Priority.LOW), by=alice)
    assert undo(entry, by=alice) == 1
    db.session.expire_all()
    assert [first.priority, second.priority] == [Priority.NORMAL, Priority.LOW]


def test_completing_goes_on_with_series_and_undoing_takes_the_next_ones_away(make, alice):
    congress = make.congress()
    once, weekly, last = (make.follow_up(congress, alice, title=name) for name in ("once", "weekly", "last"))
    make.checklist_item(weekly)
    every_week = {"pattern": Pattern.WEEK, "interval": 1, "weekdays": (), "until": None, "count": None}
    repeating.repeat(weekly, every_week, timezone="UTC")
    repeating.repeat(last, every_week | {"count": 2}, timezone="UTC")
    follow_ups.complete(last)
    of_last = select(FollowUp).where(FollowUp.title == "last", FollowUp.status.in_(OPEN_STATUSES))
    last = db.session.scalars(of_last).one()
    booking = make.follow_up(congress, alice)
    booking.kind = FollowUpKind.BOOK
    db.session.commit()
    before = states(once.id, weekly.id, last.id)
    outcome, entry = write([once, weekly, last, booking], several.closed(FollowUpStatus.COMPLETED), alice)
    assert (len(outcome.done), outcome.left) == (3, {Left.OF_BOOKINGS: 1})
    assert (once.status, once.completed_at is None, once.next_reminder_at) == (FollowUpStatus.COMPLETED, False, None)
    [following] = db.session.scalars(
        select(FollowUp).where(FollowUp.series_id == weekly.series_id, FollowUp.id != weekly.id)
    )
    assert (following.is_open, following.assignee, following.next_reminder_at is not None) == (True, alice, True)
    number = following.id
    assert len(parts.checklist(number)) == 1
    ended = db.session.get_one(FollowUpSeries, last.series_id)
    assert ended.ended_at is not None
    assert undo(entry, by=alice) == 0
    assert states(once.id, weekly.id, last.id) == before
    assert db.session.get(FollowUp, number) is None
    assert db.session.get_one(FollowUpSeries, last.series_id).ended_at is None
