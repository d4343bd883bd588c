"""The rules that people choose from, which follow from the day of an occurrence: "the second Tuesday of the month"."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from app.recurring.rules import Day, Frequency, Rule

ALWAYS_THERE = 28
"""The last day that every month has."""


class Pattern(StrEnum):
    """On which days something is repeated, given one of them."""

    DAY = "day"
    WEEK = "week"
    """On the weekday of the day, or on several weekdays."""
    MONTH_DAY = "month_day"
    """On the same day of the month, or on its last one if it is too short."""
    MONTH_WEEKDAY = "month_weekday"
    """On the same weekday, counted from the beginning of the month."""
    MONTH_LAST_WEEKDAY = "month_last_weekday"
    MONTH_LAST_DAY = "month_last_day"
    YEAR = "year"

    @property
    def is_weekly(self) -> bool:
        """Whether weekdays are chosen."""
        return self is Pattern.WEEK


def offered(day: date) -> list[Pattern]:
    """Return the patterns that a day belongs to."""
    in_month = [Pattern.MONTH_DAY]
    if ordinal(day) <= 4:
        in_month.append(Pattern.MONTH_WEEKDAY)
    if _is_last(day, 7):
        in_month.append(Pattern.MONTH_LAST_WEEKDAY)
    if _is_last(day, 1):
        in_month.append(Pattern.MONTH_LAST_DAY)
    if day.day == 31:
        in_month.remove(Pattern.MONTH_DAY)  # every month has a last day, which is the same
    return [Pattern.DAY, Pattern.WEEK, *in_month, Pattern.YEAR]


def ordinal(day: date) -> int:
    """Return which of its weekday in the month it is, from 1."""
    return (day.day - 1) // 7 + 1


def rule_of(pattern: Pattern, day: date, interval: int = 1, weekdays: Collection[int] = ()) -> Rule:
    """Return the rule of a pattern to which a day belongs, without an end; `weekdays` are those of a weekly one."""
    match pattern:
        case Pattern.DAY:
            return Rule(Frequency.DAILY, interval)
        case Pattern.WEEK:
            return Rule(Frequency.WEEKLY, interval, by_day=_days(weekdays or [day.weekday()]))
        case Pattern.YEAR:
            last_of_february = (day.month, day.day) == (2, 29)
            month_day = -1 if last_of_february else day.day
            return Rule(Frequency.YEARLY, interval, by_month=(day.month,), by_month_day=(month_day,))
    monthly = Rule(Frequency.MONTHLY, interval)
    match pattern:
        case Pattern.MONTH_WEEKDAY:
            return replace(monthly, by_day=(Day(day.weekday(), ordinal(day)),))
        case Pattern.MONTH_LAST_WEEKDAY:
            return replace(monthly, by_day=(Day(day.weekday(), -1),))
        case Pattern.MONTH_LAST_DAY:
            return replace(monthly, by_month_day=(-1,))
    if day.day > ALWAYS_THERE:
        return replace(monthly, by_month_day=(-1, day.day), by_set_position=(1,))
    return replace(monthly, by_month_day=(day.day,))


def pattern_of(rule: Rule) -> Pattern:
    """Return the pattern of a rule that `rule_of` has made."""
    match rule.frequency:
        case Frequency.DAILY:
            return Pattern.DAY
        case Frequency.WEEKLY:
            return Pattern.WEEK
        case Frequency.YEARLY:
            return Pattern.YEAR
    if rule.by_day:
        return Pattern.MONTH_LAST_WEEKDAY if rule.by_day[0].ordinal < 0 else Pattern.MONTH_WEEKDAY
    return Pattern.MONTH_LAST_DAY if rule.by_month_day == (-1,) else Pattern.MONTH_DAY


def is_complete(rule: Rule) -> bool:
    """Return whether a rule says on which days it applies."""
    return rule.frequency is Frequency.DAILY or bool(rule.by_day or rule.by_month_day)


def completed(rule: Rule, day: date) -> Rule:
    """Return a rule with the day that it leaves open, such as "every month": the one of its first day."""
    if is_complete(rule):
        return rule
    return replace(rule_of(pattern_of(rule), day, rule.interval), count=rule.count, until=rule.until)


def moved(rule: Rule, day: date, to: date) -> Rule:
    """Return the rule of the same pattern for another day than `day`, with the same end."""
    pattern = pattern_of(rule)
    if pattern not in offered(to):
        pattern = _NEAREST[pattern]
    weekdays = {weekday for weekday, _ordinal in rule.by_day if weekday != day.weekday()} | {to.weekday()}
    return replace(rule_of(pattern, to, rule.interval, weekdays), count=rule.count, until=rule.until)


_NEAREST = {
    Pattern.MONTH_DAY: Pattern.MONTH_LAST_DAY,
    Pattern.MONTH_LAST_DAY: Pattern.MONTH_DAY,
    Pattern.MONTH_WEEKDAY: Pattern.MONTH_LAST_WEEKDAY,
    Pattern.MONTH_LAST_WEEKDAY: Pattern.MONTH_WEEKDAY,
}
"""What a pattern becomes for a day that does not belong to it."""


def _days(weekdays: Collection[int]) -> tuple[Day, ...]:
    return tuple(Day(weekday) for weekday in sorted(set(weekdays)))


def _is_last(day: date, days: int) -> bool:
    """Whether a day is among the last `days` of its month."""
    return (day + timedelta(days)).month != day.month
