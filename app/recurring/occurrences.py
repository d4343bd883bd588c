"""The occurrences of a series: a rule, its first day, and its local time in a zone.

A series keeps its local time over changes of the clocks. If the local time is skipped on a day, the occurrence takes
the offset from before the change (02:30 becomes 03:30); if it comes twice, the occurrence is the first of the two. That
is RFC 5545, 3.3.5, which 3.3.10 applies to the local start of an occurrence; nothing is left out because of the clocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from app.recurring.days import day_after, months, on_or_after
from app.recurring.rules import MOST_OCCURRENCES, Refusal, Rule, RuleRefused


@dataclass(frozen=True)
class Series:
    """A rule with its first day and its local time in a zone.

    The first day is the one from which intervals and the number of times count. Unlike in RFC 5545, it is an occurrence
    only if the rule names it.
    """

    rule: Rule
    first: date
    at: time
    zone: ZoneInfo

    def check(self) -> None:
        """Raise RuleRefused if the rule names no day, or too many until its end.

        The calendar repeats after 400 years, so at most 4,800 months are looked at.
        """
        if next(self.days(), None) is None:
            raise RuleRefused(Refusal.NEVER)
        if self.rule.ends and len(list(islice(self.days(), MOST_OCCURRENCES + 1))) > MOST_OCCURRENCES:
            raise RuleRefused(Refusal.TOO_MANY, "UNTIL")

    def instant(self, day: date) -> datetime:
        """Return the instant of the occurrence on a day, in UTC."""
        return instant_of(day, self.at, self.zone)

    def day_after(self, day: date) -> date | None:
        """Return the first day after this one that is an occurrence; None if the series has ended."""
        following = day_after(day)
        return next(self.days(following), None) if following else None

    def next_after(self, instant: datetime) -> date | None:
        """Return the day of the first occurrence after an instant; None if the series has ended."""
        yesterday = instant.astimezone(self.zone).date() - timedelta(1)
        return next((day for day in self.days(yesterday) if self.instant(day) > instant), None)

    def days(self, since: date | None = None) -> Iterator[date]:
        """Yield the days of the occurrences from `since` on, in order; of a rule without an end, take only a few."""
        since = max(since or self.first, self.first)
        last = _last(self)
        for month, days in months(self.rule, self.first, since):
            if month.before >= last.toordinal():
                return
            left = days & on_or_after(since) if (month.year, month.number) == (since.year, since.month) else days
            for day in month.at(left):
                if day > last:
                    return
                yield day


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a local time on a day, in UTC; of one that is skipped or comes twice, as the module says."""
    return datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)


@lru_cache(maxsize=256)
def _last(series: Series) -> date:
    """Return a day after which the series has no occurrence."""
    rule = series.rule
    if rule.count is not None:
        return _counted(series, rule.count)
    if isinstance(rule.until, datetime):
        day = rule.until.astimezone(series.zone).date()
        return day if series.instant(day) <= rule.until else day - timedelta(1)
    return rule.until or date.max


def _counted(series: Series, count: int) -> date:
    """Return the day of the last occurrence of a series with a number of times."""
    for month, days in months(series.rule, series.first, series.first):
        of_series = days
        if (month.year, month.number) == (series.first.year, series.first.month):
            of_series &= on_or_after(series.first)
        if (here := of_series.bit_count()) >= count:
            return next(islice(month.at(of_series), count - 1, None))
        count -= here
    return date.max
