"""The only module that reads the current time. Always UTC and timezone-aware."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_offset = timedelta(0)
_NOTICED = timedelta(seconds=2)
"""Less than this is a clock that is kept right."""


def now() -> datetime:
    """Return the current time, in UTC and timezone-aware."""
    return _of_machine() + _offset


def _of_machine() -> datetime:
    return datetime.now(UTC)


@contextmanager
def travel(instant: datetime) -> Iterator[None]:
    """Set this process's clock to `instant` in a context; it continues to run from there.

    The demo story and the tests use it to run at given dates.
    """
    global _offset  # noqa: PLW0603 - one process, one clock
    before = _offset
    _offset = instant - _of_machine()
    try:
        yield
    finally:
        _offset = before


class Watch:
    """Notices that somebody has set the clock of the machine, by one that nobody can set."""

    def __init__(self) -> None:
        """Begin to watch."""
        self._before = self._ahead()

    def set_by(self) -> timedelta:
        """Return by how much the clock was set since this was last asked: negative if back, and nothing if not at all."""
        before, self._before = self._before, self._ahead()
        return self._before - before if abs(self._before - before) > _NOTICED else timedelta(0)

    @staticmethod
    def _ahead() -> timedelta:
        return _of_machine() - datetime.fromtimestamp(time.monotonic(), UTC)
