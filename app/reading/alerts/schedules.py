"""Item D of a NOTAM: on which days and at which hours (UTC) it applies."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from app.reading.alerts import MOST_PERIODS, Window

_DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_HOURS = re.compile(r"^(\d{4})-(\d{4})$")
_DAY = timedelta(days=1)
_WORD = re.compile(r"\s*-\s*")


def windows(schedule: str, starts_at: datetime, ends_at: datetime | None) -> tuple[Window, ...] | None:
    """Return when something applies between two instants by a schedule, or None if it is not understood."""
    words = _WORD.sub("-", schedule.upper().replace(",", " ").replace("/", " ").replace(" TO ", "-")).split()
    words = [word for word in words if word not in ("EVERY", "AND", "&", "BTN", "BETWEEN", "UTC")]
    if words in (["H24"], ["DAILY", "H24"], ["DLY", "H24"], ["CONTINUOUS"]):
        return (Window(starts_at, ends_at),)
    groups = _groups(words, starts_at)
    if groups is None:
        return None
    found: list[Window] = []
    for days, hours in groups:
        if days is None:
            found += [_daily(starts_at, ends_at, one) for one in hours]
            continue
        if ends_at is None and any(isinstance(day, int) for day in days):
            return None  # weekdays without an end would be endlessly many
        found += list(_on_days(days, hours, starts_at, ends_at or starts_at + _DAY * 400))
    return tuple(sorted(found, key=lambda one: one.starts_at)) if 0 < len(found) <= MOST_PERIODS else None


Days = list[int | date] | None
"""Weekdays by number, dates, or None for every day."""
Hours = tuple[time, time] | None
"""None for the whole day."""


def _groups(words: list[str], starts_at: datetime) -> list[tuple[Days, list[Hours]]] | None:
    """Return days with their hours, one after the other as they are written."""
    groups: list[tuple[Days, list[Hours]]] = []
    days: Days = None
    hours: list[Hours] = []
    month = (starts_at.year, starts_at.month)
    for word in words:
        if match := _HOURS.match(word):
            span = _span(match[1], match[2])
            if span is None:
                return None
            hours.append(span)
            continue
        if word == "H24":
            hours.append(None)
            continue
        if hours:
            groups.append((days, hours))
            days, hours = None, []
        if word in ("DAILY", "DLY"):
            days = None
        elif word in _MONTHS:
            number = _MONTHS.index(word) + 1
            month = (month[0] + (number < month[1]), number)
        else:
            more = _weekdays(word) or _dates(word, month)
            if not more:
                return None
            days = [*(days or []), *more]
    if not hours:
        return None
    return [*groups, (days, hours)]


def _span(begins: str, ends: str) -> Hours:
    try:
        first = time(int(begins[:2]), int(begins[2:]))
        last = time(0, 0) if ends == "2400" else time(int(ends[:2]), int(ends[2:]))
    except ValueError:
        return None
    return None if first == last else (first, last)


def _weekdays(word: str) -> list[int | date]:
    first, _, last = word.partition("-")
    if first not in _DAYS or (last and last not in _DAYS):
        return []
    begins, ends = _DAYS.index(first), _DAYS.index(last or first)
    return [(begins + step) % 7 for step in range((ends - begins) % 7 + 1)]


def _dates(word: str, month: tuple[int, int]) -> list[int | date]:
    first, _, last = word.partition("-")
    if not (first.isdigit() and (last.isdigit() or not last)) or len(first) > 2 or len(last) > 2:
        return []
    try:
        return [date(*month, day) for day in range(int(first), int(last or first) + 1)]
    except ValueError:
        return []


def _daily(starts_at: datetime, ends_at: datetime | None, hours: Hours) -> Window:
    return Window(starts_at, ends_at, *(hours or (None, None)))


def _on_days(days: list[int | date], hours: list[Hours], starts_at: datetime, ends_at: datetime) -> Iterator[Window]:
    """Yield a window for each of the days and hours that overlaps with the whole time."""
    day = starts_at.date() - _DAY
    while day <= ends_at.date():
        if day in days or day.weekday() in days:
            for one in hours:
                begins = datetime.combine(day, one[0] if one else time(0), UTC)
                ends = datetime.combine(day, one[1] if one else time(0), UTC)
                ends += _DAY if ends <= begins else timedelta(0)
                if begins < ends_at and ends > starts_at:
                    yield Window(max(begins, starts_at), min(ends, ends_at))
        day += _DAY
