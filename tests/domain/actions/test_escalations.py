"""Overdue actions that are brought to another account."""

from datetime import timedelta

import pytest

from app.domain.accounts import accounts
from app.domain.actions import escalations, follow_ups, losing_access, repeating
from app.domain.recording import recording
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from app.recurring.patterns import Pattern
from tests.factories import utc

MONDAY = utc("2025-12-01 14:00")
DUE = utc("2025-12-04 22:00")
"""Thursday, 18:00 in Caracas; a day later, it is escalated with the letter of Saturday, 08:00."""
SATURDAY = utc("2025-12-06 12:01")
DAY = timedelta(days=1)


@pytest.fixture
def story(make, at):
    """Alice coordinates a congress, and Bob works on it."""
    at(MONDAY)
    congress = make.congress()
    alice, bob = make.user("Alice"), make.user("Bob")
    make.grant(alice, Role.COORDINATOR, congress=congress)
    make.grant(bob, Role.ORGANIZER, congress=congress)
    return congress, alice, bob


@pytest.fixture
def escalating(make, story):
    congress, alice, bob = story
    return make.follow_up(congress, bob, DUE, escalate_to=alice, escalate_after_hours=24)


def kept(make, action, **changes):
    """Return the values of an action with some changed."""
    same = {name: getattr(action, name) for name in ("escalate_to", "escalate_after_hours")}
    return make.follow_up_values(action.assignee, action.due_at, **same) | changes


def escalated(at, instant):
    """Return the subjects of the letters about escalated actions that were sent by an instant."""
    at(instant)
    deliver_due()
    ids = db.session.query(Delivery.message_id).filter_by(kind=DeliveryKind.ESCALATION).all()
    found = db.session.query(MailboxLetter).order_by(MailboxLetter.id)
    return [one.subject for one in found if any(number in one.message_id for (number,) in ids)]


def test_an_action_that_is_overdue_by_the_time_is_escalated_once_at_the_hour_of_the_account(escalating, at):
    assert escalated(at, SATURDAY - timedelta(minutes=2)) == []
    assert escalated(at, SATURDAY) == ["1 overdue action needs you"]
    assert escalated(at, SATURDAY + 60 * DAY) == ["1 overdue action needs you"]
    entry = db.session.query(AuditEntry).filter_by(verb="escalated").one()
    assert (entry.subject_id, entry.after) == (escalating.id, {"escalate_to": "Alice"})


def test_all_that_is_escalated_to_one_account_on_a_day_is_in_one_letter(make, story, escalating, at):
    congress, alice, bob = story
    for hours in (1, 5):
        make.follow_up(congress, bob, DUE + timedelta(hours=hours), escalate_to=alice, escalate_after_hours=12)
    make.follow_up(congress, alice, DUE, escalate_to=bob, escalate_after_hours=24)
    assert sorted(escalated(at, SATURDAY)) == ["1 overdue action needs you", "3 overdue actions need you"]


@pytest.mark.parametrize("change", [follow_ups.complete, follow_ups.cancel])
def test_a_closed_action_is_not_escalated(escalating, at, change):
    change(escalating)
    db.session.commit()
    assert escalating.escalates_at is None
    assert escalated(at, SATURDAY) == []


def test_a_moved_action_is_escalated_only_if_it_becomes_overdue_again(make, story, escalating, at):
    assert len(escalated(at, SATURDAY)) == 1
    follow_ups.change(escalating, kept(make, escalating, due_at=SATURDAY + 2 * DAY))
    db.session.commit()
    assert len(escalated(at, SATURDAY + 2 * DAY)) == 1
    assert len(escalated(at, SATURDAY + 4 * DAY)) == 2


def test_a_new_assignee_has_until_the_next_letter(make, story, escalating, at):
    assert len(escalated(at, SATURDAY)) == 1
    congress, _alice, _bob = story
    carla = make.user("Carla")
    make.grant(carla, Role.ORGANIZER, congress=congress)
    follow_ups.change(escalating, kept(make, escalating, assignee=carla))
    db.session.commit()
    assert len(escalated(at, SATURDAY + timedelta(hours=1))) == 1
    assert len(escalated(at, SATURDAY + DAY)) == 2


def test_nothing_is_escalated_to_the_assignee(make, story, escalating, at):
    _congress, alice, bob = story
    with pytest.raises(DomainError) as raised:
        follow_ups.change(escalating, kept(make, escalating, assignee=alice))
    assert raised.value.field == "escalate_to_id"
    follow_ups.give(escalating, alice, by=bob)
    db.session.commit()
    assert escalated(at, SATURDAY) == []


def test_nothing_is_escalated_to_an_account_that_may_not_see_it(make, story, at):
    congress, _alice, bob = story
    charlie = make.user("Charlie")
    make.grant(charlie, Role.COORDINATOR, congress=make.congress("Other"))
    with pytest.raises(DomainError) as raised:
        make.follow_up(congress, bob, DUE, escalate_to=charlie, escalate_after_hours=24)
    assert raised.value.field == "escalate_to_id"


@pytest.mark.parametrize("moment", ["before", "between"])
@pytest.mark.parametrize("end", ["revoked", "closed"])
def test_an_account_that_lost_access_is_told_nothing(story, escalating, at, moment, end):
    _congress, alice, _bob = story
    at(SATURDAY)
    if moment == "between":
        escalations.queue_some()
        db.session.commit()
    if end == "closed":
        losing_access.deactivate(alice)
    else:
        losing_access.revoke(accounts.accounts.get(alice.id).grants[0])
    db.session.commit()
    assert escalated(at, SATURDAY + DAY) == []


def test_an_action_done_between_queuing_and_sending_is_left_out(make, story, escalating, at):
    congress, alice, bob = story
    other = make.follow_up(congress, bob, DUE, title="Hire the hall", escalate_to=alice, escalate_after_hours=24)
    at(SATURDAY)
    escalations.queue_some()
    db.session.commit()
    follow_ups.complete(escalating)
    db.session.commit()
    assert escalated(at, SATURDAY) == ["1 overdue action needs you"]
    [content] = [one.content for one in db.session.query(MailboxLetter) if one.subject == "1 overdue action needs you"]
    assert other.title.encode() in content
    assert escalating.title.encode() not in content


def test_two_runs_and_a_clock_that_jumps_back_send_one_letter(escalating, at):
    at(SATURDAY)
    assert escalations.queue_some() == 1
    assert escalations.queue_some() == 0
    db.session.commit()
    assert len(escalated(at, SATURDAY)) == 1
    assert len(escalated(at, SATURDAY - 2 * DAY)) == 1
    assert len(escalated(at, SATURDAY + timedelta(hours=1))) == 1


def test_what_is_due_after_the_letter_of_a_day_was_sent_is_in_the_next_one(make, story, escalating, at):
    congress, alice, bob = story
    late = make.follow_up(congress, bob, DUE, escalate_to=alice, escalate_after_hours=24)
    assert len(escalated(at, SATURDAY)) == 1
    late.escalated_at, late.escalates_at = None, SATURDAY  # as if another worker had held it
    db.session.commit()
    assert len(escalated(at, SATURDAY + timedelta(minutes=1))) == 1
    assert late.escalates_at == utc("2025-12-07 12:00")
    assert len(escalated(at, SATURDAY + DAY)) == 2


def test_quiet_days_are_left_out(story, escalating, at):
    _congress, alice, _bob = story
    alice.quiet_days = [5, 6]
    escalating.escalates_at = escalations.next_of(escalating)
    db.session.commit()
    assert escalated(at, SATURDAY + DAY) == []
    assert len(escalated(at, SATURDAY + 2 * DAY)) == 1


def test_the_next_action_of_a_series_is_escalated_to_the_same_account(make, story, escalating):
    values = {"pattern": Pattern.WEEK, "interval": 1, "weekdays": [3], "until": None, "count": None}
    repeating.repeat(escalating, values, timezone="America/Caracas")
    following = follow_ups.complete(escalating)
    assert (following.escalate_to, following.escalate_after_hours) == (escalating.escalate_to, 24)
    assert following.escalates_at is not None


def test_completing_an_escalated_action_can_be_undone_and_is_not_escalated_again(story, escalating, at):
    assert len(escalated(at, SATURDAY)) == 1
    _congress, alice, _bob = story
    with recording("follow_ups.close", "Book the bus", by=alice) as entry:
        follow_ups.complete(escalating)
    db.session.commit()
    undo(entry, by=alice)
    db.session.commit()
    assert escalating.is_open
    assert len(escalated(at, SATURDAY + DAY)) == 1
