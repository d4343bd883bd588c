"""Number formats of spreadsheets: which numbers are dates, and which digits a person sees."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.tables.cells import EMPTY, Cell, Kind, Problem

_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)), "d"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), "h"), 22: "d h", 46: "[h]", 9: "0%", 10: "0.00%",
}  # fmt: skip
"""Formats that files name only by their number; 27 to 36 and 50 to 58 are dates in Chinese and Japanese editions."""
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_GENERAL = re.compile(r"general|standard", re.IGNORECASE)
_CLOCK = re.compile(r"h|s|am/pm|a/p", re.IGNORECASE)
_MINUTES = re.compile(r"h+\W*m+|m+\W*s+", re.IGNORECASE)
_MASK = re.compile(r"""(?:[0#]|"[^"]*"|\\.|[-+() ./])+$""")
_PART = re.compile(r"""[0#]|"[^"]*"|\\.|.""")
_MOST_DIGITS = 15
"""Digits that a double keeps."""
_LAST_DAY = 2_958_465
"""31 December 9999, counted from 1900."""
_MILLISECONDS = 86_400_000


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format makes of a number."""

    has_date: bool = False
    has_time: bool = False
    elapsed: bool = False
    percent: bool = False
    mask: tuple[str, ...] = ()
    """The placeholders and other characters of a format that fixes the number of digits."""


PLAIN = Format()


def format_of(number: int, code: str | None) -> Format:
    """Return what a format means: its number, and its code if the file has one."""
    code = _BUILT_IN.get(number, "") if code is None else code
    positive = _first_section(code)
    bare = _QUOTED.sub("", positive)
    elapsed = bool(_ELAPSED.search(bare))
    bare = _GENERAL.sub("", _BRACKETS.sub("", bare))
    has_time = elapsed or bool(_CLOCK.search(bare))
    without_minutes = _MINUTES.sub("", bare)
    has_date = bool(re.search(r"[dyeg]", without_minutes, re.IGNORECASE)) and "0" not in bare
    has_date = has_date or (
        "m" in re.sub(r"am/pm|a/p", "", without_minutes, flags=re.IGNORECASE).lower() and not elapsed
    )
    if has_date or has_time:
        return Format(has_date=has_date, has_time=has_time, elapsed=elapsed)
    if "%" in bare:
        return Format(percent=True)
    return Format(mask=_mask(positive)) if _MASK.match(positive) else PLAIN


def _first_section(code: str) -> str:
    """Return the part of a format for positive numbers."""
    return _QUOTED.sub(lambda found: found[0].replace(";", " "), code).split(";", 1)[0]


def _mask(section: str) -> tuple[str, ...]:
    parts = tuple(part.strip('"') if part[0] == '"' else part.removeprefix("\\") for part in _PART.findall(section))
    is_fixed = sum(part == "0" for part in parts) > 1 and "." not in parts
    return parts if is_fixed else ()


class Numbers:
    """Turns the numbers of a workbook into cells; `since_1904` if it counts days as old Macs did."""

    def __init__(self, *, since_1904: bool = False) -> None:
        """Set how days are counted."""
        self._since_1904 = since_1904

    def cell(self, raw: str, form: Format) -> Cell:
        """Return the cell for a number as the file has it."""
        if form is PLAIN and raw.isdecimal() and len(raw) <= _MOST_DIGITS:
            number = int(raw)
            return Cell(number, str(number), Kind.NUMBER)
        try:
            value = float(raw)
            whole = round(value) if abs(value) < 1e300 else None
        except (ValueError, OverflowError):
            return Cell(raw, raw, Kind.TEXT) if raw else EMPTY
        if whole is None:
            return Cell(raw, raw, Kind.TEXT)
        if form.has_date or form.has_time:
            return self._dated(value, form)
        return _number(value, whole, form)

    def _dated(self, value: float, form: Format) -> Cell:
        if form.elapsed or (form.has_time and not form.has_date and 0 <= value < 1):
            return _timed(value, form)
        moment = self._moment(value)
        if moment is None:
            text = _plain(Decimal(repr(value)))
            return Cell(text, text, Kind.TEXT, Problem.BAD_DATE)
        if form.has_time:
            return moment_cell(moment)
        return date_cell(moment.date())

    def _moment(self, value: float) -> datetime | None:
        """Return the instant that a number of days means, or None if there is none.

        Excel believes that 29 February 1900 existed, so earlier numbers are a day further from the epoch.
        """
        if self._since_1904:
            epoch, first = datetime(1904, 1, 1), 0  # noqa: DTZ001 - what clocks show
        else:
            epoch, first = datetime(1899, 12, 31 if value < 60 else 30), 1  # noqa: DTZ001 - what clocks show
            if 60 <= value < 61:
                return None
        if not first <= value < _LAST_DAY:
            return None
        return epoch + timedelta(milliseconds=round(value * _MILLISECONDS))


def date_cell(day: date) -> Cell:
    """Return a cell with a date."""
    return Cell(day, day.isoformat(), Kind.DATE)


def moment_cell(moment: datetime) -> Cell:
    """Return a cell with a date and a time."""
    return Cell(moment, _clock(moment), Kind.DATETIME)


def time_cell(moment: time) -> Cell:
    """Return a cell with a time of day."""
    return Cell(moment, _clock(moment), Kind.TIME)


def _clock(moment: datetime | time) -> str:
    precision = "seconds" if moment.second else "minutes"
    if isinstance(moment, datetime):
        return moment.isoformat(" ", precision)
    return moment.isoformat(precision)


def _timed(value: float, form: Format) -> Cell:
    """Return a time of day, or the text of a duration of a day or more."""
    seconds = round(value * 86_400)
    if 0 <= seconds < 86_400 and not (form.elapsed and value >= 1):
        return time_cell(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    text = f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    return Cell(text, text, Kind.TEXT)


def _number(value: float, whole: int, form: Format) -> Cell:
    if whole == value:
        text = _masked(whole, form.mask) if form.mask and whole >= 0 else str(whole)
        text = f"{whole * 100}%" if form.percent else text
        return Cell(whole, text, Kind.NUMBER, Problem.IMPRECISE if abs(whole) >= 10**_MOST_DIGITS else None)
    number = Decimal(f"{value:.{_MOST_DIGITS}g}")
    return Cell(number, _plain(number * 100) + "%" if form.percent else _plain(number), Kind.NUMBER)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _masked(number: int, mask: tuple[str, ...]) -> str:
    """Return digits in the places of a format, from the right, with its zeros and other characters."""
    digits = str(number)
    places = sum(part in ("0", "#") for part in mask)
    shown: list[str] = []
    for part in reversed(mask):
        if part not in ("0", "#"):
            shown.append(part)
            continue
        places -= 1
        if not places:
            shown.append(digits or ("0" if part == "0" else ""))
            digits = ""
        elif digits:
            shown.append(digits[-1])
            digits = digits[:-1]
        else:
            shown.append("0" if part == "0" else "")
    return "".join(reversed(shown))
