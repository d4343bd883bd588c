"""What members are told of shifts that somebody else changes, compared to what they were told last."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from icalendar import Calendar

from app import clock
from app.domain.mobilizing import shift_places, shift_swaps, shifts
from app.domain.recording import recording
from app.domain.undo import undo
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.shifts import PlaceStatus, Shift
from tests.factories import utc

SOON, LATER = timedelta(minutes=5), timedelta(minutes=11)
A, B, C = (f"2025-12-1{day}T09:00" for day in range(3))


@pytest.fixture
def shift(make, at):
    at(utc("2025-12-01 12:00"))
    return make.shift(make.brigade(make.campaign(), "Press brigade"), starts=A, needed=3)


@pytest.fixture
def place(make, shift, at):
    person = make.person("Rosa", email="rosa@example.org", preferred_language="en", campaign=shift.brigade.campaign)
    place = make.shift_place(shift, make.brigade_member(shift.brigade, person))
    letters(at, LATER)
    return place


def moved(at, shift, starts, wait=SOON):
    at(clock.now() + wait)
    begins = datetime.fromisoformat(starts)
    values = {name: getattr(shift, name) for name in ("role", "language", "venue", "timezone", "needed", "note")}
    shifts.update(shift, values | {"starts": begins, "ends": begins + timedelta(hours=4)})
    db.session.commit()


def letters(at, wait):
    """Return the letters sent so far, as messages, once those that wait are sent."""
    at(clock.now() + wait)
    deliver_due()
    return [
        message_from_bytes(one.content, policy=default)
        for one in db.session.query(MailboxLetter).order_by(MailboxLetter.id)
    ]


def subjects(at, wait=LATER):
    return [one["Subject"].partition(":")[0] for one in letters(at, wait)]


def event_of(message):
    [part] = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    [entry] = calendar.walk("VEVENT")
    assert calendar.walk("VTIMEZONE")
    return calendar["METHOD"], entry


def text_of(message):
    return message.get_body(("plain",)).get_content()


def test_whoever_is_given_a_place_is_told_with_the_shift_for_her_calendar(place, at):
    [letter] = letters(at, LATER)
    assert letter["Subject"].startswith("Your shift: ")
    method, entry = event_of(letter)
    assert (method, entry["UID"], entry["STATUS"]) == (
        "PUBLISH",
        f"shift-{place.shift_id}-{place.member_id}@encuentro",
        "CONFIRMED",
    )
    assert entry["DTSTART"].dt == place.shift.starts_at
    assert str(entry["LOCATION"]) == place.shift.venue


def test_a_letter_compares_with_the_time_that_was_told_last(place, at):
    moved(at, place.shift, B)
    moved(at, place.shift, C)
    text = text_of(letters(at, LATER)[-1])
    assert [day for day in ("Dec 10", "Dec 11", "Dec 12") if day in text] == ["Dec 10", "Dec 12"]


def test_what_is_moved_and_moved_back_is_not_told(place, at):
    moved(at, place.shift, B)
    moved(at, place.shift, A)
    assert subjects(at) == ["Your shift"]


def test_what_is_moved_back_after_the_letter_is_told(place, at):
    moved(at, place.shift, B)
    assert subjects(at) == ["Your shift", "Your shift was moved"]
    moved(at, place.shift, A)
    assert subjects(at) == ["Your shift", "Your shift was moved", "Your shift was moved"]


def test_her_calendar_counts_only_what_changes_for_it(place, at):
    shift = place.shift
    shift.note = "Bring water."
    shift_places.set_status(shift, place.member, PlaceStatus.GIVING_BACK)
    db.session.commit()
    assert (shift.sequence, place.sequence) == (0, 0)
    moved(at, shift, B)
    shift_places.release(place)
    db.session.commit()
    assert (shift.sequence, place.sequence) == (1, 1)


def test_whoever_is_taken_out_is_told_and_the_shift_leaves_her_calendar(place, at):
    shift_places.release(place)
    db.session.commit()
    letter = letters(at, LATER)[-1]
    assert letter["Subject"].startswith("Not your shift: ")
    method, entry = event_of(letter)
    assert (method, entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_whoever_is_taken_out_and_given_the_place_again_is_told_nothing(place, at):
    shift_places.release(place)
    shift_places.take(place.shift, place.member, by_coordinator=True)
    db.session.commit()
    assert subjects(at) == ["Your shift"]


def test_what_she_does_herself_is_not_told_and_neither_is_what_was_changed_before(place, at):
    moved(at, place.shift, B)
    shift_places.give_back(place)
    db.session.commit()
    assert subjects(at) == ["Your shift"]
    shift_places.take(place.shift, place.member)
    db.session.commit()
    assert subjects(at) == ["Your shift"]


def test_an_approved_place_is_told_with_the_time_as_it_is_by_then(make, shift, at):
    shift.brigade.needs_approval = True
    person = make.person("Ana", email="ana@example.org", preferred_language="en", campaign=shift.brigade.campaign)
    place = shift_places.take(shift, make.brigade_member(shift.brigade, person))
    db.session.commit()
    assert subjects(at) == []
    moved(at, shift, B)
    shift_places.approve(place)
    db.session.commit()
    assert subjects(at) == ["Your shift"]


def test_a_refused_place_is_told(make, shift, at):
    shift.brigade.needs_approval = True
    person = make.person("Ana", email="ana@example.org", preferred_language="en", campaign=shift.brigade.campaign)
    place = shift_places.take(shift, make.brigade_member(shift.brigade, person))
    shift_places.refuse(place)
    db.session.commit()
    assert subjects(at) == ["Not your shift"]


def test_of_a_swap_the_one_who_proposed_it_is_told(make, shift, place, at):
    other_shift = make.shift(shift.brigade, starts=C)
    person = make.person("Ana", email="ana@example.org", preferred_language="en", campaign=shift.brigade.campaign)
    other = make.shift_place(other_shift, make.brigade_member(shift.brigade, person))
    assert len(letters(at, LATER)) == 2
    shift_swaps.agree(shift_swaps.propose(place, other))
    db.session.commit()
    told = letters(at, LATER)[2:]
    assert sorted(one["Subject"].partition(":")[0] for one in told) == ["Not your shift", "Your shift"]
    assert {one["To"] for one in told} == {"rosa@example.org"}


def removed(shift, alice):
    with recording("shifts.remove", "Shift", by=alice) as entry:
        shifts.remove(shift)
    db.session.commit()
    return entry


def test_a_removal_that_is_undone_is_told_only_to_those_who_were_told_of_it(make, place, at):
    alice, shift_id = make.user("Alice"), place.shift_id
    undo(removed(place.shift, alice), by=alice)
    db.session.commit()
    assert subjects(at) == ["Your shift"]
    entry = removed(db.session.get(Shift, shift_id), alice)
    canceled = letters(at, LATER)[-1]
    assert canceled["Subject"].startswith("Your shift was canceled")
    undo(entry, by=alice)
    db.session.commit()
    again = letters(at, LATER)[-1]
    assert again["Subject"].startswith("Your shift: ")
    (cancel, gone), (publish, back) = event_of(canceled), event_of(again)
    assert (cancel, publish, gone["UID"]) == ("CANCEL", "PUBLISH", back["UID"])
    assert back["SEQUENCE"] > gone["SEQUENCE"]


def test_a_reminder_has_the_shift_for_the_calendar(place, at):
    at(utc("2025-12-09 14:01"))
    letter = letters(at, timedelta(0))[-1]
    assert event_of(letter)[1]["SEQUENCE"] == 0
