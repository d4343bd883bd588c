"""Converts between local times and instants."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import timezone as dt_timezone
from functools import cache
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain_errors import DomainError, UndecidedError
from app.text import N_


class Local(NamedTuple):
    """A date and time entered in a form field, local to a time zone.

    `shown` has a UTC offset if the user has chosen between two readings, otherwise none.
    """

    shown: datetime
    timezone: str
    field: str

    def instants(self) -> list[datetime]:
        """Return the possible instants: one, or two in order if clocks were set back over that time.

        Raises DomainError if clocks were set forward over that time, so that it does not exist.
        """
        zone, naive = ZoneInfo(self.timezone), self.shown.replace(tzinfo=None)
        both = {naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
        found = sorted(instant for instant in both if to_local(instant, self.timezone) == naive)
        if not found:
            raise self._skipped(min(both), max(both))
        meant = [instant for instant in found if self.shown.tzinfo and instant == self.shown.astimezone(UTC)]
        return meant or found

    def only(self, instants: list[datetime]) -> datetime:
        """Return the only distinct instant; raise UndecidedError if there are two."""
        different = sorted(set(instants))
        if len(different) > 1:
            readings = tuple(as_shown(one, self.timezone) for one in different)
            raise UndecidedError(
                self.field,
                N_("This time occurs twice on that day because the clocks go back. Which one do you mean?"),
                readings,
            )
        return different[0]

    def _skipped(self, before: datetime, after: datetime) -> DomainError:
        """Return the error for a time that does not exist, with the local times just before and after the gap."""
        offset = before.astimezone(ZoneInfo(self.timezone)).utcoffset()
        while after - before > timedelta(seconds=1):
            middle = before + (after - before) / 2
            if middle.astimezone(ZoneInfo(self.timezone)).utcoffset() == offset:
                before = middle
            else:
                after = middle
        first = (after + timedelta(seconds=1)).replace(second=0, microsecond=0)
        return DomainError(
            self.field,
            N_("This time does not exist in %(zone)s on that day: the clocks go forward from %(before)s to %(after)s."),
            zone=ZoneInfo(self.timezone),
            before=to_local(first - timedelta(minutes=1), self.timezone),
            after=to_local(first, self.timezone),
        )


@cache
def known_zone(name: str) -> str:
    """Return the name of a time zone, or UTC if this machine does not know it: zones are renamed, and data may be older."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def to_instant(
    shown: datetime, timezone: str, field: str, makes_sense: Callable[[datetime], bool] = lambda _: True
) -> datetime:
    """Return the instant of a local time in `timezone`.

    If the local time occurs twice, the plausible reading is used. Raises DomainError on `field` if it does not exist,
    and UndecidedError if both readings are plausible.
    """
    local = Local(shown, timezone, field)
    instants = local.instants()
    return local.only([one for one in instants if makes_sense(one)] or instants[:1])


def to_span(begins: Local, ends: Local, longest: timedelta | None = None) -> tuple[datetime, datetime]:
    """Return the instants of a start and an end.

    If one of them occurs twice, the reading is used for which the end is after the start, by at most `longest`. If none
    fits, the earliest start and the latest end are returned, for the caller to reject. Raises the same errors as
    `to_instant`.
    """
    first, last = begins.instants(), ends.instants()
    pairs = [
        (begin, end)
        for begin, end in product(first, last)
        if begin < end and (longest is None or end - begin <= longest)
    ]
    if not pairs:
        return first[0], last[-1]
    begin = begins.only([begin for begin, _ in pairs])
    return begin, ends.only([end for _, end in pairs])


def to_local(instant: datetime, timezone: str) -> datetime:
    """Return the local time in `timezone` at `instant`, without a zone."""
    return instant.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, fold=0)


def as_shown(instant: datetime, timezone: str) -> datetime:
    """Return the local time in `timezone` at `instant`, with its UTC offset."""
    local = instant.astimezone(ZoneInfo(timezone))
    return local.replace(tzinfo=dt_timezone(local.utcoffset() or timedelta(0)), fold=0)


def to_typed(instant: datetime, timezone: str) -> datetime:
    """Return an instant as a form shows it: a local time, with its offset only if that time occurs twice."""
    shown = to_local(instant, timezone)
    twice = len(Local(shown, timezone, "").instants()) > 1
    return instant.astimezone(ZoneInfo(timezone)) if twice else shown


def next_weekly(after: datetime, timezone: str, weekday: int, hour: int) -> datetime:
    """Return the first instant after `after` when it is `hour` o'clock on `weekday` (Monday is 0) in the zone."""
    return _next(after, timezone, hour, weekday)


def next_daily(after: datetime, timezone: str, hour: int) -> datetime:
    """Return the first instant after `after` when it is `hour` o'clock in the zone."""
    return _next(after, timezone, hour, None)


def next_monthly(after: datetime, timezone: str, hour: int, day: int = 1) -> datetime:
    """Return the first instant after `after` when it is `hour` o'clock in the zone on a day of a month, at most the 28th."""
    zone = ZoneInfo(timezone)
    local = after.astimezone(zone)
    at = datetime(local.year, local.month, day, hour, tzinfo=zone).astimezone(UTC)
    if at > after:
        return at
    year, months = divmod(local.year * 12 + local.month, 12)
    return datetime(year, months + 1, day, hour, tzinfo=zone).astimezone(UTC)


def _next(after: datetime, timezone: str, hour: int, weekday: int | None) -> datetime:
    zone = ZoneInfo(timezone)
    day = after.astimezone(zone).date()
    while True:
        at = datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
        if at > after and weekday in (None, day.weekday()):
            return at
        day += timedelta(days=1)
