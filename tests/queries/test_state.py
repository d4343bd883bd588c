"""What works and what needs attention: in the database, and in the files of the processes."""

import dataclasses
import os
import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app import clock
from app.broker_folder import BrokerFolder
from app.domain.accounts import alarms
from app.domain.accounts import backups as made
from app.domain.mail import deliveries, inboxes
from app.extensions import db
from app.models.accounts.alarms import Sign
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.relays import RETURNED, InboxReason, RelayTrouble
from app.queries import state
from app.queries.state import Case, Condition
from app.wording.state import in_english
from tests.databases import settings_for
from tests.factories import utc

NOW = utc("2025-12-01 14:00")


def touch(file, instant):
    file.touch()
    os.utime(file, (instant.timestamp(),) * 2)


@pytest.fixture
def place(make, at, tmp_path, app):
    """A house in which all processes have just shown that they work; its settings can be changed."""
    at(NOW)
    place = SimpleNamespace(make=make, settings=settings_for(tmp_path))
    place.settings = dataclasses.replace(place.settings, database_url=app.config["SETTINGS"].database_url)
    for file in (place.settings.pulse_file, place.settings.beat_file):
        touch(file, NOW - timedelta(seconds=5))
    place.found = lambda: {line.sign: line for line in state.all_lines(place.settings)}
    return place


def letter(place, due_at, kind=DeliveryKind.REMINDER, **changes):
    user = place.make.user()
    deliveries.queue(kind, user=user, occasion="one", due_at=due_at)
    db.session.execute(update(Delivery).where(Delivery.user_id == user.id).values(**changes)) if changes else None


def test_a_house_that_works_has_nothing_that_needs_attention(place):
    found = place.found()
    assert [*found] == [one for one in Sign if one is not Sign.RETURNED]  # no mailbox is read
    assert {sign: line.case for sign, line in found.items() if line.case is not Case.GOOD} == {Sign.BACKUP: Case.NONE}
    assert not any(line.needs_attention for line in found.values())


def test_a_mailbox_of_returned_emails_that_cannot_be_read_is_told_with_since_when_and_why(place, at):
    place.settings = dataclasses.replace(place.settings, mail_bounce_url="imaps://user:secret@mail.example.org/INBOX")
    assert place.found()[Sign.RETURNED].case is Case.GOOD
    inboxes.note_trouble(RETURNED, InboxReason.AWAY)
    assert place.found()[Sign.RETURNED].condition is Condition.NOTE
    at(NOW + timedelta(minutes=16))
    inboxes.note_trouble(RETURNED, InboxReason.CLOSED)
    line = place.found()[Sign.RETURNED]
    assert (line.case, line.condition) == (Case.CLOSED, Condition.ATTENTION)
    assert timedelta(0) <= line.at - NOW < timedelta(seconds=10)
    assert "secret" not in in_english(line)
    inboxes.note_read(RETURNED)
    assert place.found()[Sign.RETURNED].case is Case.GOOD


@pytest.mark.parametrize("reason", [*InboxReason])
def test_each_reason_why_a_mailbox_cannot_be_read_has_words(place, reason):
    place.settings = dataclasses.replace(place.settings, mail_bounce_url="maildir:/nowhere")
    inboxes.note_trouble(RETURNED, reason)
    assert "cannot be read" in in_english(place.found()[Sign.RETURNED])


def test_letters_stand_if_one_is_due_for_long_and_none_is_sent(place):
    letter(place, NOW - timedelta(minutes=14))
    assert place.found()[Sign.LETTERS].case is Case.GOOD
    letter(place, NOW - timedelta(minutes=16))
    line = place.found()[Sign.LETTERS]
    assert (line.case, line.at, line.needs_attention) == (Case.STANDING, NOW - timedelta(minutes=16), True)


def test_letters_do_not_stand_while_a_long_queue_is_being_sent(place):
    letter(place, NOW - timedelta(hours=2))
    letter(place, NOW - timedelta(hours=2), sent_at=NOW - timedelta(minutes=1))
    assert place.found()[Sign.LETTERS].case is Case.GOOD


