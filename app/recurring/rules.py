"""What a rule of repetition says, and why a rule is refused."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

MOST_OCCURRENCES = 10_000
"""A rule that ends has at most this many occurrences."""
LONGEST_INTERVAL = 1000
MOST_IN_MONTH, MOST_IN_YEAR = 5, 53
"""How often a weekday can come in a month and in a year."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of the week, as RFC 5545 writes them; their numbers are those of `date.weekday`."""


class Frequency(StrEnum):
    """What a rule counts in."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class Refusal(StrEnum):
    """Why a rule is refused."""

    MALFORMED = "malformed"
    """It is not a list of NAME=VALUE, or too long to be a rule."""
    UNKNOWN = "unknown"
    """A part that RFC 5545 has, but this subset does not, or that nobody has."""
    REPEATED = "repeated"
    """A part is given twice."""
    VALUE = "value"
    """The value of a part cannot be read, or is outside its range."""
    TWO_ENDS = "two_ends"
    """It ends on a date and after a number of times."""
    UNFIT = "unfit"
    """A part has no meaning with this frequency."""
    NEVER = "never"
    """No day meets it."""
    TOO_MANY = "too_many"
    """It names more days than `MOST_OCCURRENCES` until its end."""


class RuleRefused(ValueError):
    """A rule cannot be used: why, and the part that is to blame (such as "BYDAY"), or None for all of it."""

    def __init__(self, refusal: Refusal, part: str | None = None) -> None:
        super().__init__(f"{refusal}: {part or 'rule'}")
        self.refusal = refusal
        self.part = part


class Day(NamedTuple):
    """A weekday (0 is Monday): every one, or the nth of its month or year, counted from the end if negative."""

    weekday: int
    ordinal: int = 0


@dataclass(frozen=True)
class Rule:
    """A rule of repetition, in the terms of RFC 5545; raises RuleRefused if its parts do not go together.

    `until` is the last possible day (in the zone of the series) or the last possible instant.
    """

    frequency: Frequency
    interval: int = 1
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[Day, ...] = ()
    by_set_position: tuple[int, ...] = ()
    count: int | None = None
    until: date | datetime | None = None
    week_start: int = 0

    def __post_init__(self) -> None:
        """Check what can be checked without a first day."""
        _within("INTERVAL", [self.interval], 1, LONGEST_INTERVAL)
        _within("BYMONTH", self.by_month, 1, 12)
        _within("BYMONTHDAY", [abs(day) for day in self.by_month_day], 1, 31)
        _within("BYSETPOS", [abs(position) for position in self.by_set_position], 1, 31)
        _within("COUNT", [] if self.count is None else [self.count], 1, MOST_OCCURRENCES)
        _within("BYDAY", [day.weekday for day in self.by_day], 0, 6)
        ordinals = [abs(day.ordinal) for day in self.by_day]
        _within("BYDAY", ordinals, 0, MOST_IN_YEAR if self.counts_in_year else MOST_IN_MONTH)
        if self.count is not None and self.until is not None:
            raise RuleRefused(Refusal.TWO_ENDS, "COUNT")
        if any(ordinals) and self.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
            raise RuleRefused(Refusal.UNFIT, "BYDAY")
        if self.by_month_day and self.frequency is Frequency.WEEKLY:
            raise RuleRefused(Refusal.UNFIT, "BYMONTHDAY")
        chosen_from = self.by_day or self.by_month_day
        if self.by_set_position and not (self.frequency is Frequency.MONTHLY and chosen_from):
            raise RuleRefused(Refusal.UNFIT, "BYSETPOS")

    @property
    def counts_in_year(self) -> bool:
        """Whether the nth weekday is that of the year, not of a month."""
        return self.frequency is Frequency.YEARLY and not self.by_month

    @property
    def ends(self) -> bool:
        """Whether it has an end."""
        return self.count is not None or self.until is not None


def _within(part: str, values: list[int] | tuple[int, ...], least: int, most: int) -> None:
    if any(not least <= value <= most for value in values):
        raise RuleRefused(Refusal.TOO_MANY if part == "COUNT" and max(values) > most else Refusal.VALUE, part)
