"""How reminders fail elsewhere: by the hour of the server, on days when clocks change, for those who left, all because of one."""

from datetime import timedelta

import pytest

from app.domain.actions import losing_access, reminders
from app.emails.actions import reminders as reminder_letters
from app.extensions import db
from app.jobs.mail import reminders as jobs
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from tests.factories import utc

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def having(make, at):
    """Return a new account that has an action since an instant."""
    congress = make.congress()

    def given(name, timezone, hour, since, due):
        at(since)
        user = make.user(name, timezone=timezone)
        user.reminder_hour = hour
        make.grant(user, Role.ORGANIZER, congress=congress)
        make.follow_up(congress, user, due, remind_before_hours=0)
        return user

    return given


def sent(at, *instants):
    """Return who got a letter by each of the instants, in the order of their addresses."""
    found = []
    for instant in instants:
        at(instant)
        before = db.session.query(MailboxLetter).count()
        deliver_due()
        letters = db.session.query(MailboxLetter.recipient).order_by(MailboxLetter.id).offset(before)
        found.append(sorted(recipient for (recipient,) in letters))
    return found


def test_the_hour_is_that_of_the_reader_not_of_the_server(having, at):
    kiri = having("Kiri", "Pacific/Auckland", 6, utc("2025-11-30 12:00"), utc("2025-12-03 20:00"))
    six = utc("2025-12-03 17:00")  # in Auckland it is Thursday already
    assert sent(at, six - DAY + MINUTE, six - MINUTE, six + MINUTE) == [[], [], [kiri.email]]


@pytest.mark.parametrize(
    ("day", "letter"),
    [("2026-03-29", "2026-03-29 01:00"), ("2025-10-26", "2025-10-26 00:00"), ("2025-10-27", "2025-10-27 01:00")],
)
def test_an_hour_that_clocks_skip_or_show_twice_has_one_letter(having, at, day, letter):
    due, instant = utc(f"{day} 12:00"), utc(letter)
    claire = having("Claire", "Europe/Paris", 2, due - 3 * DAY, due)
    hours = [instant + timedelta(hours=number) + MINUTE for number in range(4)]
    assert sent(at, instant - MINUTE, *hours) == [[], [claire.email], [], [], []]


def test_a_clock_that_jumps_ahead_and_back_sends_one_letter_for_each_day(having, at):
    due = utc("2025-12-04 22:00")
    ana = having("Ana", "America/Bogota", 8, due - 3 * DAY, due)
    morning = utc("2025-12-04 13:01")
    jumps = (morning, morning + 20 * DAY, morning + 1 * DAY, morning, morning + 20 * DAY)
    assert sent(at, *jumps) == [[ana.email], [ana.email], [], [], []]


def test_a_message_that_is_delivered_again_sends_nothing_again(having, at):
    due = utc("2025-12-04 22:00")
    ana = having("Ana", "America/Bogota", 8, due - 3 * DAY, due)
    assert sent(at, *[utc("2025-12-04 13:01")] * 3) == [[ana.email], [], []]


@pytest.mark.parametrize("moment", ["before", "between"])
@pytest.mark.parametrize("end", [losing_access.deactivate, lambda user: losing_access.remove(user, by=user.closer)])
def test_who_has_left_gets_no_letter(make, having, at, moment, end):
    due = utc("2025-12-04 22:00")
    ana = having("Ana", "America/Bogota", 8, due - 3 * DAY, due)
    ana.closer = make.user("Admin")
    at(utc("2025-12-04 13:01"))
    if moment == "between":
        assert reminders.queue_some() == 1
    end(ana)
    db.session.commit()
    assert sent(at, utc("2025-12-04 13:02"), utc("2025-12-05 13:01")) == [[], []]


def test_a_person_without_an_address_any_more_gets_no_letter(make, at):
    at(utc("2025-12-01 12:00"))
    congress = make.congress()
    luz = make.person("Luz", congress=congress, email="luz@example.org")
    make.follow_up(congress, luz, utc("2025-12-04 22:00"))
    deliver_due()
    db.session.delete(luz.contact_details[0])
    db.session.commit()
    assert sent(at, utc("2025-12-04 13:01")) == [[]]


def test_one_letter_that_fails_does_not_hold_the_others_and_comes_later(having, at, monkeypatch):
    due = utc("2025-12-04 22:00")
    first, second, third = (having(name, "America/Bogota", 8, due - 3 * DAY, due) for name in ("Ana", "Bob", "Eva"))
    compose = reminder_letters.compose

    def failing(waiting, user, of_brigades):
        if user.id == second.id:
            raise ValueError("a broken letter")
        return compose(waiting, user, of_brigades)

    morning = utc("2025-12-04 13:01")
    monkeypatch.setattr(reminder_letters, "compose", failing)
    assert sent(at, morning) == [[first.email, third.email]]
    monkeypatch.setattr(reminder_letters, "compose", compose)
    assert sent(at, morning + timedelta(hours=1)) == [[second.email]]


def test_a_run_that_breaks_off_keeps_what_it_has_queued_and_the_next_one_goes_on(having, at, monkeypatch):
    due = utc("2025-12-04 22:00")
    for name in ("Ana", "Bob", "Eva"):
        having(name, "America/Bogota", 8, due - 3 * DAY, due)
    queue_some, calls = reminders.queue_some, []

    def breaking():
        calls.append(1)
        if len(calls) == 2:
            queue_some()
            raise ConnectionError("the database is gone")
        return queue_some()

    def queued():
        return db.session.query(Delivery).filter_by(kind=DeliveryKind.REMINDER).count()

    monkeypatch.setattr(reminders, "_BATCH", 1)
    monkeypatch.setattr(reminders, "queue_some", breaking)
    at(utc("2025-12-04 13:01"))
    with pytest.raises(ConnectionError):
        jobs.queue_due()
    db.session.rollback()
    assert queued() == 1
    jobs.queue_due()
    assert queued() == 3
