"""The record of backups."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.extensions import db
from app.models.accounts.backups import Backup

KEPT_FOR = timedelta(days=400)


def record_made(made_at: datetime, *, name: str, size: int, row_count: int) -> None:
    """Record a backup."""
    _record(Backup(made_at=made_at, name=name, size=size, row_count=row_count))


def record_failure(made_at: datetime, reason: str) -> None:
    """Record an attempt that failed."""
    _record(Backup(made_at=made_at, failure=reason))


def record_check(backup: Backup, checked_at: datetime) -> None:
    """Record that everything in a backup can be restored."""
    backup.checked_at = checked_at
    db.session.flush()


def _record(backup: Backup) -> None:
    db.session.execute(delete(Backup).where(Backup.made_at < backup.made_at - KEPT_FOR))
    db.session.add(backup)
    db.session.flush()
