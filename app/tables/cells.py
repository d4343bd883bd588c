"""Cells and rows, as every kind of file gives them."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a cell contains."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    BOOL = "bool"
    EMPTY = "empty"


class Problem(StrEnum):
    """What is wrong with a cell; `text` has what the file shows."""

    ERROR = "error"
    """An error of a formula, such as #N/A."""
    NO_RESULT = "no_result"
    """A formula that was never computed."""
    IMPRECISE = "imprecise"
    """A number with more than 15 digits: the spreadsheet program has replaced the others by zeros."""
    BAD_DATE = "bad_date"
    """A number formatted as a date that does not exist."""
    CHARACTERS = "characters"
    """Characters that could not be decoded."""


Value = str | int | Decimal | date | datetime | time | bool | None


class Cell(NamedTuple):
    """A cell: its value by kind, and its text without spaces around it.

    The text of a number has all its digits, without an exponent or a trailing `.0`, and with the leading zeros of its
    format; that of dates and times is ISO 8601 with a space; that of a bool is TRUE or FALSE.
    """

    value: Value
    text: str
    kind: Kind
    problem: Problem | None = None
    merged: bool = False
    """Whether it repeats the first cell of a merged range."""


class Row(NamedTuple):
    """A row, with its number as spreadsheet programs count; `hidden` if they do not show it."""

    number: int
    cells: list[Cell]
    hidden: bool = False


EMPTY = Cell(None, "", Kind.EMPTY)


def text_cell(text: str) -> Cell:
    """Return a cell with text, or an empty one."""
    text = text.strip()
    if not text:
        return EMPTY
    return Cell(text, text, Kind.TEXT, Problem.CHARACTERS if "\ufffd" in text else None)
