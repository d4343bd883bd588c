"""Days that a phrase may mean: each match of a pattern gives the days, in order, and None if it may not be a date at all."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from re import Match

from app.phrasing.vocabulary import Frame, Vocabulary

LATELY = timedelta(days=90)
"""A date without a year that passed less than this ago may mean the one that passed."""
FREE = frozenset({
    "iso", "span", "weeks_from", "week_after", "of_next_week", "next", "next_week", "this_week", "weekend", "next_weekend",
    "month_end", "next_month_end", "named_month_end", "year_end", "next_month", "in_month", "before_month", "relative",
    "this_weekday", "days_of_month",
})  # fmt: skip
"""Patterns whose words mean a date wherever they stand."""
Days = tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may be a date: where they stand, and the days that they can mean.

    `at` is the time of a span in hours. `weekday` is set if only the day of the week is named. `certain` is whether the
    words mean a date wherever they stand. `kept` is whether they belong to the title.
    """

    start: int
    end: int
    kind: str
    days: Days
    at: time | None = None
    weekday: int | None = None
    certain: bool = False
    kept: bool = False
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads matches in one language, as of a local time. `asks_order` is whether 3/4 may begin with the month."""

    words: Vocabulary
    now: datetime
    asks_order: bool

    def found(self, kind: str, match: Match[str]) -> Found | None:
        """Return what a match of a pattern means; None if there is no such day."""
        groups = {name: text for name, text in match.groupdict().items() if text}
        made = _MAKERS[kind](self, groups)
        if not made:
            return None
        found = Found(*match.span(), kind, tuple(dict.fromkeys(made)), certain=kind in FREE)
        if kind == "weekday":
            found = replace(found, weekday=self.words.weekdays[groups["weekday"]])
        if kind == "span" and groups["unit"] in self.words.units and self.unit(groups) in ("hour", "minute"):
            found = replace(found, at=self._later(groups).time())
        return found

    @property
    def today(self) -> date:
        """Return the current day."""
        return self.now.date()

    def number(self, text: str) -> int:
        """Return the value of digits or of a word."""
        return int(text) if text.isdecimal() else self.words.numbers.get(text, 0)

    def unit(self, groups: Mapping[str, str]) -> str:
        """Return the unit of a span."""
        return self.words.units[groups["unit"]]

    def coming(self, weekday: int) -> date:
        """Return the next day of the week from today on."""
        return self.today + timedelta(days=(weekday - self.today.weekday()) % 7)

    def weekday(self, groups: Mapping[str, str]) -> Days:
        """Return the coming day of the week; if that is today, also the one in a week."""
        first = self.coming(self.words.weekdays[groups["weekday"]])
        return (first, first + timedelta(days=7)) if first == self.today else (first,)

    def next(self, groups: Mapping[str, str]) -> Days:
        """Return the coming day of the week and the one after; today is never the next one."""
        first = self.coming(self.words.weekdays[groups["weekday"]])
        return (first + timedelta(days=7),) if first == self.today else (first, first + timedelta(days=7))

    def of_next_week(self, groups: Mapping[str, str]) -> Days:
        """Return the day of the week after this one."""
        weekday = self.words.weekdays[groups.get("weekday") or groups["weekday2"]]
        return (self._monday(1) + timedelta(days=weekday),)

    def week(self, weeks: int) -> Days:
        """Return the day by which something "next week" is meant: its Monday or its Friday."""
        return (self._monday(weeks), self._monday(weeks) + timedelta(days=4))

    def this_week(self) -> Days:
        """Return the Friday and the Sunday of this week."""
        days = (self._monday(0) + timedelta(days=4), self._monday(0) + timedelta(days=6))
        return tuple(day for day in days if day >= self.today)

    def weekend(self, first: int, weeks: int) -> Days:
        """Return the Saturdays and Sundays of some weeks."""
        days = [self._monday(week) + timedelta(days=day) for week in range(first, first + weeks) for day in (5, 6)]
        return tuple(day for day in days if day >= self.today)

    def weeks_from(self, groups: Mapping[str, str]) -> Days:
        """Return the day some weeks after a day of the week, or after a day such as tomorrow."""
        base = (
            self.coming(self.words.weekdays[groups["weekday"]])
            if "weekday" in groups
            else self.today + timedelta(days=self.words.days[groups["relative"]])
        )
        weeks = self.number(groups.get("n", "1"))
        return (base + timedelta(weeks=2 if weeks == 15 else weeks),)

    def span(self, groups: Mapping[str, str]) -> Days:
        """Return the day after a span from now. Eight and fifteen days are also said for one and two weeks."""
        unit, n = self.unit(groups), self.number(groups["n"])
        if unit in ("hour", "minute"):
            return (self._later(groups).date(),)
        if not n:
            return ()
        if unit == "day" and n in (8, 15) and "days" not in self.words.units:
            return (self.today + timedelta(days=n - 1), self.today + timedelta(days=n))
        return (shifted(self.today, unit, n),)

    def month_end(self, months: int) -> Days:
        """Return the last day of this month or a later one."""
        return (_last(shifted(self.today.replace(day=1), "month", months)),)

    def month(self, months: int) -> Days:
        """Return the first and the last day of a month."""
        first = shifted(self.today.replace(day=1), "month", months)
        return (first, _last(first))

    def named_month(self, groups: Mapping[str, str]) -> Days:
        """Return the first and the last day of the next month of that name."""
        month = self.words.months[groups["month"]]
        year = int(groups["year"]) if "year" in groups else self.today.year + (month < self.today.month)
        first = date(year, month, 1) if year else None
        return (first, _last(first)) if first else ()

    def dated(self, groups: Mapping[str, str]) -> Days:
        """Return the date of a day and a month."""
        day = 1 if "first" in groups else int(groups["day"])
        return self._dated(day, self._month(groups["month"]), groups.get("year"))

    def numeric(self, groups: Mapping[str, str]) -> Days:
        """Return the date of two numbers: the day first, or both orders where the month may come first."""
        first, second, year = int(groups["day"]), int(groups["month"]), groups.get("year")
        months_first = self._dated(second, first, year) if self.asks_order else ()
        return months_first + self._dated(first, second, year)

    def days_of_month(self, groups: Mapping[str, str]) -> Days:
        """Return the two dates of a range or a choice."""
        month = self._month(groups["month"])
        return self._dated(int(groups["day"]), month, None) + self._dated(int(groups["last"]), month, None)

    def day(self, groups: Mapping[str, str]) -> Days:
        """Return the next day of that number; None as well if it has only just passed."""
        number = int(groups["day"])
        for months in range(13):
            found = _date(*_month_of(shifted(self.today.replace(day=1), "month", months)), number)
            if found and found >= self.today:
                just_passed = _date(self.today.year, self.today.month, number)
                lately = just_passed and timedelta(0) < self.today - just_passed <= timedelta(days=7)
                return (found, None) if lately else (found,)
        return ()

    def weekday_day(self, groups: Mapping[str, str]) -> Days:
        """Return the next day of that number if it falls on that day of the week; otherwise both."""
        days = [day for day in self.day({"day": groups["day"]}) if day]
        weekday = self.words.weekdays[groups["weekday"]]
        return tuple(days) if days and days[0].weekday() == weekday else (self.coming(weekday), *days) if days else ()

    def nth_weekday(self, groups: Mapping[str, str]) -> Days:
        """Return the first, second or last such day of the week of this month, or of the next if it has passed."""
        weekday, nth = self.words.weekdays[groups["weekday"]], self.words.nth[groups["nth"]]
        if "month" in groups:
            first = self.named_month(groups)[0]
            return (nth_weekday(max(first, self.today) if first else self.today, weekday, nth),)
        return (nth_weekday(self.today, weekday, nth),)

    def _month(self, text: str) -> int:
        return int(text) if text.isdecimal() else self.words.months[text]

    def _monday(self, weeks: int) -> date:
        return self.today + timedelta(days=7 * weeks - self.today.weekday())

    def _later(self, groups: Mapping[str, str]) -> datetime:
        minutes = 60 if self.unit(groups) == "hour" else 1
        halves = self.words.numbers.get(groups["n"], 0) or (int(groups["n"]) if groups["n"].isdecimal() else 0.5)
        return self.now + timedelta(minutes=minutes * halves)

    def _dated(self, day: int, month: int, year: str | None) -> Days:
        """Return a date with its year, or its next one; None where it has passed, or passed lately."""
        if year:
            found = _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
            return () if not found else (found,) if found >= self.today else (None,)
        years = range(self.today.year, self.today.year + 9)
        dates = [one for one in (_date(each, month, day) for each in years) if one]
        coming = next((one for one in dates if one >= self.today), None)
        past = _date(self.today.year, month, day) or coming
        before = _date(self.today.year - 1, month, day)
        lately = any(one and timedelta(0) < self.today - one < LATELY for one in (past, before))
        return () if not coming else (coming, None) if lately else (coming,)


def shifted(day: date, unit: str, n: int) -> date:
    """Return a day some days, weeks, months or years later; the last day of a shorter month."""
    if unit in ("day", "week"):
        return day + timedelta(days=n * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + n * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def nth_weekday(today: date, weekday: int, nth: int) -> date:
    """Return the nth such day of the week of a month (-1: the last), this month or the first in which it is not past."""
    for months in range(3):
        first = shifted(today.replace(day=1), "month", months)
        days = [
            first.replace(day=number)
            for number in range(1, _last(first).day + 1)
            if first.replace(day=number).weekday() == weekday
        ]
        found = days[-1] if nth < 0 else days[nth - 1]
        if found >= today:
            return found
    raise AssertionError("each month has four of each day of the week")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month


_MAKERS: Mapping[str, Callable[[Reader, Mapping[str, str]], Days]] = {
    "iso": Reader.dated,
    "numeric": Reader.numeric,
    "span": Reader.span,
    "weeks_from": Reader.weeks_from,
    "week_after": Reader.weeks_from,
    "of_next_week": Reader.of_next_week,
    "next": Reader.next,
    "next_week": lambda reader, _: reader.week(1),
    "this_week": lambda reader, _: reader.this_week(),
    "weekend": lambda reader, _: reader.weekend(0, 1),
    "next_weekend": lambda reader, _: reader.weekend(0, 2),
    "month_end": lambda reader, _: reader.month_end(0),
    "next_month_end": lambda reader, _: reader.month_end(1),
    "named_month_end": lambda reader, groups: reader.named_month(groups)[1:],
    "year_end": lambda reader, _: (date(reader.today.year, 12, 31),),
    "next_month": lambda reader, _: reader.month(1),
    "nth_weekday": Reader.nth_weekday,
    "days_of_month": Reader.days_of_month,
    "date": Reader.dated,
    "in_month": Reader.named_month,
    "before_month": lambda reader, groups: tuple(
        day - timedelta(days=1) for day in reader.named_month(groups)[:1] if day
    ),
    "relative": lambda reader, groups: (reader.today + timedelta(days=reader.words.days[groups["relative"]]),),
    "weekday_day": Reader.weekday_day,
    "this_weekday": Reader.weekday,
    "weekday": Reader.weekday,
    "day": Reader.day,
}
