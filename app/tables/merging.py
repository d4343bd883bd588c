"""Merged ranges of a worksheet: every cell of a range has the value of its first cell."""

import re

from app.tables.cells import EMPTY, Cell, Row
from app.tables.errors import MOST_COLUMNS

_RANGE = re.compile(rb"""mergeCell\s[^>]{0,200}?\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
_MOST = 100_000

Range = tuple[int, int, int, int]
"""The first and last row, by number, and the first and last column, by position."""


def ranges_in(markup: bytes) -> list[Range]:
    """Return the merged ranges that are named below the rows of a worksheet."""
    found = _RANGE.findall(markup)
    return [(int(top), int(bottom), _position(left), _position(right)) for left, top, right, bottom in found]


class Merges:
    """Fills the cells of merged ranges while the rows of a sheet pass."""

    def __init__(self, ranges: list[Range]) -> None:
        """Set the ranges."""
        self._ranges = sorted(ranges[:_MOST], reverse=True)
        """The last one is the next to begin."""
        self._active: dict[int, tuple[Cell, int]] = {}
        """By column: the cell that is repeated, and the last row in which it is."""

    def fill(self, row: Row) -> None:
        """Repeat values in the row."""
        if not self._active and (not self._ranges or self._ranges[-1][0] > row.number):
            return
        self._begin(row)
        over = [column for column, (_, bottom) in self._active.items() if bottom < row.number]
        for column in over:
            del self._active[column]
        for column, (cell, _) in sorted(self._active.items()):
            if column >= len(row.cells):
                row.cells.extend([EMPTY] * (column + 1 - len(row.cells)))
            if not row.cells[column].text:
                row.cells[column] = cell

    def _begin(self, row: Row) -> None:
        """Take over the ranges that begin in this row, and leave out those whose first row is not in the file."""
        while self._ranges and self._ranges[-1][0] <= row.number:
            top, bottom, left, right = self._ranges.pop()
            if top != row.number or left >= len(row.cells) or not row.cells[left].text:
                continue
            cell = row.cells[left]._replace(merged=True)
            for column in range(left, min(right + 1, MOST_COLUMNS)):
                self._active[column] = (cell, bottom)


def _position(letters: bytes) -> int:
    position = -1
    for letter in letters:
        position = (position + 1) * 26 + letter - 65
    return position