def test_a_letter_that_somebody_waits_for_may_not_be_due_for_minutes_even_if_others_are_sent(place):
    letter(place, NOW - timedelta(hours=2), sent_at=NOW - timedelta(minutes=1))
    letter(place, NOW - timedelta(minutes=4), DeliveryKind.INVITATION)
    assert place.found()[Sign.LETTERS].case is Case.GOOD
    letter(place, NOW - timedelta(minutes=6), DeliveryKind.INVITATION)
    line = place.found()[Sign.LETTERS]
    assert (line.case, line.at, line.needs_attention) == (Case.QUEUED, NOW - timedelta(minutes=6), True)


@pytest.mark.parametrize("past", ["sent_at", "withdrawn_at", "failed_at"])
def test_letters_that_need_not_be_sent_do_not_stand(place, past):
    letter(place, NOW - timedelta(hours=2), **{past: NOW - timedelta(hours=1)})
    assert place.found()[Sign.LETTERS].case is Case.GOOD


def test_letters_fail_if_the_mail_server_takes_none(place):
    failed = {"attempts": 4, "last_error": "Connection refused"}
    letter(place, NOW + timedelta(hours=1), **failed)
    assert place.found()[Sign.LETTERS].case is Case.FAILING
    letter(place, NOW, sent_at=NOW - timedelta(minutes=30))
    assert place.found()[Sign.LETTERS].case is Case.GOOD


def test_one_relay_in_trouble_is_told_apart_from_all(place):
    since = NOW - timedelta(hours=3)
    db.session.add(RelayTrouble(relay="a.example:25", reason="421 no", since=since, failures=9, next_try_at=NOW))
    db.session.commit()
    assert place.found()[Sign.LETTERS].case is Case.FAILING
    letter(place, NOW, sent_at=NOW - timedelta(minutes=1))
    line = place.found()[Sign.LETTERS]
    assert (line.case, line.needs_attention) == (Case.RELAY, True)


def test_that_an_alarm_was_sent_does_not_mean_that_letters_are_sent(place):
    letter(place, NOW - timedelta(hours=2))
    letter(place, NOW, kind=DeliveryKind.ALARM, sent_at=NOW - timedelta(minutes=1))
    assert place.found()[Sign.LETTERS].case is Case.STANDING


@pytest.mark.parametrize(("sign", "name"), [(Sign.WORKER, "pulse_file"), (Sign.BEAT, "beat_file")])
def test_a_process_that_has_shown_nothing_for_long_needs_attention(place, sign, name):
    file, limit = getattr(place.settings, name), timedelta(seconds=place.settings.worker_silence_seconds)
    touch(file, NOW - limit + timedelta(seconds=1))
    assert place.found()[sign].condition is Condition.GOOD
    touch(file, NOW - limit - timedelta(seconds=1))
    line = place.found()[sign]
    assert (line.case, line.at) == (Case.SILENT, NOW - limit - timedelta(seconds=1))
    assert line.needs_attention


@pytest.mark.parametrize(("sign", "name"), [(Sign.WORKER, "pulse_file"), (Sign.BEAT, "beat_file")])
def test_a_process_that_was_just_started_has_time_to_begin(place, sign, name):
    getattr(place.settings, name).unlink()
    assert place.found()[sign].case is Case.NEVER
    touch(place.settings.running_file, NOW - timedelta(seconds=30))
    assert (place.found()[sign].case, place.found()[sign].needs_attention) == (Case.FIRST, False)
    touch(place.settings.running_file, NOW - timedelta(seconds=300))
    assert place.found()[sign].needs_attention


def test_workers_on_other_machines_are_heard_through_the_database_unless_it_is_sqlite(place):
    for file in (place.settings.pulse_file, place.settings.beat_file):
        file.unlink()
    alarms.beat()
    elsewhere = place.settings.embedded
    assert place.found()[Sign.WORKER].needs_attention is elsewhere
    assert place.found()[Sign.BEAT].needs_attention is elsewhere


