"""Scheduled exports: when they are due, who may have them, and storing the files that workers make (app/jobs/people)."""

from datetime import datetime, timedelta
from typing import IO, TypedDict

from sqlalchemy import delete, select

from app import clock
from app.domain import leases
from app.domain.accounts import exports
from app.domain.accounts.exports import Exported
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.exports import FileFormat
from app.models.mail.deliveries import DeliveryKind
from app.models.people.scheduled_exports import (
    ExportedFile,
    ExportFrequency,
    FilePiece,
    ScheduledExport,
    StopReason,
)
from app.models.people.segments import Segment
from app.models.scoping import Scope
from app.policy import Permission, allowed_on, giving
from app.queries.accounts import accounts
from app.queries.lookup import REMOVED_FOR
from app.times import next_daily, next_monthly, next_weekly

LATEST_DAY = 28
"""The last day that every month has."""
KEPT_FOR = timedelta(days=14)
"""How long a file can be downloaded."""
_PIECE = 1_000_000
"""Bytes of a file that are stored in one row."""


class ScheduleValues(TypedDict):
    """What an account chooses about a scheduled export."""

    frequency: ExportFrequency
    weekday: int
    day: int
    hour: int
    file_format: FileFormat
    with_contacts: bool


def create(segment: Segment, values: ScheduleValues, *, by: User) -> ScheduledExport:
    """Schedule an export of a segment to an account."""
    schedule = ScheduledExport(user=by, segment=segment, **values)
    start(schedule)
    db.session.add(schedule)
    db.session.flush()
    return schedule


def update(schedule: ScheduledExport, values: ScheduleValues) -> None:
    """Change when files are made and what they contain."""
    for name, value in values.items():
        setattr(schedule, name, value)
    schedule.next_at = next_after(schedule, clock.now())


def start(schedule: ScheduledExport) -> None:
    """Have files made, from the next time on."""
    schedule.stopped_at = schedule.stop_reason = None
    schedule.attempts, schedule.next_at = 0, next_after(schedule, clock.now())


def stop(schedule: ScheduledExport, reason: StopReason) -> None:
    """Have no more files made; those that were made are kept as long as others."""
    if schedule.stopped_at is None:
        schedule.stopped_at, schedule.stop_reason = clock.now(), reason


def stop_forbidden(user: User) -> None:
    """Stop the exports of an account that it may no longer have, with the reason."""
    running = select(ScheduledExport).where(ScheduledExport.user_id == user.id, ScheduledExport.stopped_at.is_(None))
    for schedule in db.session.scalars(running).all():
        scope = scope_of(schedule)
        if isinstance(scope, StopReason):
            stop(schedule, scope)
    db.session.flush()


def next_after(schedule: ScheduledExport, after: datetime) -> datetime:
    """Return when the next file is due after an instant, in the current time zone of the account."""
    zone = schedule.user.timezone
    match schedule.frequency:
        case ExportFrequency.DAILY:
            return next_daily(after, zone, schedule.hour)
        case ExportFrequency.WEEKLY:
            return next_weekly(after, zone, schedule.weekday, schedule.hour)
        case ExportFrequency.MONTHLY:
            return next_monthly(after, zone, schedule.hour, schedule.day)


def permission_for(segment: Segment) -> Permission:
    """Return the permission that taking the members of a segment out of the house needs."""
    return Permission.PERSON_EXPORT if segment.is_of_people else Permission.ORGANIZATION_VIEW


def scope_of(schedule: ScheduledExport) -> Scope | StopReason:
    """Return the scope in which the account may export the segment at this moment, or why it may not."""
    segment = schedule.segment
    if not schedule.user.is_active:
        return StopReason.ACCOUNT_CLOSED
    if segment is None or segment.removed_at is not None:
        return StopReason.SEGMENT_REMOVED
    held, permission = accounts.held(schedule.user), permission_for(segment)
    if not allowed_on(held, permission, segment.congress_id, segment.campaign_id):
        return StopReason.NOT_ALLOWED
    return accounts.scope(giving(held, permission))


def finish(schedule: ScheduledExport, token: str, content: IO[bytes], rows: int) -> bool:
    """Store the file that was due, record the export and queue the email about it.

    Returns False if another worker holds the schedule by now, or if it was changed or stopped; the caller then rolls back.
    """
    due, user, segment = schedule.next_at, schedule.user, schedule.segment
    if due > clock.now() or schedule.stopped_at is not None:
        return False
    file = ExportedFile(
        scheduled_export=schedule, due_at=due, made_at=clock.now(), file_format=schedule.file_format, rows=rows
    )
    db.session.add(file)
    db.session.flush()
    content.seek(0)
    while data := content.read(_PIECE):
        db.session.add(FilePiece(exported_file_id=file.id, data=data))
        db.session.flush()
    what = Exported.PEOPLE if segment and segment.is_of_people else Exported.ORGANIZATIONS
    exports.record(user, what, schedule.file_format, rows=rows, with_contacts=schedule.with_contacts)
    deliveries.queue(DeliveryKind.EXPORT, user=user, occasion=f"file:{file.id}", due_at=clock.now())
    following = next_after(schedule, clock.now())
    return leases.release(
        ScheduledExport, token, ScheduledExport.id == schedule.id, ScheduledExport.next_at == due,
        next_at=following, attempts=0,
    )  # fmt: skip


def delete_file(file: ExportedFile) -> None:
    """Delete a file for good; the next ones are not affected."""
    db.session.delete(file)


def sweep() -> None:
    """Delete files that were kept long enough, and schedules that were stopped too long ago to be started again."""
    now = clock.now()
    for past in (
        delete(ExportedFile).where(ExportedFile.made_at <= now - KEPT_FOR),
        delete(ScheduledExport).where(ScheduledExport.stopped_at <= now - REMOVED_FOR),
    ):
        db.session.execute(past.execution_options(synchronize_session=False))
