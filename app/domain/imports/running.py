"""The steps of an import that may take long: each goes on from the stored status, and begins anew if it was interrupted."""

from collections.abc import Iterator

from app.domain.imports import checking, staging, undoing, writing
from app.domain.imports.kinds import ChangedError
from app.domain.imports.registry import kind_of
from app.extensions import db
from app.models.imports.imports import Import, ImportStatus
from app.queries.imports import imports as import_queries
from app.tables import Unreadable

AT_ONCE_BYTES = 200_000
INTERNAL = "internal"
"""It failed for a reason that no person can mend."""


def step(work: Import) -> Iterator[int]:
    """Do the next step of an import; yield the number of rows done whenever the caller may commit.

    What is written or undone is one transaction: these steps yield nothing.
    """
    match work.status:
        case ImportStatus.TO_READ:
            yield from _read(work)
        case ImportStatus.TO_CHECK:
            yield from checking.check(work)
        case ImportStatus.TO_WRITE:
            _write(work)
        case ImportStatus.TO_UNDO:
            undoing.undo(work)


def run_if_small(work: Import) -> None:
    """Do the next step within the request, in its transaction, if there is little; otherwise leave it to a worker."""
    is_unread = work.status is ImportStatus.TO_READ
    is_small = import_queries.file_size(work) < AT_ONCE_BYTES if is_unread else work.total < kind_of(work).at_once
    if work.is_waiting and is_small:
        for _done in step(work):
            pass


def give_up(work: Import) -> None:
    """Note that an import keeps failing: a file is never read, everything else goes back to where a person can decide."""
    work.failure, work.details = INTERNAL, {}
    back = {
        ImportStatus.TO_READ: ImportStatus.FAILED, ImportStatus.TO_CHECK: ImportStatus.READ,
        ImportStatus.TO_WRITE: ImportStatus.CHECKED, ImportStatus.TO_UNDO: ImportStatus.WRITTEN,
    }  # fmt: skip
    work.status = back.get(work.status, work.status)
    db.session.flush()


def _read(work: Import) -> Iterator[int]:
    try:
        yield from staging.read(work)
    except Unreadable as error:
        work.status, work.failure, work.details = ImportStatus.FAILED, error.reason.value, dict(error.values)
        db.session.flush()


def _write(work: Import) -> None:
    """Write what was shown; if anything would be different now, check again, so that a person can look at it."""
    try:
        with db.session.begin_nested():
            writing.write(work)
    except ChangedError:
        db.session.refresh(work)
        work.status = ImportStatus.TO_CHECK
        for _done in checking.check(work):
            pass
        work.failure = writing.CHANGED
        db.session.flush()
