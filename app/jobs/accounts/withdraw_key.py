"""Withdrawing the key from the disk while the house is locked.

This module ends transactions: the lock is committed first, so that it holds whatever happens to the file. A process that is
killed in between leaves the rest to the worker, which does the same with every task.
"""

from app.backups import age, key_files
from app.config import FIELD_KEY_FILE, Config
from app.extensions import db
from app.queries.accounts import locks


def withdraw_key(settings: Config) -> None:
    """Encrypt the file of the key to BACKUP_RECIPIENT, if there is one and the house is locked.

    Whoever opens the house holds the same row, so the file is never encrypted again after it was put back.
    """
    if not settings.backup_recipient or not (settings.var_dir / FIELD_KEY_FILE).exists():
        return
    if locks.held() is not None:
        key_files.seal(settings.var_dir, age.Recipient(settings.backup_recipient))
    db.session.rollback()
