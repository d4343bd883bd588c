"""Which rows the database deletes together with another one."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Connection, RowMapping, Table, inspect, select

from app.extensions import Base, db

_REASON = "rows that name one that was read in scope"


def dependents(connection: Connection, table: Table, number: int) -> Iterator[tuple[Table, str, str, RowMapping]]:
    """Return the rows that name a row, with the table and column that name it and what the database does with them.

    That is CASCADE where they are deleted with it, SET NULL where they lose its number.
    """
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and key.ondelete in ("CASCADE", "SET NULL"):
                column = key.parent
                rows = select(other).where(column == number).order_by(other.c.id)
                for row in connection.execute(rows.execution_options(unscoped=_REASON)).mappings().all():
                    yield other, column.name, key.ondelete, row


def count_hanging(row: Any) -> Counter[str]:
    """Return how many rows of which tables are deleted together with a row."""
    return _count(db.session.connection(), cast("Table", inspect(type(row)).local_table), row.id, set())


def _count(connection: Connection, table: Table, number: int, seen: set[tuple[str, int]]) -> Counter[str]:
    counts = Counter[str]()
    for other, _, action, row in dependents(connection, table, number):
        if action == "CASCADE" and (other.name, row["id"]) not in seen:
            seen.add((other.name, row["id"]))
            counts[other.name] += 1
            counts += _count(connection, other, row["id"], seen)
    return counts
