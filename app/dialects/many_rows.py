"""Writing and finding many rows in one statement.

SQLite executes a prepared statement once for each row. PostgreSQL gets each column as one array, because the values of a
thousand rows as parameters of their own take longer to send than to write.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CursorResult,
    Integer,
    Select,
    String,
    Table,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, scoped_session
from sqlalchemy.types import TypeEngine


def insert_missing(
    session: scoped_session[Any], table: Table, rows: Sequence[dict[str, Any]], *, unscoped: str | None = None
) -> int:
    """Insert the rows whose unique keys do not exist yet; return the number inserted.

    All rows have the same columns. For a scoped table, `unscoped` is required: the reason why the rows need not be checked.
    """
    if not rows:
        return 0
    options = {"unscoped": unscoped, "preserve_rowcount": True}
    dialect = session.get_bind().dialect.name
    missing = (sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)).on_conflict_do_nothing()
    if len(rows) == 1:
        return len(
            session.execute(missing.returning(*table.primary_key.columns), rows, execution_options=options).all()
        )
    if dialect != "sqlite" and not _defaults_of_each(table, rows[0]):
        given = _arrays({name: (table.c[name].type, [row[name] for row in rows]) for name in rows[0]})
        missing = missing.from_select(list(rows[0]), select(*given.c))
        done = session.execute(missing, execution_options=options)
    else:
        done = session.execute(missing, rows, execution_options=options)
    return done.rowcount if isinstance(done, CursorResult) else 0


def insert_selected(
    session: scoped_session[Any], table: Table, names: Sequence[str], rows: Select[Any], *, unscoped: str
) -> int:
    """Insert the rows of a query, unless their unique keys exist already; return the number inserted."""
    is_embedded = session.get_bind().dialect.name == "sqlite"
    inserted = sqlite.insert(table) if is_embedded else postgresql.insert(table)
    missing = inserted.from_select(names, rows, include_defaults=False).on_conflict_do_nothing()
    done = session.execute(missing, execution_options={"unscoped": unscoped, "preserve_rowcount": True})
    if is_embedded:  # whose driver does not know the number if the statement begins with a WITH
        return session.scalar(select(func.changes())) or 0
    return done.rowcount if isinstance(done, CursorResult) else 0


def random_token(session: scoped_session[Any]) -> ColumnElement[str]:
    """Return the expression for 128 random bits in each row, as text."""
    if session.get_bind().dialect.name == "sqlite":
        return func.lower(func.hex(func.randomblob(16)))
    return cast(func.gen_random_uuid(), Text())


def update_each(session: scoped_session[Any], column: Column[Any], values: Mapping[int, Any], *, unscoped: str) -> None:
    """Set a column of rows, by their ids, to a value each."""
    if not values:
        return
    changed, options = update(column.table), {"unscoped": unscoped}
    number: Column[int] = column.table.c.id
    if session.get_bind().dialect.name == "sqlite":
        each = changed.where(number == bindparam("given_id")).values({column.name: bindparam("given_value")})
        rows = [{"given_id": one, "given_value": value} for one, value in values.items()]
        session.connection().execute(each, rows, execution_options=options)
        return
    given = _arrays({"id": (Integer(), list(values)), "value": (column.type, list(values.values()))})
    session.execute(changed.where(number == given.c.id).values({column.name: given.c.value}), execution_options=options)


def any_of(
    session: scoped_session[Any], column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """Return the condition that a column has one of many values, for which an index is used.

    PostgreSQL reads the whole table for a list of hundreds of values if it has not counted the table's rows, and within a
    transaction that has just written them it has not. Both databases get the values as one parameter where they can,
    because thousands of them take longer to hand over than to look up.
    """
    if session.get_bind().dialect.name == "sqlite":
        if not isinstance(column.type, (Integer, String)):
            return column.in_(values)
        given = func.json_each(bindparam(None, json.dumps(list(values)))).table_valued("value")
        return column.in_(select(given.c.value))
    return column.in_(select(func.unnest(bindparam(None, list(values), postgresql.ARRAY(column.type)))))


def count_own_rows(session: scoped_session[Any], *tables: Table) -> None:
    """Let PostgreSQL count rows that this transaction has written, if it writes many.

    Otherwise it goes on as if the tables were as small as before, and reads all of what was written for each further row:
    when it looks for rows, and when it checks references.
    """
    if session.get_bind().dialect.name == "postgresql":
        for table in tables:
            session.execute(
                text(f"ANALYZE {table.name}"), execution_options={"unscoped": "it counts rows and reads none"}
            )


def _arrays(columns: Mapping[str, tuple[TypeEngine[Any], list[Any]]]) -> TableValuedAlias:
    """Return rows for PostgreSQL, given as an array for each column."""
    arrays = (bindparam(None, values, postgresql.ARRAY(kind)) for kind, values in columns.values())
    return func.unnest(*arrays).table_valued(*columns).render_derived()


def _defaults_of_each(table: Table, row: Mapping[str, Any]) -> bool:
    """Return whether a column that is not given gets a value in Python, which may differ from row to row."""
    return any(
        column.default is not None and column.default.is_callable for column in table.c if column.name not in row
    )
