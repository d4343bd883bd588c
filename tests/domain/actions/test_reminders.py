"""The daily letter with the actions that wait for an account."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.accounts import accounts
from app.domain.actions import follow_ups, losing_access, reminders
from app.domain.actions.reminders import AFTER_DUE, next_letter
from app.domain.actions.rhythms import Rhythm
from app.domain.recording import recording
from app.domain.undo import undo
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.deliveries import MailboxLetter as Letter
from tests.domain.people.test_bulk import counted
from tests.factories import utc

MONDAY = utc("2025-12-01 14:00")
DUE = utc("2025-12-04 22:00")
"""Thursday, 17:00 in Bogotá."""
DAY = timedelta(days=1)


def morning(day):
    """Return 08:00 in Bogotá on a day of December, and a minute."""
    return utc(f"2025-12-{day:02} 13:01")


def letters(at, instant):
    """Return the subjects of all letters sent by an instant."""
    at(instant)
    deliver_due()
    return [letter.subject for letter in db.session.query(Letter).order_by(Letter.id)]


def text_of(letter):
    return message_from_bytes(letter.content, policy=default).get_body(("plain",)).get_content()


@pytest.fixture
def alice(make, at):
    at(MONDAY)
    alice = make.user("Alice", timezone="America/Bogota")
    make.grant(alice, Role.ORGANIZER)
    return alice


@pytest.fixture
def congress(make):
    return make.congress()


@pytest.fixture
def assigned(make, alice, congress):
    return make.follow_up(congress, alice, DUE)


def test_the_assignee_is_told_the_day_before_on_the_day_and_then_in_growing_distances(assigned, at):
    told = {}
    for day in range(2, 31):
        told[day] = len(letters(at, morning(day)))
    new = [day for day in range(3, 31) if told[day] > told[day - 1]]
    assert told[2] == 0
    assert new == [3, 4, 5, 7, 11, 18]


def test_everything_that_waits_is_in_one_letter(make, assigned, alice, congress, at):
    make.follow_up(congress, alice, DUE + 2 * DAY, title="Hire the bus")
    make.follow_up(congress, alice, MONDAY - 5 * DAY, title="Call the port")
    make.follow_up(congress, alice, DUE + 90 * DAY, title="Close the books")
    assert letters(at, morning(4)) == ["3 actions are waiting for you, 1 overdue"]
    said = text_of(db.session.query(Letter).one())
    order = [said.index(title) for title in ("OVERDUE", "Call the port", "DUE TODAY", "Book the bus", "Hire the bus")]
    assert order == sorted(order)
    assert "Close the books" not in said


def test_the_letter_is_in_the_language_and_zone_of_the_account_and_omits_notes(make, congress, at):
    at(MONDAY)
    for name, locale, zone in (("Ana", "es", "America/Bogota"), ("Claire", "en", "Europe/Paris")):
        user = make.user(name, locale=locale, timezone=zone)
        make.grant(user, Role.ORGANIZER, congress=congress)
        make.follow_up(congress, user, DUE)
    at(morning(4))
    deliver_due()
    spanish, english = sorted(map(text_of, db.session.query(Letter)), key=lambda said: "Paris" in said)
    assert "17:00 (Bogotá) = 18:00 (Caracas)" in spanish
    assert "23:00 (Paris) = 18:00 (Caracas)" in english
    assert "Pedro" not in spanish + english


def test_a_second_run_queues_nothing_for_the_same_day(assigned, at):
    assert len(letters(at, morning(3))) == 1
    assert len(letters(at, morning(3) + timedelta(hours=10))) == 1


def test_a_clock_that_jumps_back_sends_no_second_letter(assigned, at):
    assert len(letters(at, morning(4))) == 1
    assert len(letters(at, morning(3))) == 1
    assert len(letters(at, morning(4) + timedelta(hours=1))) == 1


def test_after_three_days_without_a_worker_one_letter_catches_up(assigned, at):
    assert len(letters(at, morning(6))) == 1
    assert len(letters(at, morning(6) + timedelta(hours=1))) == 1
    assert len(letters(at, morning(7))) == 2


def test_quiet_days_have_no_letter_and_the_next_one_tells(assigned, alice, at):
    accounts.update_profile(
        alice,
        {"name": "Alice", "locale": "en", "timezone": "America/Bogota", "reminder_hour": 6, "quiet_days": [2, 3]},
    )
    reminders.plan_for(alice)
    db.session.commit()
    assert letters(at, morning(4)) == []
    assert letters(at, utc("2025-12-05 10:59")) == []
    assert len(letters(at, utc("2025-12-05 11:01"))) == 1


@pytest.mark.parametrize("close", [follow_ups.complete, follow_ups.cancel])
def test_a_closed_action_is_mentioned_no_more_and_a_reopened_one_again(assigned, at, close):
    close(assigned)
    db.session.commit()
    assert letters(at, morning(3)) == []
    follow_ups.reopen(assigned)
    db.session.commit()
    assert len(letters(at, morning(4))) == 1


def test_an_assignment_can_be_undone_after_a_letter_has_mentioned_it(make, alice, congress, at):
    with recording("follow_ups.close", "Book the bus", by=alice) as entry:
        [action] = follow_ups.assign(make.follow_up_values(alice, DUE), by=alice, congress_id=congress.id)
    db.session.commit()
    letters(at, morning(3))
    undo(entry, by=alice)
    db.session.commit()
    assert db.session.get(FollowUp, action.id) is None


def test_nothing_is_sent_if_all_was_done_between_queuing_and_sending(assigned, at):
    at(morning(3))
    assert reminders.queue_some() == 1
    follow_ups.complete(assigned)
    db.session.commit()
    assert letters(at, morning(3)) == []


def test_a_moved_due_date_moves_the_letters(make, assigned, at):
    follow_ups.change(assigned, make.follow_up_values(assigned.assignee, DUE + 7 * DAY))
    db.session.commit()
    assert letters(at, morning(9)) == []
    assert len(letters(at, morning(10))) == 1


def test_a_new_assignee_gets_the_letter_instead_of_the_first_one(make, assigned, congress, at):
    bob = make.user("Bob")
    make.grant(bob, Role.ORGANIZER, congress=congress)
    follow_ups.change(assigned, make.follow_up_values(bob, DUE), by=bob)
    db.session.commit()
    letters(at, morning(4))
    assert [letter.recipient for letter in db.session.query(Letter)] == [bob.email]


def test_an_account_that_lost_its_grant_is_not_told_what_it_may_no_longer_see(make, congress, at):
    at(MONDAY)
    bob = make.user("Bob")
    grant = make.grant(bob, Role.ORGANIZER, congress=congress)
    make.follow_up(congress, bob, DUE)
    losing_access.revoke(grant)
    db.session.commit()
    assert letters(at, morning(4)) == []


def test_a_person_without_an_account_gets_the_letter_at_the_usual_hour_of_the_place(make, congress, at):
    at(MONDAY)
    luz = make.person("Luz", congress=congress, email="luz@example.org", preferred_language="pt")
    for title in ("Bring the banner", "Call the press"):
        make.follow_up(congress, luz, DUE, title=title)
    told = len(letters(at, utc("2025-12-03 11:59")))
    [letter] = letters(at, utc("2025-12-03 12:01"))[told:]
    assert letter == "2 tarefas esperam por você"
    assert len(letters(at, utc("2025-12-03 15:00"))) == told + 1


def test_zero_hours_before_means_no_letter_before_the_day(make, alice, congress, at):
    make.follow_up(congress, alice, DUE, remind_before_hours=0)
    assert letters(at, morning(3)) == []
    assert len(letters(at, morning(4))) == 1


def test_the_statements_of_a_run_do_not_grow_with_the_actions(make, alice, congress, at):
    needed = []
    for day, actions in ((3, 1), (10, 9)):
        for number in range(actions):
            make.follow_up(congress, alice, DUE + timedelta(days=day - 3, minutes=number))
        at(morning(day))
        with counted() as sent:
            assert reminders.queue_some() == 1
        needed.append(len(sent))
        db.session.commit()
    assert needed[0] == needed[1]


def test_two_runs_at_once_queue_one_letter(assigned, at):
    at(morning(3))
    reminders.queue_some()
    db.session.commit()
    assigned.next_reminder_at = morning(3) - timedelta(minutes=1)  # as the other run has read it
    db.session.commit()
    reminders.queue_some()
    db.session.commit()
    kinds = db.session.scalars(select(Delivery.kind)).all()
    assert kinds.count(DeliveryKind.REMINDER) == 1


ZONES = sorted(available_timezones() - {"localtime", "Factory"})
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001
RHYTHMS = st.builds(Rhythm, st.sampled_from(ZONES), st.integers(0, 23), st.frozensets(st.integers(0, 6), max_size=6))


@settings(max_examples=300)
@given(INSTANTS, st.integers(0, 720), RHYTHMS, st.integers(-800, 800))
def test_letters_come_at_the_chosen_hour_and_never_on_quiet_days(due_at, before, rhythm, distance):
    after = due_at + timedelta(days=distance, minutes=distance)
    instant = next_letter(due_at, timedelta(hours=before), rhythm, after)
    local = instant.astimezone(ZoneInfo(rhythm.timezone))
    assert instant > after
    assert (
        local.weekday() not in rhythm.quiet_days or local.hour != rhythm.hour
    )  # a skipped hour can end on the next day
    wanted = datetime(local.year, local.month, local.day, rhythm.hour, tzinfo=local.tzinfo)
    exists = wanted.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == wanted.replace(tzinfo=None)
    assert local.hour == rhythm.hour or not exists


@settings(max_examples=100)
@given(INSTANTS, st.integers(0, 720), RHYTHMS, st.lists(st.integers(1, 90 * 24 * 60), min_size=1, max_size=30))
def test_whatever_the_outages_each_run_tells_at_most_once_and_each_day_that_was_due_is_told(
    due_at, before, rhythm, pauses
):
    """Runs happen at random distances; a letter is sent in each run at which the stored instant has passed."""
    ahead = timedelta(hours=before)
    now = due_at - ahead - timedelta(days=3)
    following = next_letter(due_at, ahead, rhythm, now)
    for pause in pauses:
        last, now = now, now + timedelta(minutes=pause)
        assert (following <= now) is (next_letter(due_at, ahead, rhythm, last) <= now)
        if following <= now:
            following = next_letter(due_at, ahead, rhythm, now)


def test_the_days_of_letters_are_those_that_are_documented():
    rhythm, due_at = Rhythm("UTC", 8, frozenset()), datetime(2026, 1, 10, 12, tzinfo=UTC)
    found, after = [], due_at - timedelta(days=9)
    while len(found) < 9:
        after = next_letter(due_at, timedelta(days=2), rhythm, after)
        found.append((after.date() - date(2026, 1, 10)).days)
    assert found == [-2, *AFTER_DUE, 60, 90]
