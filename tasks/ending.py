"""A worker that has lost its broker for good ends, so that it is started again.

Celery lets its tasks finish, closes what it has open, and may wait for that forever: a worker that lives and does nothing.
"""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from celery import Celery
from celery.apps.worker import Worker
from celery.platforms import EX_FAILURE

IDLE = 10.0
"""Seconds without a sign of life of any task, after which nothing is in hand any more."""
_LOOK_EVERY = 0.1


def end_when_given_up(celery: "Celery[Any]", pulse_file: Path) -> None:
    """Let the workers of a Celery application end once they have given up and no task touches the file any more."""

    class Ending(Worker):
        """A worker that does not wait forever for its own end."""

        def stop(self, in_sighandler: bool = False, exitcode: int | None = None) -> None:
            if exitcode == EX_FAILURE:
                threading.Thread(target=end_when_idle, args=(pulse_file,), name="ending", daemon=True).start()
            super().stop(in_sighandler, exitcode)

    celery.Worker = celery.subclass_with_self(Ending)  # type: ignore[misc]


def end_when_idle(pulse_file: Path, *, idle: float = IDLE, end: Callable[[int], object] = os._exit) -> None:
    """End this process as soon as nothing has touched the file for `idle` seconds."""
    last, heard_at = 0.0, time.monotonic()
    while time.monotonic() < heard_at + idle:
        with suppress(OSError):
            pulse = pulse_file.stat().st_mtime
            if pulse != last:
                last, heard_at = pulse, time.monotonic()
        time.sleep(min(_LOOK_EVERY, idle / 10))
    end(EX_FAILURE)
