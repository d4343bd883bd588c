"""Escalations of actions that wait for another one."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.domain.actions import escalations, follow_ups, reminders, several
from app.domain.actions.order import Order
from app.domain.recording import recording, recording_many
from app.domain.undo import undo
from app.extensions import db
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from tests.domain.actions.test_escalations import DAY, DUE, MONDAY, SATURDAY, escalated, kept, story

__all__ = ["story"]
LATER = SATURDAY + 10 * DAY
"""Long after the action would have been escalated if it did not wait."""


@pytest.fixture
def first(make, story):
    congress, _alice, bob = story
    return make.follow_up(congress, bob, DUE, title="Get the permit")


@pytest.fixture
def waiting(make, story, first):
    congress, alice, bob = story
    return make.follow_up(congress, bob, DUE, escalate_to=alice, escalate_after_hours=48, after=first)


def each_day(at, start, days):
    """Return how many letters were sent by each of some days."""
    return [len(escalated(at, start + number * DAY)) for number in range(days)]


def close_together(first, alice):
    with recording_many("follow_ups.complete_selected", "1", by=alice):
        planned = several.plan([first], several.closed(FollowUpStatus.COMPLETED))
        several.write([first], planned, by=alice)


def test_an_action_is_not_escalated_while_it_waits(waiting, at):
    assert each_day(at, SATURDAY, 20) == [0] * 20


@pytest.mark.parametrize("how", ["completed", "dropped", "together", "reordered"])
def test_its_time_counts_from_when_it_is_released(make, story, first, waiting, at, how):
    _congress, alice, _bob = story
    assert escalated(at, LATER) == []
    if how == "together":
        close_together(first, alice)
    elif how == "reordered":
        follow_ups.change(waiting, kept(make, waiting), among=Order(None, None))
    else:
        {"completed": follow_ups.complete, "dropped": follow_ups.cancel}[how](first)
    db.session.commit()
    assert waiting.escalates_at == LATER + 3 * DAY - timedelta(minutes=1), "at the hour of the letter after 48 hours"
    assert each_day(at, LATER, 5) == [0, 0, 0, 1, 1]


def test_what_is_released_before_it_is_due_is_escalated_as_if_it_had_not_waited(first, waiting, at):
    at(MONDAY + DAY)
    follow_ups.complete(first)
    db.session.commit()
    assert escalated(at, SATURDAY) == []
    assert len(escalated(at, SATURDAY + DAY)) == 1


def test_what_waited_for_an_action_that_is_deleted_is_escalated_after_its_time(first, waiting, at):
    assert escalated(at, LATER) == []
    db.session.execute(
        delete(FollowUp.__table__).where(FollowUp.id == first.id), execution_options={"unscoped": "test"}
    )
    db.session.commit()
    assert each_day(at, LATER, 5) == [0, 0, 0, 1, 1]


def test_closing_the_first_one_can_be_undone_after_the_second_was_changed(story, first, waiting, at):
    _congress, alice, _bob = story
    at(LATER)
    with recording("follow_ups.close", "Get the permit", by=alice) as entry:
        follow_ups.complete(first)
    follow_ups.begin(waiting)
    db.session.commit()
    undo(entry, by=alice)
    db.session.commit()
    assert waiting.waits
    assert each_day(at, LATER, 10) == [0] * 10
    follow_ups.complete(first)
    db.session.commit()
    assert each_day(at, LATER + 9 * DAY, 5) == [0, 0, 0, 1, 1]


def test_an_action_that_waits_again_when_its_letter_is_composed_is_left_out_until_it_is_released(
    make, story, first, waiting, at
):
    _congress, _alice, _bob = story
    at(MONDAY)
    follow_ups.complete(first)
    db.session.commit()
    at(SATURDAY + DAY)
    assert escalations.queue_some() == 1
    follow_ups.reopen(first)
    db.session.commit()
    assert escalated(at, SATURDAY + DAY) == []
    assert db.session.query(Delivery).filter_by(kind=DeliveryKind.ESCALATION).one().withdrawn_at is not None
    assert escalated(at, SATURDAY + 5 * DAY) == []
    follow_ups.complete(first)
    db.session.commit()
    assert each_day(at, SATURDAY + 6 * DAY, 4) == [0, 0, 1, 1]


def test_who_escalates_at_another_hour_still_asks_whether_it_waits(story, first, waiting, at):
    _congress, alice, _bob = story
    alice.reminder_hour = 20
    reminders.plan_for(alice)
    db.session.commit()
    assert escalated(at, LATER) == []
    assert waiting.escalates_at > LATER
