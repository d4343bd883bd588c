"""Reads the rows of an XLSX worksheet in pieces, so that memory does not grow with their number."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cached_property
from typing import Protocol

from app.tables.cells import EMPTY, Cell, Kind, Problem, Row, text_cell
from app.tables.errors import LARGEST_CELL, MOST_COLUMNS, MOST_ROWS, Reason, Unreadable
from app.tables.formats import PLAIN, Format, Numbers, date_cell, moment_cell, time_cell
from app.tables.markup import PIECE, Names, parser, pieces
from app.tables.merging import Merges, Range, ranges_in
from app.tables.packages import Package
from app.tables.texts import unescaped

_TRUE = Cell(True, "TRUE", Kind.BOOL)
_FALSE = Cell(False, "FALSE", Kind.BOOL)
_LONGEST_TAIL = 4_000_000
"""Bytes below the rows in which merged ranges are looked for."""
_MERGED = re.compile(rb"mergeCells[\s>]")


class Shared(Protocol):
    """What a workbook gives to its sheets."""

    numbers: Numbers

    @property
    def string(self) -> Callable[[int], Cell]:
        """The cell for the number of a shared string."""

    @property
    def formats(self) -> list[Format]:
        """The number format of each style."""


class Worksheet:
    """A worksheet of a workbook."""

    def __init__(self, package: Package, part: str, shared: Shared) -> None:
        """Set where the worksheet is, and what it shares with others."""
        self._package = package
        self._part = part
        self._shared = shared
        self._hidden: set[int] = set()

    def rows(self) -> Iterator[Row]:
        """Yield the rows that the file has. Raises Unreadable."""
        merges = Merges(self._merged)
        reading = _Reading(self._shared, self._hidden)
        with self._package.open(self._part) as part:
            for _ in pieces(part, reading.parser):
                for row in reading.rows:
                    merges.fill(row)
                    yield row
                reading.rows.clear()

    def hidden_columns(self) -> frozenset[int]:
        """Return the positions of the hidden columns, which are above the first row. Raises Unreadable."""
        next(self.rows(), None)
        return frozenset(self._hidden)

    @cached_property
    def _merged(self) -> list[Range]:
        """The merged ranges, which are below the rows. All of the part is unpacked once, which also checks it."""
        tail = b""
        found = False
        with self._package.open(self._part) as part:
            while piece := part.read(PIECE):
                tail = tail[-20:] + piece if not found else tail + piece[: max(0, _LONGEST_TAIL - len(tail))]
                if not found and (start := _MERGED.search(tail)):
                    found = True
                    tail = tail[start.start() :]
        return ranges_in(tail) if found else []


class _Reading:
    """The rows of one reading; the parser calls it back for every element."""

    def __init__(self, shared: Shared, hidden: set[int]) -> None:
        self.parser = parser()
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        self.parser.CharacterDataHandler = self._said
        self.rows: list[Row] = []
        self._string, self._formats, self._numbers = shared.string, shared.formats, shared.numbers
        self._hidden = hidden
        self._names = Names()
        self._columns: dict[str, int] = {}
        self._number = 0
        self._row_hidden = False
        self._cells: list[Cell] = []
        self._type = self._text = ""
        self._form = PLAIN
        self._position = -1
        self._taking = self._aiding = self._has_formula = self._is_in_cell = False

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names[name]
        if local == "c":
            self._open_cell(attributes)
        elif local == "v" or (local == "t" and not self._aiding):
            self._taking = self._is_in_cell
        elif local == "row":
            self._open_row(attributes)
        elif local == "f":
            self._has_formula = True
        elif local == "rPh":
            self._aiding = True
        elif local == "col" and attributes.get("hidden") in ("1", "true"):
            self._hide(attributes)

    def _closed(self, name: str) -> None:
        local = self._names[name]
        if local == "c":
            self._close_cell()
        elif local in ("v", "t"):
            self._taking = False
        elif local == "row":
            self.rows.append(Row(self._number, self._cells, self._row_hidden))
        elif local == "rPh":
            self._aiding = False

    def _said(self, data: str) -> None:
        if self._taking:
            self._text += data
            if len(self._text) > LARGEST_CELL:
                raise Unreadable(Reason.LONG_CELL, row=self._number, most=LARGEST_CELL)

    def _open_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r", "")
        number = int(given) if given.isdecimal() else self._number + 1
        if number <= self._number:
            raise Unreadable(Reason.DAMAGED)
        if number > MOST_ROWS:
            raise Unreadable(Reason.TOO_MANY_ROWS, most=MOST_ROWS)
        self._number = number
        self._row_hidden = attributes.get("hidden") in ("1", "true")
        self._cells = []
        self._position = -1

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        self._position = self._column(reference.rstrip("0123456789")) if reference else self._position + 1
        self._type = attributes.get("t", "n")
        style = attributes.get("s")
        self._form = (
            self._formats[int(style)] if style and style.isdecimal() and int(style) < len(self._formats) else PLAIN
        )
        self._text = ""
        self._has_formula = False
        self._is_in_cell = True

    def _close_cell(self) -> None:
        self._is_in_cell = False
        cell = self._cell()
        if cell is EMPTY:
            return
        if self._position >= MOST_COLUMNS:
            raise Unreadable(Reason.TOO_MANY_COLUMNS, row=self._number, most=MOST_COLUMNS)
        missing = self._position - len(self._cells)
        if missing < 0:
            raise Unreadable(Reason.DAMAGED)
        if missing:
            self._cells.extend([EMPTY] * missing)
        self._cells.append(cell)

    def _cell(self) -> Cell:
        text, kind = self._text, self._type
        if not text:
            return Cell("", "", Kind.TEXT, Problem.NO_RESULT) if self._has_formula and kind != "str" else EMPTY
        if kind == "s":
            if not text.isdecimal():
                raise Unreadable(Reason.DAMAGED)
            return self._string(int(text))
        if kind == "n":
            return self._numbers.cell(text, self._form)
        if kind == "b":
            return _TRUE if text in ("1", "true") else _FALSE
        if kind == "e":
            return Cell(text, text, Kind.TEXT, Problem.ERROR)
        return _dated(text) if kind == "d" else text_cell(unescaped(text))

    def _column(self, letters: str) -> int:
        """Return the position of a column by its letters."""
        position = self._columns.get(letters)
        if position is None:
            if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
                raise Unreadable(Reason.DAMAGED)
            position = -1
            for letter in letters.upper():
                position = (position + 1) * 26 + ord(letter) - 65
            self._columns[letters] = position
        return position

    def _hide(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            self._hidden.update(range(int(first) - 1, min(int(last), MOST_COLUMNS)))


def _dated(text: str) -> Cell:
    """Return the cell for a date in ISO 8601."""
    try:
        if "T" not in text:
            return time_cell(time.fromisoformat(text)) if ":" in text else date_cell(date.fromisoformat(text))
        return moment_cell(datetime.fromisoformat(text).replace(tzinfo=None))
    except ValueError:
        return Cell(text, text, Kind.TEXT, Problem.BAD_DATE)
