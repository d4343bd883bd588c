"""Scheduled exports: when they are due, in whose scope they are made, and that each is made once, whatever is killed."""

import io
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.domain.congress import delegations
from app.domain.people import scheduled_exports, segments
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.jobs.people import export_segments
from app.models.accounts.accounts import Grant, Role, User
from app.models.accounts.audit import AuditEntry
from app.models.accounts.exports import FileFormat
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Capacity
from app.models.mail.deliveries import Delivery, MailboxLetter
from app.models.people.custom_fields import RecordKind
from app.models.people.people import Person
from app.models.people.scheduled_exports import (
    ExportedFile,
    ExportFrequency,
    FilePiece,
    ScheduledExport,
    StopReason,
)
from app.models.people.segments import ConditionKind, Segment
from app.queries.people import scheduled_exports as export_queries
from app.tables import open_table
from app.views.people.segment_files import write
from tests.factories import utc


@pytest.fixture
def schedule(house, at):
    """A daily export at 7 in Caracas (11 UTC) for Alice, who works on one of two congresses."""
    at(utc("2025-12-09 12:00"))
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        alice = make.user("Alice", timezone="America/Caracas")
        make.grant(alice, Role.ORGANIZER, congress=here)
        make.person("Rosa", "Luz", congress=here, email="rosa@example.org")
        make.person("Secret", "Other", congress=there)
        schedule = make.scheduled_export(make.segment(congress=here, name="To call"), alice)
    return schedule.id


def run(house, writing=write):
    with house.open():
        return export_segments.make_due_exports(writing, after_each=lambda: None)


@contextmanager
def opened(house, number):
    with house.open() as make:
        yield make, db.session.get_one(ScheduledExport, number)


def files(house):
    with house.open():
        return [
            b"".join(export_queries.pieces(one)).decode()
            for one in db.session.scalars(select(ExportedFile.id).order_by(ExportedFile.id))
        ]


def count(house, model):
    with house.open():
        return db.session.scalar(select(func.count()).select_from(model))


def test_a_due_export_is_made_once_recorded_and_announced_without_names(house, schedule, at):
    assert run(house) == 0
    at(utc("2025-12-10 11:00"))
    assert (run(house), run(house)) == (1, 0)
    [content] = files(house)
    assert "Luz" in content
    assert "Secret" not in content
    assert "rosa@example.org" not in content
    with opened(house, schedule) as (_make, found):
        assert (found.next_at, found.claim, found.attempts) == (utc("2025-12-11 11:00"), None, 0)
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "exported")).one()
        assert (entry.actor_id, entry.subject, entry.subject_id) == (found.user_id, "users", found.user_id)
        assert entry.after == {
            "exported": "people", "file_format": "csv", "rows": 1, "with_contact_details": False
        }  # fmt: skip
        deliver_due()
        letter = db.session.scalars(select(MailboxLetter)).one()
        sent = letter.subject + letter.content.decode()
        assert "/account/exports" in sent
        assert [name for name in ("To call", "Rosa", "Luz", "Here") if name in sent] == []


def test_contact_details_and_xlsx_are_there_if_chosen_and_headings_are_in_the_language_of_the_account(
    house, schedule, at
):
    with opened(house, schedule) as (_make, found):
        found.file_format, found.with_contacts, found.user.locale = FileFormat.XLSX, True, "es"
    at(utc("2025-12-10 11:00"))
    run(house)
    with house.open():
        [file] = db.session.scalars(select(ExportedFile.id))
        sheet = open_table(io.BytesIO(b"".join(export_queries.pieces(file)))).sheets[0]
    [row] = sheet.records()
    assert sheet.header().names[4:6] == ("Correo electrónico", "Teléfono")
    assert row.cells[4].text == "rosa@example.org"


def test_a_file_tells_nothing_about_congresses_that_the_account_does_not_see(house, schedule, at):
    with opened(house, schedule) as (make, found):
        rosa = db.session.scalars(select(Person).where(Person.family_name == "Luz")).one()
        here = db.session.get_one(Congress, found.segment.congress_id)
        for congress in (here, make.congress("Hidden")):
            delegations.add_delegate(make.delegation(congress), rosa, capacity=Capacity.GUEST, is_head=False)
        found.segment.columns = ["congresses"]
    at(utc("2025-12-10 11:00"))
    run(house)
    [content] = files(house)
    assert "Here" in content
    assert "Hidden" not in content


def test_an_export_of_organizations_needs_no_right_to_export_people(house, schedule, at):
    with house.open() as make:
        make.organization("Docks Union")
        alice = db.session.scalars(select(User).where(User.name == "Alice")).one()
        make.grant(alice, Role.ORGANIZER)
        make.scheduled_export(make.segment(RecordKind.ORGANIZATION), alice)
    at(utc("2025-12-10 11:00"))
    assert run(house) == 2
    assert any("Docks Union" in one for one in files(house))


def test_days_that_were_missed_make_one_file(house, schedule, at):
    at(utc("2025-12-14 10:00"))
    assert (run(house), len(files(house))) == (1, 1)
    with opened(house, schedule) as (_make, found):
        assert found.next_at == utc("2025-12-14 11:00")


