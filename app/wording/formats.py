"""Formatting of dates, times and names in the current language."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta, get_timezone_location
from babel.lists import format_list
from flask_babel import get_locale

from app import clock, zones
from app.config import LOCALES
from app.text import sort_key

Row = TypeVar("Row")
_HALF_A_YEAR = timedelta(days=183)
"""From this distance on, a date without a year can be mistaken for the same one next year."""


@cache
def _zone(name: str) -> ZoneInfo:
    """Return a zone: Python itself keeps only the last eight, and a page of travels names dozens."""
    return ZoneInfo(name)


def zone_name(zone: str) -> str:
    """Return the name of a zone in the current language: its city."""
    return _town(zone, str(get_locale() or LOCALES[0]))


@cache
def _town(zone: str, locale: str) -> str:
    local = zones.local_name(zone)
    if local and "city" not in Locale.parse(locale).time_zones.get(zone, {}):
        return local
    town = get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)
    return town.rpartition("/")[2].replace("_", " ")


def at(instant: datetime, zone: str, place: str | None = None) -> str:
    """Return an instant with weekday, day, time and place: `Fri, Dec 12, 18:00 (Caracas)`; with the year if it is not this one, or half a year away.

    Without a `place`, the city of the zone is named.
    """
    return _at(instant, zone, place, dated=_needs_year(instant, zone))


def from_until(starts: datetime, ends: datetime, zone: str, place: str | None = None) -> tuple[str, str]:
    """Return the two ends of a period as `at` does, both with their years if one of them needs it."""
    dated = any(_needs_year(instant, zone) for instant in (starts, ends))
    return _at(starts, zone, place, dated=dated), _at(ends, zone, place, dated=dated)


def at_both(instant: datetime, zone: str, other_zone: str, other_place: str | None = None) -> str:
    """Return an instant in two zones, once if they agree: `Fri, Dec 12, 18:00 (Bogotá) = 19:00 (Caracas)`."""
    first, other = (instant.astimezone(_zone(one)) for one in (zone, other_zone))
    if first.utcoffset() == other.utcoffset():
        return at(instant, zone)
    if first.date() != other.date():
        return f"{at(instant, zone)} = {at(instant, other_zone, other_place)}"
    return f"{at(instant, zone)} = {other:%H:%M} ({other_place or zone_name(other_zone)})"


def clock_time(shown: datetime) -> str:
    """Return a local time without the place: `Dec 12, 18:00`."""
    pattern = _pattern("{day}, HH:mm", "{day} HH:mm", dated=shown.year != clock.now().year)
    return format_datetime(shown, pattern, locale=get_locale())


def duration(seconds: float) -> str:
    """Return how long something takes, in the largest unit that fits: `5 minutes`."""
    return format_timedelta(timedelta(seconds=max(1, round(seconds))), locale=get_locale())


def day(given: date, zone: str = "UTC") -> str:
    """Return a date; an instant is converted to `zone`: `January 5, 2026`."""
    if isinstance(given, datetime):
        given = given.astimezone(_zone(zone)).date()
    return format_date(given, "long", locale=get_locale())


def weekday_and_day(given: date) -> str:
    """Return a date with its weekday: `Friday, December 12, 2025`."""
    return format_date(given, "full", locale=get_locale())


def days(first: date, last: date) -> str:
    """Return a range of dates in its shortest form: `December 11–13, 2025`."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return re.sub(r"\d+", f"{first.day}–{last.day}", day(last), count=1)
    return f"{day(first)} – {day(last)}"


def month(given: date) -> str:
    """Return the month of a date: `December 2025`."""
    return format_skeleton("yMMMM", given, locale=get_locale())


def span(start: datetime, end: datetime, zone: str) -> str:
    """Return the dates from one instant to another in their shortest form: `Nov 28 – Dec 5`."""
    first, last = (instant.astimezone(_zone(zone)).date() for instant in (start, end))
    pattern = _pattern("{day}", "{day}", dated=any(_needs_year(instant, zone) for instant in (start, end)))
    days = [format_date(one, pattern, locale=get_locale()) for one in (first, last)]
    return days[0] if first == last else " – ".join(days)


def _needs_year(instant: datetime, zone: str) -> bool:
    now = clock.now()
    return instant.astimezone(_zone(zone)).year != now.year or abs(instant - now) > _HALF_A_YEAR


def _at(instant: datetime, zone: str, place: str | None, *, dated: bool) -> str:
    pattern = _pattern("EEE, {day}, HH:mm", "EEE {day} HH:mm", dated=dated)
    return f"{_local(instant, zone, pattern, get_locale())} ({place or zone_name(zone)})"


@lru_cache(maxsize=10_000)
def _local(instant: datetime, zone: str, pattern: str, locale: Locale | None) -> str:
    """Return an instant in a zone: kept, because a page names the times of many legs, and the next page the same ones."""
    return format_datetime(instant.astimezone(_zone(zone)), pattern, locale=locale)


def _pattern(english: str, other: str, *, dated: bool = False) -> str:
    """Return a pattern for the language that is set, with the day and the month in its order, and the year if `dated`."""
    locale = get_locale()
    if locale and locale.language == "en":
        return english.format(day="MMM d, y" if dated else "MMM d")
    return other.format(day="d MMM y" if dated else "d MMM")


def language_name(tag: str) -> str:
    """Return the name of a language in the current language."""
    locale = get_locale()
    return str(locale.languages.get(tag.split("-", maxsplit=1)[0], tag)) if locale else tag


def alphabetical(rows: Iterable[Row], names: Callable[[Row], tuple[str | None, ...]]) -> list[Row]:
    """Return rows in the alphabetical order of the current language, by their names in turn."""
    locale = get_locale()
    language = locale.language if locale else LOCALES[0]
    return sorted(rows, key=lambda row: sort_key(*names(row), language=language))


def sentence(text: str) -> str:
    """Return text with a capital first letter; the other letters are unchanged, because they may belong to names."""
    text = text.strip()
    return text[:1].upper() + text[1:]


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a sentence: `Lima, Bogotá, and Quito`."""
    return format_list(list(names), locale=get_locale() or LOCALES[0])


def lines(text: str | None) -> list[str]:
    """Return the paragraphs of a text."""
    return [paragraph for paragraph in re.split(r"\n\s*\n", text or "") if paragraph.strip()]


def dialable(text: str | None) -> str:
    """Return the digits of a phone number, with a leading plus sign if there is one; empty if the text is not a number."""
    typed = unicodedata.normalize("NFKC", text or "").strip()
    if not re.fullmatch(r"\+?[\d\s()./-]+", typed):
        return ""
    digits = "".join(str(int(digit)) for digit in re.findall(r"\d", typed))
    return f"{'+' if typed.startswith('+') else ''}{digits}" if 6 <= len(digits) <= 15 else ""


def grouped_phone(text: str) -> str:
    """Return a phone number with a country code in the groups of its country, `+55 11 95555-7002`; other text as it is."""
    try:
        parsed = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return text
    international = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, international)) if phonenumbers.is_valid_number(parsed) else text
