"""How many tasks of a machine send digests and mailings at the same time.

A digest to a million members takes minutes, and a task begins to send what is due every few seconds. Without a limit, all
of a worker would soon be busy with the digest, and nothing else would be done.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from app.config import Config

FILE = "sending"
"""Files of this name in VAR_DIR, with a number, are locked by those who send."""


@contextmanager
def bulk_slot(settings: Config) -> Iterator[bool]:
    """Yield whether this task may send digests and mailings until the end; the system frees the place of a killed process.

    With SQLite, one at a time may: two threads of one process would only wait for each other. Otherwise, half of the
    tasks that run at once.
    """
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    places = 1 if settings.embedded else max(1, settings.worker_concurrency // 2)
    lock = next(filter(None, (_locked(settings, number) for number in range(places))), None)
    try:
        yield lock is not None
    finally:
        if lock is not None:
            os.close(lock)


def _locked(settings: Config, number: int) -> int | None:
    """Return the open file of a place, or None if it is taken."""
    lock = os.open(settings.var_dir / f"{FILE}-{number}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock
