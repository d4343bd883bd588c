"""The tables that a statement uses, and whether a scope can restrict it there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnClause, Delete, Insert, Join, Select, TableClause, TextClause, Update
from sqlalchemy.schema import ExecutableDDLElement
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import AliasedReturnsRows, ForUpdateArg, ReturnsRows
from sqlalchemy.sql.visitors import HasTraverseInternals

_PLAIN = re.compile(r"\*|\w+|'[^']*'")
"""What a literal column may contain without counting as text: a star, a name or a number, a quoted string."""
_PREFIXES = {"MATERIALIZED", "NOT MATERIALIZED"}
"""Words before a CTE, which SQLAlchemy treats as text."""
_BLIND = ("_correlate", "_correlate_except")
"""Parts of a SELECT that only describe what it does not read itself."""


@dataclass(frozen=True, slots=True)
class Named:
    """How a statement uses the tables in question."""

    by_model: bool = False
    """Through mapped classes and their attributes, which loader criteria restrict."""
    bare: bool = False
    """As tables, or in text that may name any table: nothing restricts that."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a statement, and its context."""

    element: Any
    owner: int
    """The SELECT, INSERT, UPDATE or DELETE around it."""
    joins: bool
    """It is the condition of a join, so it adds no table: what is joined is a separate part."""


def named_in(statement: object, tables: frozenset[str]) -> Named:
    """Return how `statement` uses any of `tables`, in itself or in a CTE, a subquery, a join, or another part of it.

    Tables are compared by their lower-case names, so that `table("legs")` counts as the table of that name.
    """
    if not isinstance(statement, ClauseElement) or isinstance(statement, ExecutableDDLElement):
        return Named(bare=True)
    by_model = bare = False
    entities, columns = set(), set()
    for part in _parts(statement):
        table = _table_of(part.element)
        if table is None or table.name.lower() not in tables:
            bare = bare or _is_text(part.element)
        elif _is_mapped(part.element):
            entities.add((part.owner, _origin(part.element)))
        elif part.joins:
            by_model = True
        elif isinstance(part.element, ColumnClause):
            columns.add((part.owner, part.element.table))
        else:
            bare = True
    return Named(by_model or bool(entities), bare or not columns <= entities)


def _parts(statement: ClauseElement) -> Iterator[_Part]:
    """Yield each part of a statement, with the subqueries that its columns come from."""
    waiting = [_Part(statement, id(statement), joins=False)]
    seen = {}  # keeps a reference, because an id is reused after an object is deleted
    while waiting:
        part = waiting.pop()
        element = part.element
        if (id(element), part.owner) in seen or isinstance(element, ForUpdateArg):
            continue
        seen[id(element), part.owner] = element
        yield part
        owner = id(element) if isinstance(element, Select | Insert | Update | Delete) else part.owner
        joins = not isinstance(element, ReturnsRows) and (part.joins or _is_relationship(element))
        condition = element.onclause if isinstance(element, Join) else None
        waiting.extend(_Part(child, owner, joins or child is condition) for child in _children(element))


def _children(element: Any) -> Iterable[Any]:
    """Return the parts that were written there: a SELECT also lists the tables of its columns, unannotated."""
    if isinstance(element, Select):
        return HasTraverseInternals.get_children(element, omit_attrs=_BLIND)
    if _table_of(element) is not None:
        return ()
    if isinstance(element, ColumnClause):
        return () if element.table is None else (element.table,)
    if isinstance(element, Insert) and element._multi_values:  # noqa: SLF001 - its own list of parts leaves them out
        rows = (row for rows in element._multi_values for row in rows)  # noqa: SLF001
        values = (value for row in rows for value in (row.values() if isinstance(row, dict) else row))
        return *element.get_children(), *(value for value in values if isinstance(value, ClauseElement))
    children: Iterable[Any] = element.get_children()
    return children


def _origin(element: Any) -> Any:
    """Return what a column is read from; an element that is not a column is returned itself."""
    return element.table if isinstance(element, ColumnClause) else element


def _table_of(element: Any) -> TableClause | None:
    """Return the table of an element or a column's origin, also below an alias; None for all others."""
    origin = _origin(element)
    while isinstance(origin, AliasedReturnsRows):
        origin = origin.element
    return origin if isinstance(origin, TableClause) else None


def _is_text(element: Any) -> bool:
    if isinstance(element, ColumnClause):
        return element.is_literal and not _PLAIN.fullmatch(element.name)
    return isinstance(element, TextClause) and element.text not in _PREFIXES


def _is_mapped(element: Any) -> bool:
    """Return whether a part comes from a mapped class: a table as an entity, a column also from a relationship."""
    notes = element._annotations  # noqa: SLF001 - the only place where SQLAlchemy records it
    return "parententity" in notes or (isinstance(element, ColumnClause) and "parentmapper" in notes)


def _is_relationship(element: Any) -> bool:
    """Return whether a part is the join condition of a relationship, as in `join(Delegate.delegation)`."""
    return "proxy_owner" in element._annotations and not isinstance(element, ColumnClause)  # noqa: SLF001
