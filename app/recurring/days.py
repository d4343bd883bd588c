"""The days that a rule names, month by month: the days of a month are the bits of a number (bit 1 is the first).

So the work for a month is a few operations on integers, whether the rule names one of its days or all of them.
"""

from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from app.recurring.rules import Frequency, Rule

CYCLE = 400
"""Years after which the Gregorian calendar repeats: 146,097 days, which are whole weeks."""
_SEVENTHS = sum(1 << day for day in range(0, 31, 7))
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Month(NamedTuple):
    """A month of a year that is a leap year or not: `before` is the ordinal of the day before its first."""

    year: int
    number: int
    leaps: bool
    before: int
    length: int

    @property
    def shape(self) -> tuple[int, bool, int]:
        """What decides on which weekdays its days fall; there are 168 different shapes."""
        return self.number, self.leaps, self.before % 7

    @property
    def every_day(self) -> int:
        """All of its days."""
        return (2 << self.length) - 2

    def weekly(self, weekday: int) -> int:
        """Return its days that are this weekday."""
        return (_SEVENTHS << _first(self.before, weekday)) & self.every_day

    def at(self, days: int) -> Iterator[date]:
        """Yield the dates of days."""
        for day in _numbers(days):
            yield date(self.year, self.number, day)


def month_of(year: int, number: int) -> Month:
    """Return a month of a year."""
    leaps = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    length = _LENGTHS[number - 1] + (leaps and number == 2)
    return Month(year, number, leaps, date(year, number, 1).toordinal() - 1, length)


def months(rule: Rule, first: date, since: date) -> Iterator[tuple[Month, int]]:
    """Yield the months from that of `since` on that the rule visits, each with the days that it names there.

    Days before `first` and after the end of the rule are not left out. It goes on for the `CYCLE` of the calendar: a
    day that is further away counts as none.
    """
    numbers = _month_numbers(rule, first)
    named: dict[tuple[int, bool, int], int] = {}
    for year in range(since.year, min(since.year + CYCLE, MAXYEAR) + 1):
        if rule.frequency is Frequency.YEARLY and (year - first.year) % rule.interval:
            continue
        for number in numbers:
            if year == since.year and number < since.month:
                continue
            distance = (year - first.year) * 12 + number - first.month
            if rule.frequency is Frequency.MONTHLY and distance % rule.interval:
                continue
            month = month_of(year, number)
            if (shape := month.shape) not in named:
                named[shape] = _named(rule, first, month)
            yield month, named[shape] and named[shape] & _visited(rule, first, month)


def _month_numbers(rule: Rule, first: date) -> tuple[int, ...]:
    """Return the months of a year in which the rule can name days."""
    if rule.by_month:
        return rule.by_month
    if rule.frequency is Frequency.YEARLY and not rule.by_day and not rule.by_month_day:
        return (first.month,)
    return tuple(range(1, 13))


def _named(rule: Rule, first: date, month: Month) -> int:
    """Return the days of the month that the rule names, whether it visits them or not."""
    days = month.every_day
    if rule.by_month_day:
        days &= reduce(or_, (_month_day(month, day) for day in rule.by_month_day))
    if rule.by_day:
        days &= reduce(or_, (_nth(rule, month, weekday, ordinal) for weekday, ordinal in rule.by_day))
    elif rule.frequency is Frequency.WEEKLY:
        days &= month.weekly(first.weekday())
    elif rule.frequency in {Frequency.MONTHLY, Frequency.YEARLY} and not rule.by_month_day:
        days &= 1 << first.day
    return _chosen(days, rule.by_set_position) if rule.by_set_position else days


def _visited(rule: Rule, first: date, month: Month) -> int:
    """Return the days of a visited month that are in a day or week which the interval reaches."""
    if rule.interval == 1 or rule.frequency in {Frequency.MONTHLY, Frequency.YEARLY}:
        return month.every_day
    if rule.frequency is Frequency.DAILY:
        return _every(rule.interval, month, first.toordinal(), 1)
    return _every(rule.interval, month, first.toordinal() - (first.weekday() - rule.week_start) % 7, 7)


def _month_day(month: Month, day: int) -> int:
    """Return a day of the month, counted from its end if negative; none if the month is too short."""
    counted = day if day > 0 else month.length + 1 + day
    return 1 << counted if 1 <= counted <= month.length else 0


def _nth(rule: Rule, month: Month, weekday: int, ordinal: int) -> int:
    """Return the days of the month that are this weekday: all, or the nth of the month or year."""
    if not ordinal:
        return month.weekly(weekday)
    before, length = month.before, month.length
    if rule.counts_in_year:
        before = date(month.year, 1, 1).toordinal() - 1
        length = 365 + month.leaps
    counted = _first(before, weekday)
    if ordinal < 0:
        counted += (length - counted) // 7 * 7 + 7
    counted += 7 * (ordinal - (ordinal > 0))
    day = counted + before - month.before
    return 1 << day if 1 <= counted <= length and 1 <= day <= month.length else 0


def _first(before: int, weekday: int) -> int:
    """Return the number of the first such weekday, from 1, after the day with this ordinal."""
    return (weekday - before) % 7 + 1


def _every(interval: int, month: Month, start: int, length: int) -> int:
    """Return the days of the month in every nth run of `length` days, counted from the ordinal `start`."""
    step = interval * length
    return _runs(step, length) << (start - month.before) % step >> step & month.every_day


@lru_cache(maxsize=256)
def _runs(step: int, length: int) -> int:
    """Return runs of `length` bits, one every `step` bits, that begin before any month and end after it."""
    run = (1 << length) - 1
    return sum(run << begins for begins in range(0, 2 * step + 32, step))


def _chosen(days: int, positions: tuple[int, ...]) -> int:
    """Return the days at these positions, counted from the end if negative."""
    found = _numbers(days)
    places = {position - 1 if position > 0 else len(found) + position for position in positions}
    return sum(1 << day for place, day in enumerate(found) if place in places)


def _numbers(days: int) -> list[int]:
    """Return the numbers of days, in order."""
    found = []
    while days:
        found.append((days & -days).bit_length() - 1)
        days &= days - 1
    return found


def on_or_after(day: date) -> int:
    """Return the days of its month from this one on."""
    return -1 << day.day


def day_after(day: date) -> date | None:
    """Return the next day; None after the last that there is."""
    return day + timedelta(1) if day < date.max else None
