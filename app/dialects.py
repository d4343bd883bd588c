"""The one module that knows which database it runs on: SQLite or PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, DateTime, Engine, Index, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import scoped_session
from sqlalchemy.types import TypeDecorator

READ_ONLY = {"read_only": True, "postgresql_readonly": True}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware and UTC in Python on both databases; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand an aware instant to the driver, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back what was stored, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def prepare_sqlite(engine: Engine) -> None:
    """Make SQLite lose no update and honor foreign keys; does nothing to another database.

    WAL alone lets two writers overwrite each other: a transaction that may write takes the write lock when it begins.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = bool(connection.get_execution_options().get("read_only"))
        connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


class ReadableSession(Session):
    """A session that can be told to read only: from then on the database itself refuses what it would write."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Return the engine, or one that begins nothing but reading transactions.

        It is always the same one for a session, which takes a connection of its own for each that it is given.
        """
        bind = super().get_bind(*args, **kwargs)
        if not self.info.get("read_only"):
            return bind
        reading: Engine | Connection = self.info.setdefault("reading", bind.execution_options(**READ_ONLY))
        return reading


def read_only(session: scoped_session[Any]) -> None:
    """Let the session read and nothing else, until it is gone."""
    session.info["read_only"] = True


def insert_missing(session: scoped_session[Any], table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert those rows whose unique keys do not stand there yet; return how many that were."""
    if not rows:
        return 0
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    inserted = session.execute(insert.on_conflict_do_nothing().returning(*table.primary_key.columns), rows)
    return len(inserted.all())


def keep_statistics(session: scoped_session[Any]) -> None:
    """Let SQLite look at its tables anew, so that it takes the right indexes; PostgreSQL does that by itself."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("ANALYZE"))


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index that holds only the rows that meet `where`."""
    return Index(name, *columns, unique=unique, postgresql_where=text(where), sqlite_where=text(where))
