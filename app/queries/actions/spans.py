"""When actions are due, as seen from now in a reader's zone."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.recurring.occurrences import instant_of
from app.times import next_daily, next_weekly, to_local


class Span(StrEnum):
    """When an action is due, as seen from now."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    """After today, until the week of the reader ends: on Sunday."""
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Days:
    """The days around now, as they begin in a time zone."""

    now: datetime
    morning: datetime
    """When today began."""
    midnight: datetime
    """When it ends."""
    monday: datetime
    """When the next week begins."""

    @classmethod
    def around(cls, now: datetime, timezone: str) -> "Days":
        """Return the days around an instant in a zone."""
        morning = instant_of(to_local(now, timezone).date(), time(), ZoneInfo(timezone))
        return cls(now, morning, next_daily(now, timezone, 0), next_weekly(now, timezone, 0, 0))
