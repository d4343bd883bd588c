"""Daily hours by the clocks of a place: a border closed at night, a bridge open by day.

An instant lies within the hours when a clock in that zone shows a time of day from `begins` until just before `ends`.
Hours that end when they begin or before run over midnight into the next day; on days when the clocks are changed, what
they show decides.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def next_within(instant: datetime, begins: time, ends: time, timezone: str) -> datetime:
    """Return the first instant from `instant` on that lies within the hours; itself where it does."""
    zone = ZoneInfo(timezone)
    instant = instant.astimezone(UTC)
    while True:
        local = instant.astimezone(zone)
        clock = _since_midnight(local.time())
        if _is_within(clock, begins, ends):
            return instant
        reached = instant + (_since_midnight(begins) - clock) % _DAY
        if reached.astimezone(zone).utcoffset() == local.utcoffset():
            return reached
        instant = _change_of_clocks(instant, reached, zone)


def meets(starts: datetime, ends_at: datetime, begins: time, ends: time, timezone: str) -> bool:
    """Say whether any instant from `starts` until just before `ends_at` lies within the hours."""
    return next_within(starts, begins, ends, timezone) < ends_at


def _is_within(clock: timedelta, begins: time, ends: time) -> bool:
    first, last = _since_midnight(begins), _since_midnight(ends)
    return first <= clock < last if first < last else clock >= first or clock < last


def _since_midnight(shown: time) -> timedelta:
    return timedelta(hours=shown.hour, minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond)


def _change_of_clocks(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first full second at which the clocks show another offset than at `before`."""
    offset = before.astimezone(zone).utcoffset()
    before = before.replace(microsecond=0)
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return before + _SECOND
