"""The only module that reads the current time. Always UTC and timezone-aware."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_offset = timedelta(0)


def now() -> datetime:
    """Return the current instant, in UTC and timezone-aware."""
    return datetime.now(UTC) + _offset


@contextmanager
def travel(instant: datetime) -> Iterator[None]:
    """Let this process believe that it is `instant` now; the clock goes on from there.

    The demo story is told on its own days with it, and tests stand before and after a due date.
    """
    global _offset  # noqa: PLW0603 - one process, one clock
    before = _offset
    _offset = instant - datetime.now(UTC)
    try:
        yield
    finally:
        _offset = before