@pytest.mark.parametrize(
    ("frequency", "zone", "hour", "after", "expected"),
    [
        (ExportFrequency.DAILY, "Europe/Madrid", 7, "2026-03-28 12:00", "2026-03-29 05:00"),  # clocks go forward
        (ExportFrequency.DAILY, "Europe/Madrid", 2, "2026-03-28 12:00", "2026-03-29 01:00"),  # 02:00 is skipped
        (ExportFrequency.DAILY, "Europe/Madrid", 2, "2026-10-24 12:00", "2026-10-25 00:00"),  # 02:00 occurs twice
        (ExportFrequency.DAILY, "Europe/Madrid", 2, "2026-10-25 00:00", "2026-10-26 01:00"),
        (ExportFrequency.WEEKLY, "America/Caracas", 23, "2026-01-01 00:00", "2026-01-03 03:00"),  # a Friday there
        (ExportFrequency.MONTHLY, "America/Caracas", 7, "2026-01-28 11:00", "2026-02-28 11:00"),
    ],
)
def test_the_next_time_is_an_hour_in_the_zone_of_the_account(make, frequency, zone, hour, after, expected):
    schedule = ScheduledExport(user=User(timezone=zone), frequency=frequency, weekday=4, day=28, hour=hour)
    assert scheduled_exports.next_after(schedule, utc(after)) == utc(expected)


def _revoke(make, found):
    db.session.scalars(select(Grant).where(Grant.user_id == found.user_id)).one().revoked_at = clock.now()


def _make_member(make, found):
    db.session.scalars(select(Grant).where(Grant.user_id == found.user_id)).one().role = Role.MEMBER


def _close(make, found):
    found.user.deactivated_at = clock.now()


def _remove(make, found):
    segments.remove(found.segment, by=None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_revoke, StopReason.NOT_ALLOWED),
        (_make_member, StopReason.NOT_ALLOWED),
        (_close, StopReason.ACCOUNT_CLOSED),
        (_remove, StopReason.SEGMENT_REMOVED),
    ],
)
def test_what_the_account_may_at_that_moment_decides(house, schedule, at, change, reason):
    with opened(house, schedule) as (make, found):
        change(make, found)
    at(utc("2025-12-10 11:00"))
    assert (run(house), run(house), files(house), count(house, Delivery)) == (1, 0, [], 0)
    with opened(house, schedule) as (_make, found):
        assert (found.stop_reason, found.claim) == (reason, None)


def test_conditions_that_only_some_may_ask_are_asked_as_the_account(house, schedule, at):
    with opened(house, schedule) as (make, found):
        campaign = make.campaign()
        make.grant(found.user, Role.COORDINATOR, campaign=campaign)
        make.person("Eva", "Sol", email="eva@example.org", campaign=campaign)
        make.subscription(campaign, email="eva@example.org")
        asking = make.segment(campaign=campaign)
        make.condition(asking, ConditionKind.SUBSCRIPTION, in_campaign_id=campaign.id)
        make.scheduled_export(asking, found.user)
    at(utc("2025-12-10 11:00"))
    assert run(house) == 2
    assert any("Sol" in one for one in files(house))


class Killed(BaseException):
    """The process ends."""


def test_a_file_is_stored_once_if_the_worker_is_killed_before_it_is_stored(house, schedule, at, monkeypatch):
    def die(*_args):
        raise Killed

    at(utc("2025-12-10 11:00"))
    for writing, store in ((die, export_segments._store), (write, die)):
        with monkeypatch.context() as patch:
            patch.setattr(export_segments, "_store", store)
            with pytest.raises(Killed):
                run(house, writing)
        assert (run(house), files(house)) == (0, [])  # the lease lasts
        at(clock.now() + export_segments.LEASE)
    assert (run(house), len(files(house)), count(house, Delivery)) == (1, 1, 1)


def test_a_worker_whose_lease_was_taken_over_stores_nothing(house, schedule, at):
    def slow(found, content):
        at(clock.now() + export_segments.LEASE)
        with house.open():
            assert export_segments.make_due_exports(write, after_each=lambda: None) == 1
        return write(found, content)

    at(utc("2025-12-10 11:00"))
    run(house, slow)
    assert (len(files(house)), count(house, FilePiece), count(house, Delivery)) == (1, 1, 1)
    with opened(house, schedule) as (_make, found):
        assert found.claim is None


def test_an_export_that_is_changed_while_it_is_made_waits_for_its_new_time(house, schedule, at):
    def changed_meanwhile(found, content):
        with opened(house, schedule) as (_make, same):
            same.hour = 20
            scheduled_exports.start(same)
        return write(found, content)

    at(utc("2025-12-10 11:00"))
    run(house, changed_meanwhile)
    assert files(house) == []
    with opened(house, schedule) as (_make, found):
        assert found.next_at == utc("2025-12-11 00:00")


def test_an_export_that_fails_is_tried_again_and_stopped_after_several_times(house, schedule, at):
    def fail(_schedule, _content):
        raise ValueError

    at(utc("2025-12-10 11:00"))
    for _ in range(export_segments.MOST_ATTEMPTS):
        assert run(house, fail) == 1
        assert run(house) == 0
        at(clock.now() + export_segments.RETRY_AFTER)
    with opened(house, schedule) as (_make, found):
        assert found.stop_reason is StopReason.FAILED
        scheduled_exports.start(found)
        assert (found.attempts, found.next_at) == (0, utc("2025-12-11 11:00"))


def test_files_are_deleted_after_two_weeks_and_schedules_a_month_after_they_were_stopped(house, schedule, at):
    at(utc("2025-12-10 11:00"))
    run(house)
    at(utc("2025-12-10 11:00") + scheduled_exports.KEPT_FOR - timedelta(minutes=1))
    for kept in (1, 0):
        with opened(house, schedule) as (_make, found):
            scheduled_exports.stop(found, StopReason.BY_OWNER)
            scheduled_exports.sweep()
        assert (count(house, ExportedFile), count(house, FilePiece)) == (kept, kept)
        at(clock.now() + timedelta(minutes=2))
    at(clock.now() + timedelta(days=30))
    with house.open():
        scheduled_exports.sweep()
    assert (count(house, ScheduledExport), count(house, Segment)) == (0, 1)
