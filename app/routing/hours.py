"""Daily hours in a local time zone, such as those of a border that is closed at night.

A time is within the hours if the local clock shows a time of day from `begins` up to but not including `ends`. If
`ends` is not after `begins`, the hours continue past midnight. On days with a clock change, the local clock decides.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def next_within(instant: datetime, begins: time, ends: time, timezone: str) -> datetime:
    """Return the first time from `instant` on that is within the hours; `instant` itself if it is."""
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
    """Return whether any time from `starts` up to but not including `ends_at` is within the hours."""
    return next_within(starts, begins, ends, timezone) < ends_at


def _is_within(clock: timedelta, begins: time, ends: time) -> bool:
    first, last = _since_midnight(begins), _since_midnight(ends)
    return first <= clock < last if first < last else clock >= first or clock < last


def _since_midnight(shown: time) -> timedelta:
    return timedelta(hours=shown.hour, minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond)


def _change_of_clocks(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first full second with a UTC offset different from that at `before`."""
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
