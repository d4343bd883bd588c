"""Pages of long lists, found by the row that they begin after or end before: every page is as fast as the first.

Rows that are added or deleted meanwhile neither repeat others nor skip them. The position of a page in addresses is
opaque; one that cannot be read means the first page.
"""

import json
from array import array
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.functions import FunctionElement

from app.extensions import db
from app.queries.paging import PAGE
from app.text import storable

COUNTED = 10_000
"""The number of rows up to which a list is counted."""
_YEARS = range(1, 9999)
_LARGEST = 2**63

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that follow each other in a list and are sorted by the same keys, the last of which is unique."""

    keys: tuple[Any, ...]
    """None of them is NULL in the group."""
    rank: int | None = None
    """The place of the group among the others; None if it is the first key."""
    narrowed: Callable[[Select[Any]], Select[Any]] = lambda statement: statement
    """Restricts a statement to the rows of the group and to those below `least`."""
    least: ColumnElement[bool] | None = None
    """The condition that excludes rows with lower keys, if there are any that do not belong to the group."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: first by group, then by the keys of the group."""

    groups: Sequence[Group]
    """In the order of the list, so with descending ranks if it is descending."""
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[Row]):
    """One page of a list."""

    rows: Sequence[Row]
    counted: int
    """The number of rows on all pages, but at most one more than COUNTED."""
    previous: str | None = None
    """The position of the previous page, if there is one."""
    next: str | None = None
    """The position of the next page, if there is one."""

    @property
    def total(self) -> int:
        """The number of rows on all pages, as far as they are counted."""
        return min(self.counted, COUNTED)

    @property
    def is_longer(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.counted > COUNTED


@dataclass(frozen=True, slots=True)
class _Position:
    """The end of a page."""

    is_before: bool
    """Whether the page ends before it; otherwise the page begins after it."""
    place: list[Any]
    """The rank of a group and the keys of a row in it; no keys if the group has no rows anymore."""

    @property
    def rank(self) -> int:
        """The rank of its group."""
        return int(self.place[0])


def position_of(first: str) -> str:
    """Return the position where a text would be, in a list whose first group begins with that key and has the rank 0."""
    return _written(False, [0, first, 0])


def counted(statement: Select[Any], number: ColumnElement[int] | Any) -> int:
    """Return how many rows a statement for one entity selects, but at most one more than COUNTED."""
    ids = statement.with_only_columns(number, maintain_column_froms=True).limit(COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(ids)) or 0


def page_at(
    statement: Select[Any],
    order: Order,
    at: str,
    count: int,
    *,
    options: Sequence[ExecutableOption] = (),
    size: int = PAGE,
) -> KeysetPage[Any]:
    """Return the page of an unsorted statement's rows that is at a position, or the first one.

    If there is nothing after the position anymore, it is the last page. `count` is from `counted`, and `options` say
    what is loaded with the rows.
    """
    position = _read(at, order)
    backwards = position is not None and position.is_before
    found = _rows(statement.options(*options), order, position, size + 1)
    if position is not None and len(found) <= size and (backwards or not found):
        turned = "" if backwards else _written(True, position.place)
        return page_at(statement, order, turned, count, options=options, size=size)
    is_more, found = len(found) > size, found[:size]
    is_other = position is not None and bool(_rows(statement, order, _Position(not backwards, found[0][1]), 1))
    if backwards:
        found.reverse()
    has_previous, has_next = (is_more, is_other) if backwards else (is_other, is_more)
    return KeysetPage(
        [row for row, _place in found],
        count,
        _written(True, found[0][1]) if has_previous else None,
        _written(False, found[-1][1]) if has_next else None,
    )


def ids_in_order(statement: Select[Any], order: Order, number: Any) -> Sequence[int]:
    """Return the ids of all rows of an unsorted statement in order."""
    ids = array("q")
    for group in order.groups:
        listed = _listed(statement, group).order_by(*_sorted(group, order.is_descending))
        ids.extend(db.session.scalars(listed.with_only_columns(number, maintain_column_froms=True)))
    return ids


def _rows(statement: Select[Any], order: Order, position: _Position | None, limit: int) -> list[tuple[Any, list[Any]]]:
    """Return rows from a position on, away from it, each with its own place."""
    backwards = position is not None and position.is_before
    descending = order.is_descending != backwards
    found: list[tuple[Any, list[Any]]] = []
    for group in reversed(order.groups) if backwards else order.groups:
        if _is_passed(group, position, descending) or len(found) == limit:
            continue
        is_inside = position is not None and bool(position.place[1:]) and group.rank in (None, position.rank)
        listed = _listed(statement, group, position if is_inside else None, descending=descending)
        listed = listed.add_columns(*group.keys).order_by(*_sorted(group, descending))
        rank = [] if group.rank is None else [group.rank]
        found += [(row[0], [*rank, *row[1:]]) for row in db.session.execute(listed.limit(limit - len(found)))]
    return found


def _is_passed(group: Group, position: _Position | None, descending: bool) -> bool:
    if position is None or group.rank is None:
        return False
    return group.rank > position.rank if descending else group.rank < position.rank


def _listed(
    statement: Select[Any], group: Group, position: _Position | None = None, *, descending: bool = False
) -> Select[Any]:
    """Return the statement for the rows of a group, or for those beyond a position in it.

    It has one lower and one upper bound at most: of two, SQLite may follow the one that excludes less.
    """
    listed = group.narrowed(statement)
    if group.least is not None and (position is None or descending):
        listed = listed.where(group.least)
    if position is None:
        return listed
    given, keys = position.place if group.rank is None else position.place[1:], group.keys
    place = tuple_(*given, types=[key.type for key in keys])
    if isinstance(keys[0], FunctionElement):  # SQLite finds the row of an expression only by the expression alone
        listed = listed.where(keys[0] <= given[0] if descending else keys[0] >= given[0])
    return listed.where(tuple_(*keys) < place if descending else tuple_(*keys) > place)


def _sorted(group: Group, descending: bool) -> list[ColumnElement[Any]]:
    return [key.desc() if descending else key.asc() for key in group.keys]


def _written(is_before: bool, place: Sequence[Any]) -> str:
    values = [str(value) if isinstance(value, Decimal | date) else value for value in place]
    text = json.dumps([int(is_before), *values], separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(at: str, order: Order) -> _Position | None:
    """Return the position that a text means, None if it means none in this order."""
    try:
        is_before, rank, *keys = json.loads(urlsafe_b64decode(at + "=" * (-len(at) % 4)))
        if is_before not in (0, 1) or not isinstance(rank, int):
            return None
        group = next((one for one in order.groups if one.rank in (None, rank)), None)
        types = () if group is None else group.keys[group.rank is None :]
        read = [_value(value, key.type.python_type) for key, value in zip(types, keys, strict=group is not None)]
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return None
    return _Position(bool(is_before), [rank, *read])


def _value(sent: Any, kind: Any) -> Any:
    """Return the value of a key that was sent; raises ValueError or TypeError for anything that no row can have."""
    value: Any = kind.fromisoformat(sent) if issubclass(kind, date) else kind(sent)
    if isinstance(value, date):
        sound = value.year in _YEARS and (not isinstance(value, datetime) or value.tzinfo == UTC)
    elif isinstance(value, Decimal):
        sound = value.is_finite() and abs(value) < _LARGEST
    else:
        sound = type(sent) is kind and (abs(value) < _LARGEST if kind is int else storable(value) == value)
    if not sound:
        raise ValueError(sent)
    return value
