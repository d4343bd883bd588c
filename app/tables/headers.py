"""Finds the row with the names of the columns: below title lines, above the data, sometimes in two rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.tables.cells import EMPTY, Cell, Kind, Row

SAMPLED = 40
"""Rows in which the header is looked for."""
_BELOW = 8
"""Rows below a second header row that are compared with it."""
_LONGEST_NAME = 120
JOINT = " / "
"""Between the names of a column in two header rows."""

_DATA = re.compile(r"\S+@\S+\.\S|\+?[\d\s()./:-]{4,}$|https?://")
_NUMERIC = re.compile(r"[\d\s.,:/%+()-]+$")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, which are unique; `number` is the last row of the header, 0 if there is none.

    A column without a name has the letters that spreadsheet programs show above it. The names of two header rows are
    joined by `JOINT`.
    """

    number: int
    names: tuple[str, ...]
    unnamed: frozenset[int]
    """The positions of the columns without a name."""


def find_header(rows: Sequence[Row], chosen: Row | None = None) -> Header:
    """Return the header of a sheet from its first rows that are not empty; `chosen` is the header row, if it is known."""
    width = max((_filled_width(row) for row in rows), default=0)
    columns = max((_length(row) for row in rows), default=0)
    place = rows.index(chosen) if chosen else _place(rows, width)
    if place is None:
        return _named(0, [""] * columns)
    first, below = rows[place], rows[place + 1 :]
    names = _texts(first, columns)
    if below and _is_second(first, below):
        return _named(below[0].number, _joined(first, below[0], columns))
    return _named(first.number, names)


def possible_headers(rows: Sequence[Row]) -> list[Header]:
    """Return the header that each of the first rows of a sheet would be."""
    return [find_header(rows, row) for row in rows]


def letters(position: int) -> str:
    """Return the letters of a column: A for position 0, AA for 26."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(65 + rest) + text
    return text


def _place(rows: Sequence[Row], width: int) -> int | None:
    """Return the index of the row that looks like a header, or None if data starts at once."""
    for index, row in enumerate(rows):
        own = _own(row)
        if 2 * len(own) < width or (width > 1 and len(own) < 2) or own[0].text.endswith(":"):
            continue
        return None if _is_data(own) else index
    return None


def _own(row: Row) -> list[Cell]:
    """Return the cells with text, a merged range as one."""
    return [cell for cell in row.cells if cell.text and not cell.merged]


def _filled_width(row: Row) -> int:
    return len(_own(row))


def _length(row: Row) -> int:
    return max((position for position, cell in enumerate(row.cells, start=1) if cell.text), default=0)


def _is_data(cells: Sequence[Cell]) -> bool:
    """Return whether cells are values rather than names: an address, a phone number, or half of them numbers."""
    numeric = sum(cell.kind is not Kind.TEXT or bool(_NUMERIC.match(cell.text)) for cell in cells)
    return any("@" in cell.text and _DATA.match(cell.text) for cell in cells) or 2 * numeric > len(cells)


def _is_second(first: Row, below: Sequence[Row]) -> bool:
    """Return whether the next row belongs to the header.

    It names every column, and the first row groups columns: by merged cells, or, where these were lost, by gaps above
    a row that differs from the data below it.
    """
    second, data = below[0], below[1 : 1 + _BELOW]
    length = max(_length(first), _length(second))
    upper, lower = _padded(first, length), _padded(second, length)
    if not data or _is_data(_own(second)) or any(not cell.text for cell in lower[: _length(second)] if not cell.merged):
        return False
    if any(_groups(upper, lower, position) for position in range(1, length)):
        return True
    gaps = sum(not cell.text for cell in upper)
    if gaps < 2 or 3 * gaps < length:
        return False
    columns = zip(*(_padded(row, length) for row in data), strict=True)
    return any(
        cell.text and not _DATA.match(cell.text) and _are_data(column)
        for cell, column in zip(lower, columns, strict=True)
    )


def _are_data(column: Sequence[Cell]) -> bool:
    """Return whether most cells of a column, without the empty ones, are addresses or numbers."""
    texts = [cell.text for cell in column if cell.text]
    return 2 * sum(bool(_DATA.match(text)) for text in texts) > len(texts)


def _groups(upper: list[Cell], lower: list[Cell], position: int) -> bool:
    """Return whether a merged cell of the first row stands above two different names."""
    return (
        upper[position].merged
        and upper[position].text == upper[position - 1].text
        and bool(lower[position].text)
        and not lower[position].merged
        and lower[position].text != lower[position - 1].text
    )


def _padded(row: Row, length: int) -> list[Cell]:
    return row.cells[:length] + [EMPTY] * (length - len(row.cells))


def _texts(row: Row, columns: int) -> list[str]:
    return [cell.text for cell in _padded(row, columns)]


def _joined(first: Row, second: Row, columns: int) -> list[str]:
    """Return the names of both rows; where merged cells were lost, a group continues to the right over its gaps."""
    merged = any(cell.merged for cell in first.cells)
    names: list[str] = []
    group = ""
    for upper, lower in zip(_texts(first, columns), _texts(second, columns), strict=True):
        group = upper if upper or merged else group
        names.append(lower if lower == group or not group else JOINT.join(part for part in (group, lower) if part))
    return names


def _named(number: int, names: list[str]) -> Header:
    """Return the header with a unique name for every column."""
    taken: set[str] = set()
    unique: list[str] = []
    for position, text in enumerate(names):
        name = " ".join(text.split())[:_LONGEST_NAME] or letters(position)
        candidate, count = name, 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{name} {count}"
        taken.add(candidate.casefold())
        unique.append(candidate)
    return Header(number, tuple(unique), frozenset(position for position, text in enumerate(names) if not text))
