"""Which rows the database deletes or changes together with another one, and what a row is removed together with."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, Connection, ForeignKey, RowMapping, Table, inspect, or_, select

from app.extensions import Base, db
from app.models.removing import HiddenWith, RemovedWhole, hiding_models
from app.models.travel.problems import InformedEntity, RouteProblem

_REASON = "rows that refer to one that was read in scope"
_PROBLEMS, _ENTITIES = cast("Table", RouteProblem.__table__), cast("Table", InformedEntity.__table__)

Place = tuple[str, int]
"""The table and the id of a row."""
Known = dict[Place, set[Place]]
"""The delegations and people that rows depend on, by row."""


def dependents(connection: Connection, table: Table, number: int) -> Iterator[tuple[Table, str, str, RowMapping]]:
    """Yield the rows that reference a row, with their table, the referencing column and its ON DELETE action.

    CASCADE means that they are deleted with the row, SET NULL that their reference is cleared.
    """
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and key.ondelete in ("CASCADE", "SET NULL"):
                column = key.parent
                for row in _rows(connection, column, number):
                    yield other, column.name, key.ondelete, row


def count_dependents(row: Any) -> Counter[str]:
    """Return the number of rows by table that are deleted together with a row."""
    return _count(db.session.connection(), cast("Table", inspect(type(row)).local_table), row.id, set())


def count_in_scope(row: Any) -> Counter[str]:
    """Return the number of rows in scope by table that are hidden together with a row: those that refer to it by CASCADE."""
    found: dict[Any, set[int]] = {inspect(type(row)).local_table: {row.id}}
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    counts = Counter[str]()
    for table in Base.metadata.sorted_tables:
        keys = [key for key in table.foreign_keys if key.ondelete == "CASCADE" and found.get(key.column.table)]
        if not keys or table in found:
            continue
        model = models[table]
        refers = or_(*(getattr(model, key.parent.name).in_(found[key.column.table]) for key in keys))
        found[table] = set(db.session.scalars(select(model.id).where(refers)))
        counts[table.name] = len(found[table])
    return counts


def _count(connection: Connection, table: Table, number: int, seen: set[tuple[str, int]]) -> Counter[str]:
    counts = Counter[str]()
    for other, _, action, row in dependents(connection, table, number):
        if action == "CASCADE" and (other.name, row["id"]) not in seen:
            seen.add((other.name, row["id"]))
            counts[other.name] += 1
            counts += _count(connection, other, row["id"], seen)
    return counts


def wholes_of(connection: Connection, table: Table, row: Mapping[Any, Any], known: Known) -> set[Place]:
    """Return the rows that a row depends on and that are removed whole: delegations and people.

    A row that refers to no delegation, leg or delegate itself depends on those of its problem. `row` has all its columns,
    because it may be about to be deleted. `known` caches the results for further calls.
    """
    if table in _whole_tables():
        return {(table.name, row["id"])}
    place = (table.name, row["id"])
    if place not in known:
        keys = _keys_up(table)
        known[place] = _through([key for key in keys if key.column.table is not _PROBLEMS], connection, row, known)
        known[place] |= _named(connection, row, known) if table is _PROBLEMS else set()
        if not known[place]:
            known[place] = _through([key for key in keys if key.column.table is _PROBLEMS], connection, row, known)
    return known[place]


def _named(connection: Connection, problem: Mapping[Any, Any], known: Known) -> set[Place]:
    """Return the delegations and people whose legs or delegates are entities of a problem."""
    keys = [key for key in _keys_up(_ENTITIES) if key.column.table is not _PROBLEMS]
    entities = _rows(connection, _ENTITIES.c.problem_id, problem["id"])
    return set().union(*(_through(keys, connection, entity, known) for entity in entities))


def _through(keys: list[ForeignKey], connection: Connection, row: Mapping[Any, Any], known: Known) -> set[Place]:
    found: set[Place] = set()
    for key in keys:
        table, number = key.column.table, row.get(key.parent.name)
        if table in _whole_tables():
            found |= set() if number is None else {(table.name, number)}
            continue
        for above in _rows(connection, key.column, number):
            found |= wholes_of(connection, table, above, known)
    return found


@cache
def _whole_tables() -> frozenset[Any]:
    return frozenset(model.__table__ for model in hiding_models() if issubclass(model, RemovedWhole))


def _rows(connection: Connection, column: Column[Any], number: int | None) -> Sequence[RowMapping]:
    """Return the rows of the column's table with an id in it, hidden or not."""
    if number is None:
        return ()
    rows = select(column.table).where(column == number).order_by(column.table.c.id).execution_options(unscoped=_REASON)
    return connection.execute(rows).mappings().all()


def _keys_up(table: Table) -> list[ForeignKey]:
    """Return the foreign keys to rows together with which a row of the table is hidden."""
    models = {model.__table__: model for model in hiding_models()}
    own = table in models and issubclass(models[table], HiddenWith)
    return [key for key in table.foreign_keys if key.column.table in models and (own or key.ondelete == "CASCADE")]
