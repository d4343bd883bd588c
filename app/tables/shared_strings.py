"""The shared strings of a workbook. They are kept in a temporary file, because there may be millions."""

import tempfile
import weakref
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO

from app.tables.cells import Cell, text_cell
from app.tables.errors import LARGEST_CELL, Reason, Unreadable
from app.tables.markup import Names, parser, pieces
from app.tables.texts import unescaped

_BLOCK = 256
"""Strings that are read from the file together: programs number them in the order of the cells."""
_BLOCKS_IN_MEMORY = 128
_BETWEEN = "\x00"
"""XML cannot contain this character."""


def shared_strings(part: IO[bytes]) -> Callable[[int], Cell]:
    """Return a function that gives the cell for the number of a string. Both raise Unreadable."""
    file = tempfile.TemporaryFile(prefix="encuentro-strings-")  # noqa: SIM115 - closed with `cell`
    starts = array("Q")
    block: list[str] = []

    def store() -> None:
        starts.append(file.tell())
        file.write(_BETWEEN.join(block).encode("utf-8", "surrogatepass"))
        block.clear()

    for text in _texts(part):
        block.append(text)
        if len(block) == _BLOCK:
            store()
    store()
    starts.append(file.tell())

    @lru_cache(maxsize=_BLOCKS_IN_MEMORY)
    def cells(number: int) -> list[Cell]:
        file.seek(starts[number])
        data = file.read(starts[number + 1] - starts[number])
        return [text_cell(text) for text in data.decode("utf-8", "surrogatepass").split(_BETWEEN)]

    def cell(number: int) -> Cell:
        if not 0 <= number < _BLOCK * (len(starts) - 1):
            raise Unreadable(Reason.DAMAGED)
        try:
            return cells(number // _BLOCK)[number % _BLOCK]
        except IndexError:
            raise Unreadable(Reason.DAMAGED) from None

    weakref.finalize(cell, file.close)
    return cell


def no_strings(_number: int) -> Cell:
    """Stand for the shared strings of a workbook without them."""
    raise Unreadable(Reason.DAMAGED)


def _texts(part: IO[bytes]) -> Iterator[str]:
    """Yield the text of each string."""
    reading = _Reading()
    for _ in pieces(part, reading.parser):
        yield from reading.found
        reading.found.clear()


class _Reading:
    """The strings of one reading, with all their runs and without the reading aids of Japanese."""

    def __init__(self) -> None:
        self.parser = parser()
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        self.parser.CharacterDataHandler = self._said
        self.found: list[str] = []
        self._names = Names()
        self._text = ""
        self._taking = self._aiding = False

    def _opened(self, name: str, _attributes: dict[str, str]) -> None:
        local = self._names[name]
        if local == "t":
            self._taking = not self._aiding
        elif local == "si":
            self._text = ""
        elif local == "rPh":
            self._aiding = True

    def _closed(self, name: str) -> None:
        local = self._names[name]
        if local == "t":
            self._taking = False
        elif local == "si":
            self.found.append(unescaped(self._text))
        elif local == "rPh":
            self._aiding = False

    def _said(self, data: str) -> None:
        if self._taking:
            self._text += data
            if len(self._text) > LARGEST_CELL:
                raise Unreadable(Reason.LONG_CELL, most=LARGEST_CELL)
