"""Reads tables as text, in any charset, separated by commas, semicolons, tabs or bars."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

from app.tables.cells import Cell, Row, text_cell
from app.tables.defusing import restored
from app.tables.encodings import encoding, text_of
from app.tables.errors import LARGEST_CELL, MOST_COLUMNS, MOST_ROWS, Reason, Unreadable
from app.tables.sheets import Sheet, Table

_SEPARATORS = ",;\t|"
_DECLARED = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)
"""The separator declaration that Excel writes in the first line."""
_SAMPLE = 65_536
_LONGEST_LINE = 2_000_000


def open_text(file: IO[bytes], *, owned: bool) -> Table:
    """Return the table of a file with text. Raises Unreadable if it is not text."""
    codec, start = encoding(file)
    with text_of(file, codec, start) as text:
        sample = text.read(_SAMPLE).replace("\x00", "")
    if not sample.strip():
        raise Unreadable(Reason.EMPTY)
    declared = _DECLARED.match(sample)
    separator = declared[1] if declared else _separator(sample)

    def rows() -> Iterator[Row]:
        with text_of(file, codec, start) as lines:
            if declared:
                lines.readline()
            yield from _rows(lines, separator)

    return Table("csv", [Sheet("", rows)], file, owned)


def _separator(sample: str) -> str:
    """Return the separator that gives most rows the same number of columns."""
    csv.field_size_limit(LARGEST_CELL)
    whole = sample if len(sample) < _SAMPLE else sample.rpartition("\n")[0]
    best, separator = (0, 0), ","
    for candidate in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(whole, newline=""), delimiter=candidate) if row)
        except csv.Error:
            continue
        several = [(count, width) for width, count in widths.items() if width > 1]
        if several and max(several) > best:
            best, separator = max(several), candidate
    return separator


def _rows(lines: IO[str], separator: str) -> Iterator[Row]:
    csv.field_size_limit(LARGEST_CELL)
    number = 0
    try:
        for number, values in enumerate(csv.reader(_bounded(lines), delimiter=separator), start=1):
            if len(values) > MOST_COLUMNS:
                values = _without_end(values, number)  # noqa: PLW2901 - empty cells to the right do not count
            if number > MOST_ROWS:
                raise Unreadable(Reason.TOO_MANY_ROWS, most=MOST_ROWS)
            yield Row(number, [_cell(value) for value in values])
    except csv.Error:
        raise Unreadable(Reason.LONG_CELL, row=number + 1, most=LARGEST_CELL) from None


def _bounded(lines: IO[str]) -> Iterator[str]:
    while line := lines.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise Unreadable(Reason.NOT_A_TABLE, kind="binary")
        yield line.replace("\x00", "") if "\x00" in line else line


def _without_end(values: list[str], number: int) -> list[str]:
    filled = max((position for position, value in enumerate(values, start=1) if value.strip()), default=0)
    if filled > MOST_COLUMNS:
        raise Unreadable(Reason.TOO_MANY_COLUMNS, row=number, most=MOST_COLUMNS)
    return values[:filled]


def _cell(value: str) -> Cell:
    return text_cell(restored(value) if value.startswith("'") else value)
