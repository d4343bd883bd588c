"""Scheduled exports and their files: everything is asked for one account, except what workers ask."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.people.scheduled_exports import ExportedFile, FilePiece, ScheduledExport
from app.models.people.segments import Segment
from app.queries.lookup import one


def get(schedule_id: int, user: User) -> ScheduledExport:
    """Return a scheduled export of an account."""
    return one(ScheduledExport, ScheduledExport.id == schedule_id, ScheduledExport.user_id == user.id)


def get_file(file_id: int, user: User) -> ExportedFile:
    """Return a file of an account."""
    own = select(ScheduledExport.id).where(ScheduledExport.user_id == user.id)
    return one(ExportedFile, ExportedFile.id == file_id, ExportedFile.scheduled_export_id.in_(own))


def of_user(user: User, segment: Segment | None = None) -> Sequence[ScheduledExport]:
    """Return the scheduled exports of an account, those that go on first; with a segment, only those of it."""
    found = select(ScheduledExport).where(ScheduledExport.user_id == user.id)
    if segment is not None:
        found = found.where(ScheduledExport.segment_id == segment.id)
    ordered = found.order_by(ScheduledExport.stopped_at.is_not(None), ScheduledExport.next_at, ScheduledExport.id)
    return db.session.scalars(ordered.options(joinedload(ScheduledExport.segment))).all()


def is_scheduled(segment: Segment) -> bool:
    """Return whether any account has exports of a segment made."""
    running = select(ScheduledExport.id).where(ScheduledExport.segment_id == segment.id)
    return db.session.scalar(running.where(ScheduledExport.stopped_at.is_(None)).limit(1)) is not None


def files_of(user: User) -> Sequence[ExportedFile]:
    """Return the files of an account, latest first."""
    found = select(ExportedFile).join(ExportedFile.scheduled_export).where(ScheduledExport.user_id == user.id)
    whole = contains_eager(ExportedFile.scheduled_export).joinedload(ScheduledExport.segment)
    return db.session.scalars(found.options(whole).order_by(ExportedFile.id.desc())).all()


def pieces(file_id: int) -> Iterator[bytes]:
    """Yield a file in pieces."""
    listed = select(FilePiece.id).where(FilePiece.exported_file_id == file_id).order_by(FilePiece.id)
    for number in db.session.scalars(listed).all():
        yield db.session.scalar(select(FilePiece.data).where(FilePiece.id == number)) or b""


def due_ids(limit: int) -> Sequence[int]:
    """Return the ids of scheduled exports that are due and that no worker holds, longest due first."""
    now = clock.now()
    due = (ScheduledExport.stopped_at.is_(None), ScheduledExport.next_at <= now, ScheduledExport.free_at(now))
    return db.session.scalars(
        select(ScheduledExport.id).where(*due).order_by(ScheduledExport.next_at, ScheduledExport.id).limit(limit)
    ).all()