def test_the_pulse_in_the_database_is_rarely_written_and_survives_a_clock_that_is_set_back(place, at):
    settings = dataclasses.replace(place.settings, database_url="postgresql://elsewhere")
    for seconds, heard in ((0, 0), (20, 0), (40, 40), (-7200, -7200)):
        at(NOW + timedelta(seconds=seconds))
        alarms.beat()
        assert timedelta(0) <= state.heard_elsewhere(settings) - NOW - timedelta(seconds=heard) < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("total", "free", "case"),
    [(20e9, 2e9, Case.GOOD), (20e9, 0.9e9, Case.FULL), (2e9, 0.3e9, Case.GOOD), (2e9, 0.1e9, Case.FULL)],
)
def test_a_disk_with_little_room_needs_attention(place, monkeypatch, total, free, case):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=int(total), free=int(free)))
    assert place.found()[Sign.DISK].case is case


def test_a_folder_that_cannot_be_read_needs_attention(place):
    shutil.rmtree(place.settings.var_dir)
    assert place.found()[Sign.DISK].case is Case.UNKNOWN


def test_a_house_without_backups_is_told_so_calmly(place):
    place.make.user()
    assert (place.found()[Sign.BACKUP].case, place.found()[Sign.BACKUP].needs_attention) == (Case.NONE, False)


def test_a_backup_that_is_late_needs_attention_and_the_first_one_has_a_night(place, at):
    place.settings = dataclasses.replace(place.settings, backup_recipient="age1x")
    place.make.user()
    assert (place.found()[Sign.BACKUP].case, place.found()[Sign.BACKUP].needs_attention) == (Case.FIRST, False)
    at(NOW + timedelta(hours=37))
    assert (place.found()[Sign.BACKUP].case, place.found()[Sign.BACKUP].needs_attention) == (Case.NEVER, True)
    made.record_made(clock.now(), name="one", size=1, row_count=1)
    assert place.found()[Sign.BACKUP].case is Case.GOOD
    at(NOW + timedelta(hours=37 + 37))
    assert (place.found()[Sign.BACKUP].case, place.found()[Sign.BACKUP].needs_attention) == (Case.LATE, True)


def test_a_first_backup_that_failed_needs_attention(place):
    place.settings = dataclasses.replace(place.settings, backup_recipient="age1x")
    place.make.user()
    made.record_failure(NOW, "No space left")
    assert place.found()[Sign.BACKUP].case is Case.NEVER


def test_messages_that_cannot_be_read_need_attention_for_a_day(place, at):
    folder = BrokerFolder(place.settings.broker_dir)
    folder.prepare()
    (folder.messages / "broken").write_bytes(b"")
    folder.set_aside(folder.messages / "broken")
    assert place.found()[Sign.MESSAGES].case is Case.UNREADABLE
    assert timedelta(0) <= place.found()[Sign.MESSAGES].at - NOW < timedelta(seconds=10)
    at(NOW + timedelta(hours=25))
    assert place.found()[Sign.MESSAGES].case is Case.GOOD


def test_a_broker_on_a_server_has_no_folder(place):
    place.settings = dataclasses.replace(place.settings, broker_url="redis://127.0.0.1")
    assert Sign.MESSAGES not in place.found()


def test_an_undeclared_proxy_needs_attention_until_it_is_declared(place):
    touch(place.settings.undeclared_proxy_file, NOW)
    assert place.found()[Sign.PROXY].case is Case.UNDECLARED
    place.settings = dataclasses.replace(place.settings, proxies=1)
    assert place.found()[Sign.PROXY].case is Case.GOOD


def test_without_a_database_the_rest_is_still_told(place, monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("SELECT", {}, OSError())

    monkeypatch.setattr(db.session, "scalar", away)
    found = place.found()
    assert found[Sign.DATABASE].case is Case.DOWN
    assert found[Sign.WORKER].case is Case.GOOD
    assert {Sign.LETTERS, Sign.BACKUP}.isdisjoint(found)
