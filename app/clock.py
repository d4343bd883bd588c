"""The only module that reads the current time. Always UTC and timezone-aware."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_offset = timedelta(0)


def now() -> datetime:
    """Return the current time, in UTC and timezone-aware."""
    return datetime.now(UTC) + _offset


@contextmanager
def travel(instant: datetime) -> Iterator[None]:
    """Set this process's clock to `instant` in a context; it continues to run from there.

    The demo story and the tests use it to run at given dates.
    """
    global _offset  # noqa: PLW0603 - one process, one clock
    before = _offset
    _offset = instant - datetime.now(UTC)
    try:
        yield
    finally:
        _offset = before
