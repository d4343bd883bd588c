"""Writing in a transaction of its own, without waiting long for others."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, Update, text
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout


def write_unless_busy(engine: Engine, statement: Update) -> None:
    """Execute a statement in a transaction of its own, but do not wait if another one is writing to SQLite.

    Only for what may be missed: it is lost if the database is busy.
    """
    write_within(engine, 0, lambda connection: connection.execute(statement))


def write_within(engine: Engine, seconds: float, write: Callable[[Connection], object]) -> bool:
    """Write in a transaction of its own that waits for others at most so long; return whether it could be written."""
    milliseconds = int(seconds * 1000)
    try:
        with engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                with connection.begin():
                    if milliseconds:
                        connection.execute(text(f"SET LOCAL lock_timeout = {milliseconds}"))
                    write(connection)
                return True
            raw: Any = connection.connection.dbapi_connection
            timeout = raw.execute("PRAGMA busy_timeout").fetchone()[0]
            try:
                raw.execute(f"PRAGMA busy_timeout = {milliseconds}")
                with connection.begin():
                    write(connection)
            finally:
                raw.execute(f"PRAGMA busy_timeout = {timeout}")
    except (OperationalError, InternalError, PoolTimeout):
        return False
    return True
