"""Rules as text: reading and writing the value of RRULE."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

from app.recurring.rules import WEEKDAYS, Day, Frequency, Refusal, Rule, RuleRefused

T = TypeVar("T")

LONGEST_TEXT = 500
_PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "COUNT", "UNTIL", "WKST")
_NUMBER = re.compile(r"[+-]?[0-9]{1,5}")
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})Z)?")


def parse(text: str) -> Rule:
    """Return the rule that a text says, such as "FREQ=MONTHLY;BYDAY=2TU"; raise RuleRefused if it cannot be used.

    UNTIL is a day, or an instant in UTC. A time without a zone is refused, because it would be ambiguous.
    """
    parts = _parts(text)

    def numbers(part: str) -> tuple[int, ...]:
        return tuple(sorted(_each(parts, part, _number)))

    if "FREQ" not in parts:
        raise RuleRefused(Refusal.MALFORMED, "FREQ")
    if parts["FREQ"] not in set(Frequency):
        raise RuleRefused(Refusal.VALUE, "FREQ")
    if parts.get("WKST", "MO") not in WEEKDAYS:
        raise RuleRefused(Refusal.VALUE, "WKST")
    return Rule(
        Frequency(parts["FREQ"]),
        interval=_number("INTERVAL", parts.get("INTERVAL", "1")),
        by_month=numbers("BYMONTH"),
        by_month_day=numbers("BYMONTHDAY"),
        by_day=tuple(sorted(_each(parts, "BYDAY", _day))),
        by_set_position=numbers("BYSETPOS"),
        count=_number("COUNT", parts["COUNT"]) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
    )


def write(rule: Rule) -> str:
    """Return a rule as text; parts that have their default are left out."""
    until = None
    if rule.until is not None:
        until = f"{rule.until:%Y%m%dT%H%M%SZ}" if isinstance(rule.until, datetime) else f"{rule.until:%Y%m%d}"
    days = (f"{day.ordinal or ''}{WEEKDAYS[day.weekday]}" for day in rule.by_day)
    parts = (
        rule.frequency.value,
        str(rule.interval) if rule.interval > 1 else None,
        ",".join(map(str, rule.by_month)),
        ",".join(map(str, rule.by_month_day)),
        ",".join(days),
        ",".join(map(str, rule.by_set_position)),
        None if rule.count is None else str(rule.count),
        until,
        WEEKDAYS[rule.week_start] if rule.week_start else None,
    )
    return ";".join(f"{name}={value}" for name, value in zip(_PARTS, parts, strict=True) if value)


def _parts(text: str) -> dict[str, str]:
    """Return the parts of a rule by their names."""
    if len(text) > LONGEST_TEXT:
        raise RuleRefused(Refusal.MALFORMED)
    parts: dict[str, str] = {}
    for piece in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = piece.partition("=")
        if not equals or not value:
            raise RuleRefused(Refusal.MALFORMED)
        if name not in _PARTS:
            raise RuleRefused(Refusal.UNKNOWN, name)
        if name in parts:
            raise RuleRefused(Refusal.REPEATED, name)
        parts[name] = value
    return parts


def _each(parts: dict[str, str], part: str, read: Callable[[str, str], T]) -> set[T]:
    """Return the values of a list; none if it is not given."""
    return {read(part, value) for value in parts[part].split(",")} if part in parts else set()


def _number(part: str, value: str) -> int:
    if not _NUMBER.fullmatch(value):
        raise RuleRefused(Refusal.VALUE, part)
    return int(value)


def _day(part: str, value: str) -> Day:
    found = _DAY.fullmatch(value)
    if found is None or (found[1] and int(found[1]) == 0):
        raise RuleRefused(Refusal.VALUE, part)
    return Day(WEEKDAYS.index(found[2]), int(found[1] or 0))


def _until(value: str) -> date | datetime:
    found = _UNTIL.fullmatch(value)
    if found is None:
        raise RuleRefused(Refusal.VALUE, "UNTIL")
    year, month, day = (int(number) for number in found.groups()[:3])
    try:
        if found[4] is None:
            return date(year, month, day)
        return datetime(year, month, day, int(found[4]), int(found[5]), int(found[6]), tzinfo=UTC)
    except ValueError:
        raise RuleRefused(Refusal.VALUE, "UNTIL") from None
