"""Paginated lists, and search words."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, false, func, or_

from app import countries
from app.dialects import folded
from app.extensions import db
from app.text import MOST_WORDS, words_of

BATCH = 500
"""The number of rows that are loaded together for a file."""
PAGE = 50
"""The number of rows on a page."""

Row = TypeVar("Row")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list."""

    rows: Sequence[Row]
    total: int
    """The number of rows on all pages."""
    number: int = 1
    """The number of this page, from 1."""
    size: int = PAGE
    """The maximum number of rows on a page."""

    @property
    def count(self) -> int:
        """The number of pages; an empty list has one."""
        return max(-(-self.total // self.size), 1)

    @property
    def first(self) -> int:
        """The position of its first row in the whole list, from 1; 0 if it is empty."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The position of its last row in the whole list; 0 if it is empty."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def previous(self) -> int | None:
        """The number of the previous page, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the next page, or None."""
        return self.number + 1 if self.number < self.count else None

    def of(self, rows: Sequence[Other]) -> "Page[Other]":
        """Return the same page with other rows made from its own."""
        return Page(rows, self.total, self.number, self.size)


def page_of(statement: Select[Any], number: int, *, size: int = PAGE) -> Page[Any]:
    """Return one page of the rows that a statement for one entity selects; beyond the end, the last page.

    The statement must order its rows completely, and load collections by separate statements.
    """
    counted = statement.add_columns(func.count().over())
    found = db.session.execute(counted.limit(size).offset((number - 1) * size)).unique().all()
    if found or number == 1:
        return Page([row for row, _total in found], found[0][1] if found else 0, number, size)
    first = db.session.execute(counted.limit(1)).unique().first()
    return page_of(statement, -(-first[1] // size) if first else 1, size=size)


def ids_of(column: Any, statement: Select[Any]) -> Sequence[int]:
    """Return the ids of all rows that a statement for one entity selects, in its order."""
    return array("q", db.session.scalars(statement.with_only_columns(column, maintain_column_froms=True)))


def in_batches(numbers: Sequence[int], load: Callable[[Sequence[int]], Iterable[Row]]) -> Iterator[Row]:
    """Yield the rows with these ids in their order, loaded a batch at a time; those deleted since are left out."""
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        found = {row.id: row for row in load(batch)}  # type: ignore[attr-defined]
        yield from (found[number] for number in batch if number in found)


def slice_of(rows: Sequence[Row], number: int, *, size: int = PAGE) -> Page[Row]:
    """Return one page of rows that are already in memory; beyond the end, the last page."""
    whole = Page(rows, len(rows), size=size)
    number = min(number, whole.count)
    return Page(rows[(number - 1) * size : number * size], len(rows), number, size)


def holding_words(typed: str, *columns: ColumnElement[Any] | Any) -> list[ColumnElement[bool]]:
    """Return the conditions under which columns together contain every typed word, ignoring accents and capitals.

    Empty input adds no condition; input without letters and digits matches nothing.
    """
    wanted = words_of(typed)[:MOST_WORDS]
    if typed.strip() and not wanted:
        return [false()]
    return [or_(*(folded(column).contains(word) for column in columns)) for word in wanted]


def holding_or_in(
    typed: str, words: list[ColumnElement[Any] | Any], places: list[ColumnElement[Any] | Any]
) -> list[ColumnElement[bool]]:
    """Return the conditions under which every typed word is in the folded columns or in a country's name.

    `words` are the folded columns; `places` contain country codes, whose names in all member languages are searched.
    """
    wanted = words_of(typed)[:MOST_WORDS]
    if typed.strip() and not wanted:
        return [false()]
    return [
        or_(*(column.contains(word) for column in words), *(column.in_(countries.holding(word)) for column in places))
        for word in wanted
    ]
