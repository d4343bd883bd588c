"""Reads XML in pieces, and refuses what harms: document types (and so entities), depth, and broken files."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import IO, NoReturn
from xml.parsers import expat

from app.tables.errors import Reason, Unreadable

PIECE = 65_536
_DEEPEST = 50
_LONGEST_TAG = 1_000_000
"""Bytes of a tag or a comment, which the parser has to keep."""


class Names(defaultdict[str, str]):
    """The local names of elements, by their names with a prefix."""

    def __missing__(self, name: str) -> str:
        """Remember and return the local name."""
        self[name] = local = name.rpartition(":")[2]
        return local


def parser() -> expat.XMLParserType:
    """Return a parser that raises Unreadable at a document type."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_: object) -> NoReturn:
    raise Unreadable(Reason.DAMAGED)


def pieces(file: IO[bytes], reader: expat.XMLParserType) -> Iterator[None]:
    """Parse a file, and pause after every piece. Raises Unreadable if it is not well formed."""
    given = 0
    try:
        while piece := file.read(PIECE):
            reader.Parse(piece, False)
            given += len(piece)
            if given - reader.CurrentByteIndex > _LONGEST_TAG:
                _refuse()
            yield
        reader.Parse(b"", True)
        yield
    except (expat.ExpatError, LookupError, UnicodeError):
        raise Unreadable(Reason.DAMAGED) from None


def each_element(file: IO[bytes], start: Callable[[tuple[str, ...], dict[str, str]], None]) -> None:
    """Call `start` with the path of local names, and the attributes, of each element. Raises Unreadable."""
    names = Names()
    path: list[str] = []
    reader = parser()

    def opened(name: str, attributes: dict[str, str]) -> None:
        if len(path) > _DEEPEST:
            _refuse()
        path.append(names[name])
        start(tuple(path), {names[key]: value for key, value in attributes.items()})

    def closed(_name: str) -> None:
        path.pop()

    reader.StartElementHandler = opened
    reader.EndElementHandler = closed
    for _ in pieces(file, reader):
        pass
