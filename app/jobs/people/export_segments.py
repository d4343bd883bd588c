"""Makes the files of scheduled exports.

This module commits: the claim of each export, and its file together with the next time. If its process is killed between
them, the lease expires, and the next worker makes the file anew; it is stored once for each instant at which it was due.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO

from flask import current_app

from app import clock
from app.dialects import read_only
from app.domain import leases
from app.domain.accounts import approvals, audit
from app.domain.people import scheduled_exports
from app.extensions import db
from app.models.people.scheduled_exports import ScheduledExport, StopReason
from app.models.scoping import EVERYTHING, enter_scope, in_scope
from app.queries.people import scheduled_exports as export_queries

LEASE = timedelta(minutes=15)
"""Longer than the largest file is made."""
MOST_ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=10)
_BATCH = 10
_IN_MEMORY = 5_000_000
"""Bytes; larger files are kept on disk until they are stored."""

WriteFile = Callable[[ScheduledExport, IO[bytes]], int]
"""Writes the file of an export as its account may read it, in the scope of the session; returns the number of records."""


def make_due_exports(write: WriteFile, *, after_each: Callable[[], None]) -> int:
    """Make the file of every export that is due; return the number of exports tried."""
    tried = 0
    while ids := export_queries.due_ids(_BATCH):
        db.session.rollback()
        for schedule_id in ids:
            tried += _make(schedule_id, write)
            after_each()
    db.session.rollback()
    return tried


def _make(schedule_id: int, write: WriteFile) -> bool:
    """Claim one export and make its file, or stop it; return whether it was claimed."""
    due = (ScheduledExport.next_at <= clock.now(), ScheduledExport.stopped_at.is_(None))
    attempts = ScheduledExport.attempts + 1
    token = leases.claim_for(ScheduledExport, LEASE, ScheduledExport.id == schedule_id, *due, attempts=attempts)
    db.session.commit()
    if token is None:
        return False
    try:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as content:
            with _reading():
                found = _written(schedule_id, write, content)
            _store(schedule_id, token, content, found)
    except Exception as error:  # noqa: BLE001 - one export must not keep others from being made
        db.session.rollback()
        current_app.logger.error("scheduled export %s failed: %s", schedule_id, type(error).__name__)  # noqa: TRY400 - errors of the database quote rows
        _after_failure(schedule_id, token)
    return True


@contextmanager
def _reading() -> Iterator[None]:
    """Use a session that only reads, so that others can write while a large file is made."""
    db.session.remove()
    read_only(db.session)
    enter_scope(EVERYTHING)
    try:
        yield
    finally:
        db.session.remove()
        enter_scope(EVERYTHING)


def _written(schedule_id: int, write: WriteFile, content: IO[bytes]) -> int | StopReason:
    """Write the file in the scope that the account has now; return the number of records, or why there is no file."""
    schedule = _schedule(schedule_id)
    scope = scheduled_exports.scope_of(schedule)
    if isinstance(scope, StopReason):
        return scope
    audit.act_as(schedule.user)
    with in_scope(scope):
        return write(schedule, content)


def _store(schedule_id: int, token: str, content: IO[bytes], found: int | StopReason) -> None:
    """Store the file, or stop the export; nothing is stored if another worker took over."""
    schedule = _schedule(schedule_id)
    audit.act_as(schedule.user)
    if isinstance(found, int) and schedule.segment and schedule.segment.is_of_people and approvals.needs_two(found):
        found = StopReason.NEEDS_TWO
    try:
        if isinstance(found, StopReason):
            scheduled_exports.stop(schedule, found)
            db.session.flush()
            held = leases.release(ScheduledExport, token, ScheduledExport.id == schedule_id)
        else:
            held = scheduled_exports.finish(schedule, token, content, found)
    finally:
        audit.act_as(None)
    if held:
        db.session.commit()
    else:
        db.session.rollback()


def _after_failure(schedule_id: int, token: str) -> None:
    """Leave it to the next attempt, or stop after several."""
    schedule = _schedule(schedule_id)
    if schedule.attempts >= MOST_ATTEMPTS:
        scheduled_exports.stop(schedule, StopReason.FAILED)
        db.session.flush()
    if leases.release(ScheduledExport, token, ScheduledExport.id == schedule_id):
        _schedule(schedule_id).leased_until = clock.now() + RETRY_AFTER
        db.session.commit()
    else:
        db.session.rollback()


def _schedule(schedule_id: int) -> ScheduledExport:
    return db.session.get_one(ScheduledExport, schedule_id, populate_existing=True)
