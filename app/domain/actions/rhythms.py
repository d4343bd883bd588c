"""When somebody gets letters about actions: at an hour in a zone, on days that are not quiet."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from app.models.accounts.accounts import User
from app.models.people.people import Person

USUAL_HOUR = 8
"""The hour of letters to people without an account, in the zone of the congress or campaign."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody gets letters: the hour in a zone, and the days of the week without one (Monday is 0)."""

    timezone: str
    hour: int
    quiet_days: frozenset[int]

    @classmethod
    def of(cls, holder: User | Person | None, timezone: str | None = None) -> "Rhythm":
        """Return what an account has chosen; for a person without one, the usual hour in the zone of the action's place."""
        if isinstance(holder, User):
            return cls(holder.timezone, holder.reminder_hour, frozenset(holder.quiet_days))
        return cls.usual(timezone)

    @classmethod
    def usual(cls, timezone: str | None) -> "Rhythm":
        """Return when somebody who has chosen nothing gets letters."""
        return cls(timezone or "UTC", USUAL_HOUR, frozenset())

    def letter_at(self, day: date) -> datetime:
        """Return the instant of the letter of a day, or of the next day that is not quiet."""
        while day.weekday() in self.quiet_days:
            day += _DAY
        return _instant(self.timezone, self.hour, day)

    def letter_from(self, instant: datetime) -> datetime:
        """Return the instant of the first letter that is not earlier."""
        day = self.day_of(instant)
        while (found := self.letter_at(day)) < instant:
            day += _DAY
        return found

    def day_of(self, at: datetime) -> date:
        """Return the day in the zone."""
        return at.astimezone(_zone(self.timezone)).date()


@cache
def _zone(name: str) -> ZoneInfo:
    """Return a zone; ZoneInfo itself keeps only a few, and reads the others again."""
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def _instant(timezone: str, hour: int, day: date) -> datetime:
    return datetime.combine(day, time(hour), _zone(timezone)).astimezone(UTC)
