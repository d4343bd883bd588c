"""Which rows the database deletes or changes together with another one."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Connection, RowMapping, Table, inspect, select

from app.extensions import Base, db

_REASON = "rows that name one that was read in scope"


def dependents(connection: Connection, table: Table, number: int) -> Iterator[tuple[Table, str, str, RowMapping]]:
    """Yield the rows that reference a row, with their table, the referencing column and its ON DELETE action.

    CASCADE means that they are deleted with the row, SET NULL that their reference is cleared.
    """
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and key.ondelete in ("CASCADE", "SET NULL"):
                column = key.parent
                rows = select(other).where(column == number).order_by(other.c.id)
                for row in connection.execute(rows.execution_options(unscoped=_REASON)).mappings().all():
                    yield other, column.name, key.ondelete, row


def count_dependents(row: Any) -> Counter[str]:
    """Return the number of rows by table that are deleted together with a row."""
    return _count(db.session.connection(), cast("Table", inspect(type(row)).local_table), row.id, set())


def _count(connection: Connection, table: Table, number: int, seen: set[tuple[str, int]]) -> Counter[str]:
    counts = Counter[str]()
    for other, _, action, row in dependents(connection, table, number):
        if action == "CASCADE" and (other.name, row["id"]) not in seen:
            seen.add((other.name, row["id"]))
            counts[other.name] += 1
            counts += _count(connection, other, row["id"], seen)
    return counts
