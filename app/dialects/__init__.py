"""The only package that depends on the database in use: SQLite or PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy.session import Session
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Engine,
    Index,
    Integer,
    Text,
    event,
    text,
)
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import scoped_session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NULLTYPE, TypeDecorator

from app.dialects.turns import take_turns
from app.text import plain

NEVER_REUSED = {"sqlite_autoincrement": True}
"""Options of a table whose ids are in addresses and links: SQLite would give the highest one again after it was deleted."""
READ_ONLY = {"read_only": True, "postgresql_readonly": True}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC in Python on both databases; naive values are rejected."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """The type of its values."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Pass an aware instant to the driver, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored value, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class folded(FunctionElement[str]):  # noqa: N801 - written like the functions of SQL
    """The text of a column without accents and capitals, for columns without a stored folded form."""

    type = Text()
    name = "folded"
    inherit_cache = True


@compiles(folded, "sqlite")
def _folded_in_sqlite(element: folded, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"encuentro_folded({compiler.process(element.clauses, **kwargs)})"


@compiles(folded, "postgresql")
def _folded_in_postgresql(element: folded, compiler: SQLCompiler, **kwargs: Any) -> str:
    column = compiler.process(element.clauses, **kwargs)
    bare = f"regexp_replace(normalize(lower({column}), NFKD), '[\u0300-\u036f]', '', 'g')"
    return f"translate({bare}, 'øłđðıħŧ', 'olddiht')"


class rarely(FunctionElement[Any]):  # noqa: N801 - written like the functions of SQL
    """A condition that few rows fulfill, which SQLite's statistics do not know; PostgreSQL counts by itself."""

    type = NULLTYPE
    """Not Boolean: SQLite would get `= 1` behind it and overlook the index."""
    name = "rarely"
    inherit_cache = True


@compiles(rarely, "sqlite")
def _rarely_in_sqlite(element: rarely, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"likelihood({compiler.process(element.clauses, **kwargs)}, 0.0001)"


@compiles(rarely, "postgresql")
def _rarely_in_postgresql(element: rarely, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"({compiler.process(element.clauses, **kwargs)})"


class found_by(FunctionElement[Any]):  # noqa: N801 - written like the functions of SQL
    """A condition that follows from others: a column is one of those that a statement selects.

    PostgreSQL finds the rows by it, where its statistics let it read a whole table: they know how often the values of a
    column occur, and not which rows of another table those are. SQLite finds them by the other conditions.
    """

    type = NULLTYPE
    name = "found_by"
    inherit_cache = True


@compiles(found_by, "sqlite")
def _found_by_in_sqlite(_element: found_by, _compiler: SQLCompiler, **_kwargs: Any) -> str:
    return "1"


@compiles(found_by, "postgresql")
def _found_by_in_postgresql(element: found_by, compiler: SQLCompiler, **kwargs: Any) -> str:
    column, selected = element.clauses
    return f"{compiler.process(column, **kwargs)} = ANY (ARRAY{compiler.process(selected, **kwargs)})"


class position(FunctionElement[int]):  # noqa: N801 - written like the functions of SQL
    """Where a text begins within another one, which is given first: from 1, or 0 if it is not there."""

    type = Integer()
    name = "position"
    inherit_cache = True


class in_a_list(FunctionElement[Any]):  # noqa: N801 - written like the functions of SQL
    """The values of a column in all rows as one list, in the order of the rows; None or an empty list without rows.

    The rows have to come from one subquery, whose ORDER BY is then their order.
    """

    type = JSON()
    name = "in_a_list"
    inherit_cache = True


def _called(element: type[FunctionElement[Any]], *, sqlite: str, postgresql: str) -> None:
    """Let a function have its own name in each database."""
    for dialect, name in (("sqlite", sqlite), ("postgresql", postgresql)):

        @compiles(element, dialect)
        def _written(element: FunctionElement[Any], compiler: SQLCompiler, name: str = name, **kwargs: Any) -> str:
            return f"{name}({compiler.process(element.clauses, **kwargs)})"


_called(position, sqlite="instr", postgresql="strpos")
_called(in_a_list, sqlite="json_group_array", postgresql="json_agg")


def by_character() -> Text:
    """Return a text type that both databases compare and sort by code points."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def prepare_sqlite(engine: Engine) -> None:
    """Configure SQLite to lose no update and to enforce foreign keys; does nothing for another database.

    WAL alone lets two writers overwrite each other, so a transaction that may write takes the write lock when it
    starts.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("encuentro_folded", 1, lambda typed: plain(typed or ""), deterministic=True)

    take_turns(engine)


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables that others refer to.

    SQLite changes a table by dropping it, and if foreign keys are enforced, that deletes or rejects whatever refers to
    it. The switch works only outside a transaction: nothing may have been executed on the connection before.
    """
    raw: Any = connection.connection.dbapi_connection
    switches = connection.dialect.name == "sqlite"
    if switches:
        raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        if switches:
            raw.execute("PRAGMA foreign_keys=ON")


def check_references(connection: Connection) -> None:
    """Check that every foreign key is valid after enforcement was off; raises RuntimeError otherwise."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"{len(broken)} references lead nowhere, the first from {broken[0][0]}")


class ReadableSession(Session):
    """A session that can be made read-only: from then on the database itself rejects writes."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write changed objects to the database; a flag in `info` shows that the session itself is writing."""
        self.info["flushing"] = True
        try:
            super().flush(objects)
        finally:
            self.info.pop("flushing", None)

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Return the engine, or one that starts only read-only transactions.

        It is always the same one within a session, because a session opens a separate connection for each engine.
        """
        bind = super().get_bind(*args, **kwargs)
        if not self.info.get("read_only"):
            return bind
        if "reading" not in self.info:  # asked for several times for each statement, and slow to make
            self.info["reading"] = bind.execution_options(**READ_ONLY)
        reading: Engine | Connection = self.info["reading"]
        return reading


def read_only(session: scoped_session[Any]) -> None:
    """Make the session read-only until it is closed."""
    session.info["read_only"] = True


def lock_against_writes(session: scoped_session[Any], table_name: str) -> None:
    """Let no other session change a table until this transaction ends; in SQLite, a writer is always alone."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text(f"LOCK TABLE {table_name} IN SHARE ROW EXCLUSIVE MODE"),
            execution_options={"unscoped": "it reads no row"},
        )


ANALYZED = 10_000
"""The entries of each index that SQLite reads: enough to tell a column of few values from one of many."""


def keep_statistics(session: scoped_session[Any]) -> None:
    """Let SQLite analyze its tables again, so that it chooses the right indexes; PostgreSQL's autovacuum does this itself.

    Of each index, only some entries are read. Otherwise it would take as long as reading all tables, and nobody could
    write meanwhile.
    """
    if session.get_bind().dialect.name == "sqlite":
        for statement in (f"PRAGMA analysis_limit = {ANALYZED}", "ANALYZE"):
            session.execute(text(statement), execution_options={"unscoped": "it counts rows and reads none"})


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index that contains only the rows that meet `where`."""
    return Index(name, *columns, unique=unique, postgresql_where=text(where), sqlite_where=text(where))


def sparse_index(name: str, column: str) -> Index:
    """Return the index of a foreign key that few rows have. SQLite would read a partial one as a whole for each key."""
    return Index(name, column, postgresql_where=text(f"{column} IS NOT NULL"))
