"""Columns of lists, on pages and in files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.tables import Value

Source = Callable[[Sequence[int]], Mapping[int, Any]]
"""Loads something about the rows with these ids, by id: one statement, however many columns use it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in addresses, its heading in the reader's language, and the value of a row."""

    name: str
    heading: str
    value: Callable[[Any], Value]
    """The value of a row; with a source, of what it loads about the row."""
    is_usual: bool = True
    """Whether it is chosen at first."""
    is_contact: bool = False
    """Whether it has contact details."""
    source: Source | None = None


def cells(columns: Sequence[Column], rows: Sequence[Any]) -> list[list[Value]]:
    """Return the values of rows in each column; empty where a source has nothing about a row."""
    sources = dict.fromkeys(column.source for column in columns if column.source)
    found = {source: source([row.id for row in rows]) for source in sources}

    def cell(column: Column, row: Any) -> Value:
        if column.source is None:
            return column.value(row)
        loaded = found[column.source]
        return column.value(loaded[row.id]) if row.id in loaded else None

    return [[cell(column, row) for column in columns] for row in rows]
