"""Imports, their rows, and their progress."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from app import clock
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.imports.imports import UNMAPPED, WORK, Import, ImportFile, ImportRow, ImportStatus, Verdict
from app.queries.lookup import count, one
from app.queries.paging import Page, page_of
from app.queries.progress import Progress, Stage

BATCH = 1_000
"""Rows that are processed together."""


def get(import_id: int) -> Import:
    """Return an import."""
    return one(Import, Import.id == import_id)


def find(number: int = 1) -> Page[Import]:
    """Return a page of the imports, latest first."""
    return page_of(select(Import).order_by(Import.id.desc()), number)


def row(work: Import, row_id: int) -> ImportRow:
    """Return a row of an import."""
    return one(ImportRow, ImportRow.id == row_id, ImportRow.import_id == work.id)


def rows(work: Import, verdict: Verdict | None, number: int = 1) -> Page[ImportRow]:
    """Return a page of the rows of an import, in the order of the file; only those with a verdict, if one is given."""
    listed = select(ImportRow).where(ImportRow.import_id == work.id)
    if verdict:
        listed = listed.where(ImportRow.verdict == verdict)
    return page_of(listed.order_by(ImportRow.number), number)


def batches(work: Import, verdict: Verdict | None = None) -> Iterator[Sequence[Any]]:
    """Yield the rows of an import in the order of the file: id, number, cells, problems, and what was found out."""
    columns = (
        ImportRow.id, ImportRow.number, ImportRow.cells, ImportRow.problems, ImportRow.verdict, ImportRow.reasons,
        ImportRow.first, ImportRow.record_id, ImportRow.before,
    )  # fmt: skip
    listed = select(*columns).where(ImportRow.import_id == work.id).order_by(ImportRow.number).limit(BATCH)
    if verdict:
        listed = listed.where(ImportRow.verdict == verdict)
    last = -1
    while found := db.session.execute(listed.where(ImportRow.number > last)).all():
        last = found[-1].number
        yield found


def joined_to(work: Import) -> set[int]:
    """Return the numbers of the rows to whose people others are added."""
    numbers = select(ImportRow.first).where(ImportRow.import_id == work.id, ImportRow.first.is_not(None)).distinct()
    return set(db.session.scalars(numbers))


def pieces(import_id: int) -> Iterator[bytes]:
    """Yield the uploaded file in pieces."""
    listed = select(ImportFile.id).where(ImportFile.import_id == import_id).order_by(ImportFile.position)
    for number in db.session.scalars(listed).all():
        data = db.session.scalar(select(ImportFile.data).where(ImportFile.id == number))
        yield data or b""


def file_size(work: Import) -> int:
    """Return the number of bytes that are stored of the uploaded file."""
    stored = select(func.sum(func.length(ImportFile.data))).where(ImportFile.import_id == work.id)
    return db.session.scalar(stored) or 0


def count_rows(work: Import) -> int:
    """Return the number of rows in the stage."""
    return count(ImportRow, ImportRow.import_id == work.id)


def alike(work: Import, digests: Collection[str] = ()) -> Import | None:
    """Return the last import of the same account with the same columns for which a person said what they are.

    With `digests`, its columns are any of these (`Import.header_digest`), and not those of the import.
    """
    same = select(Import).where(
        Import.header_digest.in_(digests or [work.header_digest]),
        Import.kind == work.kind,
        Import.created_by_id == work.created_by_id,
        Import.id != work.id,
        Import.status.not_in(UNMAPPED),
    )
    return db.session.scalars(same.order_by(Import.id.desc()).limit(1)).first()


def due_ids(limit: int) -> Sequence[int]:
    """Return imports that a worker has to continue and none holds, oldest request first."""
    due = select(Import.id).where(Import.status.in_(WORK), Import.free_at(clock.now()))
    return db.session.scalars(due.order_by(Import.asked_at, Import.id).limit(limit)).all()


def progress(work: Import) -> Progress:
    """Return the progress of the current step."""
    if work.status is ImportStatus.FAILED:
        return Progress(Stage.FAILED, failure=work.failure)
    if not work.is_waiting:
        return Progress(Stage.DONE)
    stage = Stage.RUNNING if work.is_held_at(clock.now()) else Stage.WAITING
    counted = work.total if work.status is ImportStatus.TO_CHECK else 0
    return Progress(stage, work.asked_at, done=min(work.done, counted), total=counted)


def unfinished_before(day: datetime) -> Sequence[Import]:
    """Return imports of before a time that were never written, and are not being written."""
    kept = (ImportStatus.WRITTEN, ImportStatus.UNDONE, ImportStatus.TO_WRITE, ImportStatus.TO_UNDO)
    return db.session.scalars(select(Import).where(Import.created_at < day, Import.status.not_in(kept))).all()


def staged_before(day: datetime) -> Sequence[int]:
    """Return the ids of imports that were written or undone before a time and still have rows."""
    over = or_(Import.written_at < day, Import.status == ImportStatus.UNDONE)
    with_rows = select(ImportRow.import_id).distinct()
    return db.session.scalars(select(Import.id).where(over, Import.created_at < day, Import.id.in_(with_rows))).all()


def last_entry_id() -> int:
    """Return the id of the newest audit entry."""
    newest = select(func.max(AuditEntry.__table__.c.id))
    return db.session.scalar(newest, execution_options={"unscoped": "it reads only a number"}) or 0
