"""Local times and instants."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import timezone as dt_timezone
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain_errors import DomainError, UndecidedError
from app.text import N_


class Local(NamedTuple):
    """What was typed as a date and an hour: as clocks in a zone show it, in which field.

    `shown` has an offset from UTC where a person has said which of two readings is meant, and none otherwise.
    """

    shown: datetime
    timezone: str
    field: str

    def instants(self) -> list[datetime]:
        """Return the instants that are meant: one, or both in their order where clocks show the hour twice.

        Raises DomainError where clocks were put forward over that hour and never show it.
        """
        zone, naive = ZoneInfo(self.timezone), self.shown.replace(tzinfo=None)
        both = {naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
        found = sorted(instant for instant in both if to_local(instant, self.timezone) == naive)
        if not found:
            raise self._skipped(min(both), max(both))
        meant = [instant for instant in found if self.shown.tzinfo and instant == self.shown.astimezone(UTC)]
        return meant or found

    def only(self, instants: list[datetime]) -> datetime:
        """Return the one of `instants`, each once; raises UndecidedError where there are two."""
        different = sorted(set(instants))
        if len(different) > 1:
            readings = tuple(as_shown(one, self.timezone) for one in different)
            raise UndecidedError(
                self.field,
                N_("This time occurs twice on that day, because the clocks go back. Which one do you mean?"),
                readings,
            )
        return different[0]

    def _skipped(self, before: datetime, after: datetime) -> DomainError:
        """Return the error of an hour that lies in a gap, with what clocks show just before and just after it."""
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


def to_instant(
    shown: datetime, timezone: str, field: str, makes_sense: Callable[[datetime], bool] = lambda _: True
) -> datetime:
    """Return the instant at which clocks in `timezone` show what was typed.

    Where they show it twice, it is the one that makes sense. Raises DomainError on `field` where they never show it, and
    UndecidedError where both readings make sense.
    """
    local = Local(shown, timezone, field)
    instants = local.instants()
    return local.only([one for one in instants if makes_sense(one)] or instants[:1])


def to_span(begins: Local, ends: Local, longest: timedelta | None = None) -> tuple[datetime, datetime]:
    """Return the instants of a beginning and an end.

    Where clocks show one of them twice, it is the reading with which the end comes after the beginning, by no more than
    `longest`; where none does, the earliest beginning and the latest end are returned, for the caller to refuse. Raises
    what `to_instant` raises.
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
    """Return what clocks in `timezone` show at `instant`, without a zone."""
    return instant.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, fold=0)


def as_shown(instant: datetime, timezone: str) -> datetime:
    """Return what clocks in `timezone` show at `instant`, with the offset from UTC that they have then."""
    local = instant.astimezone(ZoneInfo(timezone))
    return local.replace(tzinfo=dt_timezone(local.utcoffset() or timedelta(0)), fold=0)


def to_typed(instant: datetime, timezone: str) -> datetime:
    """Return an instant as a form shows it again: what clocks show, in their zone only where they show it twice."""
    shown = to_local(instant, timezone)
    twice = len(Local(shown, timezone, "").instants()) > 1
    return instant.astimezone(ZoneInfo(timezone)) if twice else shown


def next_weekly(after: datetime, timezone: str, weekday: int, hour: int) -> datetime:
    """Return the first instant later than `after` when it is `hour` o'clock on `weekday` (Monday is 0) in the zone."""
    return _next(after, timezone, hour, weekday)


def next_daily(after: datetime, timezone: str, hour: int) -> datetime:
    """Return the first instant later than `after` when it is `hour` o'clock in the zone."""
    return _next(after, timezone, hour, None)


def next_monthly(after: datetime, timezone: str, hour: int) -> datetime:
    """Return the first instant later than `after` when it is `hour` o'clock on the first of a month in the zone."""
    zone = ZoneInfo(timezone)
    local = after.astimezone(zone)
    at = datetime(local.year, local.month, 1, hour, tzinfo=zone).astimezone(UTC)
    if at > after:
        return at
    year, months = divmod(local.year * 12 + local.month, 12)
    return datetime(year, months + 1, 1, hour, tzinfo=zone).astimezone(UTC)


def _next(after: datetime, timezone: str, hour: int, weekday: int | None) -> datetime:
    zone = ZoneInfo(timezone)
    day = after.astimezone(zone).date()
    while True:
        at = datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
        if at > after and weekday in (None, day.weekday()):
            return at
        day += timedelta(days=1)
