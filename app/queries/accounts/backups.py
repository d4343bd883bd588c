"""When the house was last backed up."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.extensions import db
from app.models.accounts.backups import Backup

LATE_AFTER = timedelta(hours=36)
"""A backup is made every night, and one night may be missed by a few hours."""


def last_backup() -> Backup | None:
    """Return the last backup that was made without an error."""
    return db.session.scalar(select(Backup).where(Backup.failure.is_(None)).order_by(Backup.made_at.desc()).limit(1))


def last_failure() -> Backup | None:
    """Return the last attempt if it failed."""
    last = db.session.scalar(select(Backup).order_by(Backup.made_at.desc(), Backup.id.desc()).limit(1))
    return last if last is not None and last.failure is not None else None


def is_late(now: datetime) -> bool:
    """Return whether the last good backup is too old, or there is none."""
    last = last_backup()
    return last is None or last.made_at < now - LATE_AFTER


def named(name: str) -> Backup | None:
    """Return the backup with this file name."""
    return db.session.scalar(select(Backup).where(Backup.name == name).order_by(Backup.made_at.desc()).limit(1))
