"""Reads CSV tables in any charset, separated by commas, semicolons or tabs."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.reading.charsets import decoded

_SEPARATORS = (",", ";", "\t")
_DECLARED = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)
"""The separator declaration that Excel writes in the first line."""
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_LONGEST_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table with named columns."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    """Stripped cells by column; empty if a row is too short. Blank rows are omitted."""


def read_table(data: bytes) -> Table:
    """Read a table whose first row has the column names; return an empty table if there is none.

    Raises ValueError if a cell is implausibly long.
    """
    text = decoded(data).replace("\x00", "")
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text.lstrip("\r\n")
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=declared[1] if declared else _separator(text)))
    except csv.Error as error:
        raise ValueError(str(error)) from None
    written = _written(rows)
    columns = tuple(next(written, ()))
    return Table(columns, tuple(dict(zip(columns, [*row, *[""] * len(columns)], strict=False)) for row in written))


def _written(rows: list[list[str]]) -> Iterator[list[str]]:
    for row in rows:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield cells


def _separator(text: str) -> str:
    """Return the separator of the column names."""
    names = _QUOTED.sub("", re.split(r"[\r\n]", text, maxsplit=1)[0])
    return max(_SEPARATORS, key=names.count)
