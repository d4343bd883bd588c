"""Actions that repeat: the next one appears once, whatever happens to the one before."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.actions import follow_ups, losing_access, repeating, series
from app.domain.congress import removed_people
from app.domain.recording import recording
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.models.actions.series import FollowUpSeries
from app.queries.actions import parts
from app.recurring.patterns import Pattern
from app.times import to_local
from tests.factories import utc

MONDAY = utc("2025-12-01 12:00")
TUESDAY_EVENING = utc("2025-12-02 22:00")
ZONE = "America/Bogota"
"""Five hours behind, all year."""


def every(pattern=Pattern.WEEK, interval=1, weekdays=(), until=None, count=None):
    return {"pattern": pattern, "interval": interval, "weekdays": weekdays, "until": until, "count": count}


@pytest.fixture
def weekly(make, at):
    at(MONDAY)
    action = make.follow_up(make.congress(), make.user("Alice", timezone=ZONE), TUESDAY_EVENING)
    repeating.repeat(action, every(), timezone=ZONE)
    db.session.commit()
    return action


def days():
    return [
        to_local(one.due_at, ZONE).date().isoformat() for one in db.session.query(FollowUp).order_by(FollowUp.due_at)
    ]


def is_open(action):
    return action.status is FollowUpStatus.NEEDS_ACTION


def test_completing_an_action_creates_the_next_one_with_its_reminder(weekly):
    following = follow_ups.complete(weekly)
    assert days() == ["2025-12-02", "2025-12-09"]
    assert (following.title, following.note, following.assignee.name) == (weekly.title, weekly.note, "Alice")
    assert following.due_at == TUESDAY_EVENING + timedelta(7)
    assert TUESDAY_EVENING < following.next_reminder_at < following.due_at


def test_the_next_action_has_the_same_checklist_with_nothing_done(make, weekly):
    make.checklist_item(weekly, "Ask for the number").done_at = MONDAY
    following = follow_ups.complete(weekly)
    assert [(item.text, item.done_at) for item in parts.checklist(following.id)] == [("Ask for the number", None)]


def test_dropping_an_action_goes_on_with_the_next(weekly):
    assert follow_ups.cancel(weekly).occurs_on == date(2025, 12, 9)


def test_completing_twice_or_after_reopening_creates_one_action(weekly):
    follow_ups.complete(weekly)
    assert follow_ups.complete(weekly) is None
    follow_ups.reopen(weekly)
    assert follow_ups.complete(weekly) is None
    assert len(days()) == 2


def test_two_actions_of_a_series_are_never_on_the_same_day(make, weekly):
    make.follow_up(weekly.congress, weekly.assignee)
    other = db.session.query(FollowUp).filter(FollowUp.id != weekly.id).one()
    other.series, other.occurs_on = weekly.series, weekly.occurs_on
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("moved_by", [-1, 3, 10])
def test_moving_one_action_neither_duplicates_nor_stops_the_series(make, weekly, at, moved_by):
    due = TUESDAY_EVENING + timedelta(moved_by)
    follow_ups.change(weekly, make.follow_up_values(weekly.assignee, due))
    at(due)
    expected = date(2025, 12, 16) if moved_by == 10 else date(2025, 12, 9)
    following = follow_ups.complete(weekly)
    assert following.occurs_on == expected, "the next day of the rule that has not passed"
    assert to_local(following.due_at, ZONE).hour == 17


def test_days_that_have_passed_are_left_out(weekly, at):
    at(TUESDAY_EVENING + timedelta(30))
    assert follow_ups.complete(weekly).occurs_on == date(2026, 1, 6)


def test_the_local_time_is_kept_over_changes_of_the_clocks(make, at):
    at(utc("2026-03-20 12:00"))
    action = make.follow_up(make.congress(), make.user("Alice"), utc("2026-03-25 08:00"))
    repeating.repeat(action, every(), timezone="Europe/Madrid")
    assert follow_ups.complete(action).due_at == utc("2026-04-01 07:00")


def test_a_change_of_one_action_is_not_taken_over_by_the_next(make, weekly):
    follow_ups.change(weekly, make.follow_up_values(weekly.assignee, TUESDAY_EVENING, title="Call the consul"))
    assert follow_ups.complete(weekly).title == "Book the bus"


def test_a_change_of_all_that_follow_is_taken_over(make, weekly):
    bob = make.user("Bob")
    values = make.follow_up_values(bob, TUESDAY_EVENING + timedelta(hours=1), title="Call the consul")
    repeating.change_following(weekly, values, by=bob)
    following = follow_ups.complete(weekly)
    assert (following.title, following.assignee.name) == ("Call the consul", "Bob")
    assert following.due_at == TUESDAY_EVENING + timedelta(7, hours=1)


def test_moving_all_that_follow_to_another_day_moves_the_rule(make, weekly):
    values = make.follow_up_values(weekly.assignee, TUESDAY_EVENING + timedelta(2))
    repeating.change_following(weekly, values, by=weekly.assignee)
    assert weekly.series.recurrence == "FREQ=WEEKLY;BYDAY=TH"
    assert follow_ups.complete(weekly).occurs_on == date(2025, 12, 11)


def test_all_that_follow_cannot_move_before_an_earlier_action(make, weekly):
    following = follow_ups.complete(weekly)
    with pytest.raises(DomainError, match="Move only this one") as refused:
        repeating.change_following(
            following, make.follow_up_values(weekly.assignee, TUESDAY_EVENING), by=weekly.assignee
        )
    assert refused.value.field == "due"


def test_a_series_ends_after_the_number_of_times(weekly):
    repeating.repeat(weekly, every(count=3), timezone=ZONE)
    last = follow_ups.complete(follow_ups.complete(weekly))
    assert repeating.rule_from(last).count == 1
    assert follow_ups.complete(last) is None
    assert not last.repeats
    assert len(days()) == 3


def test_the_number_of_times_counts_an_action_on_another_day_than_the_rule(weekly):
    repeating.repeat(weekly, every(weekdays=[3], count=2), timezone=ZONE)
    thursday = follow_ups.complete(weekly)
    assert thursday.occurs_on == date(2025, 12, 4)
    assert follow_ups.complete(thursday) is None


def test_a_series_ends_on_its_last_day(weekly):
    repeating.repeat(weekly, every(until=date(2025, 12, 10)), timezone=ZONE)
    assert follow_ups.complete(follow_ups.complete(weekly)) is None


def test_ending_a_series_keeps_the_action(weekly):
    repeating.repeat(weekly, every(None), timezone=ZONE)
    assert follow_ups.complete(weekly) is None
    assert is_open(weekly) is False
    assert len(days()) == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (every(until=date(2025, 12, 8)), "Choose a later one"),
        (every(Pattern.DAY, until=date(2060, 1, 1)), "That would be more than"),
    ],
)
def test_a_series_that_cannot_be_is_refused_beside_its_field(weekly, values, message):
    with pytest.raises(DomainError, match=message) as refused:
        repeating.repeat(weekly, values, timezone=ZONE)
    assert refused.value.field == "until"


def test_only_the_latest_action_says_how_the_series_goes_on(weekly):
    follow_ups.complete(weekly)
    with pytest.raises(DomainError, match="closed"):
        repeating.repeat(weekly, every(), timezone=ZONE)
    follow_ups.reopen(weekly)
    with pytest.raises(DomainError, match="exists already"):
        repeating.repeat(weekly, every(), timezone=ZONE)


def test_undoing_a_completion_takes_the_next_action_away(make, weekly):
    with recording("follow_ups.close", weekly.title, by=weekly.assignee) as entry:
        follow_ups.complete(weekly)
    db.session.commit()
    undo(entry, by=weekly.assignee)
    db.session.expire_all()
    assert is_open(weekly)
    assert len(days()) == 1
    assert follow_ups.complete(weekly).occurs_on == date(2025, 12, 9)


def test_the_actions_of_a_closed_account_go_on_with_whoever_got_them_back(make, weekly):
    owner = make.user("Olga")
    make.grant(owner, Role.ADMIN)
    weekly.created_by_id = None
    losing_access.deactivate(weekly.assignee, by=owner)
    assert follow_ups.complete(weekly).assignee is owner


def test_a_series_is_deleted_when_the_last_of_its_actions_is(weekly):
    series.sweep()
    assert db.session.query(FollowUpSeries).count() == 1
    db.session.delete(weekly)
    db.session.flush()
    series.sweep()
    assert db.session.query(FollowUpSeries).count() == 0


def test_a_series_of_hidden_actions_is_kept(make, weekly):
    person = make.person()
    weekly.person = person
    db.session.flush()
    removed_people.remove(person, by=None, may_edit=lambda *_: True)
    series.sweep()
    db.session.expire_all()
    assert db.session.query(FollowUpSeries).count() == 1


def test_the_next_action_is_about_the_same():
    references = {key.parent.name for key in FollowUp.__table__.foreign_keys}
    own = {
        "assignee_id", "assignee_person_id", "assignee_brigade_id", "from_brigade_id", "template_use_id", "after_id",
        "completed_by_id",
    }  # fmt: skip
    assert references - own == {*series.CARRIED_ON} & references
