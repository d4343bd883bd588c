"""The folder of backups: one command works in it at a time, and what a killed one has left is removed."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.backups.errors import BackupError

_NAME = re.compile(r"encuentro-(\d{8}-\d{6})\.age")
_TIME = "%Y%m%d-%H%M%S"
_SCRATCH = ".working"
"""The folder of everything that is not finished; what is in it belongs to nobody once the lock is free."""


def name_at(moment: datetime) -> str:
    """Return the name of a backup that was made at a moment."""
    return f"encuentro-{moment.astimezone(UTC):{_TIME}}.age"


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Yield an empty folder inside of `folder`, which is removed afterwards. Raises BackupError if another one is in use."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(
                f"Another backup or check is working in {folder}. Try again when it has finished."
            ) from error
        working = folder / _SCRATCH
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir(mode=0o700)
        try:
            yield working
        finally:
            shutil.rmtree(working, ignore_errors=True)
    finally:
        os.close(lock)


def publish(finished: Path, target: Path) -> None:
    """Give a finished file its name, and make sure that both are on the disk."""
    with finished.open("rb") as file:
        os.fsync(file.fileno())
    finished.replace(target)
    entry = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def stored(folder: Path) -> list[Path]:
    """Return the backups in a folder, latest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((path for path in found if _NAME.fullmatch(path.name)), reverse=True)


def remove_old(folder: Path, now: datetime, days: int) -> list[Path]:
    """Remove the backups that are older than some days, but not the latest one; return them."""
    removed = []
    for path in stored(folder)[1:]:
        match = _NAME.fullmatch(path.name)
        if match and datetime.strptime(match[1], _TIME).replace(tzinfo=UTC) < now - timedelta(days=days):
            path.unlink(missing_ok=True)
            removed.append(path)
    return removed
