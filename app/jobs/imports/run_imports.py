"""Reads, checks, writes and undoes imports that are too large for a request.

This module commits: after each batch of a step that can be repeated, and once at the end. If its process is killed at
any time, its lease expires, and the next worker begins the step anew; nothing is stored twice.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import current_app

from app import clock
from app.domain import leases
from app.domain.accounts import audit
from app.domain.imports import running
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.imports.imports import WORK, Import
from app.queries.imports import imports as import_queries

LEASE = timedelta(minutes=15)
"""Longer than the largest import is written."""
MOST_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)
_BATCH = 10


def run_due_imports(*, after_each: Callable[[], None]) -> int:
    """Do the next step of every import that is due; return the number of steps. `after_each` is called after each batch."""
    steps = 0
    while ids := import_queries.due_ids(_BATCH):
        db.session.rollback()
        for import_id in ids:
            steps += _run(import_id, after_each)
    db.session.rollback()
    return steps


def _run(import_id: int, after_each: Callable[[], None]) -> bool:
    """Claim one import and do its next step; return whether it was claimed."""
    token = leases.claim_for(
        Import, LEASE, Import.id == import_id, Import.status.in_(WORK), attempts=Import.attempts + 1
    )
    db.session.commit()
    if token is None:
        return False
    try:
        _do(import_id, token, after_each)
    except Exception as error:  # noqa: BLE001 - one import must not keep others from being done
        db.session.rollback()
        current_app.logger.error("import %s failed: %s", import_id, type(error).__name__)  # noqa: TRY400 - errors of the database quote rows
        _after_failure(import_id, token)
    return True


def _do(import_id: int, token: str, after_each: Callable[[], None]) -> None:
    work = _import(import_id)
    audit.act_as(db.session.get(User, work.asked_by_id) if work.asked_by_id else None)
    try:
        for done in running.step(work):
            if not leases.renew(Import, token, LEASE, Import.id == import_id, done=done):
                db.session.rollback()
                return
            db.session.commit()
            after_each()
    finally:
        audit.act_as(None)
    db.session.flush()
    if leases.release(Import, token, Import.id == import_id):
        db.session.commit()
    else:  # another worker took over
        db.session.rollback()
    after_each()


def _after_failure(import_id: int, token: str) -> None:
    """Leave it to the next attempt, or give up after several."""
    work = _import(import_id)
    if work.attempts >= MOST_ATTEMPTS:
        running.give_up(work)
    if leases.release(Import, token, Import.id == import_id):
        _import(import_id).leased_until = clock.now() + RETRY_AFTER
    db.session.commit()


def _import(import_id: int) -> Import:
    return db.session.get_one(Import, import_id, populate_existing=True)
