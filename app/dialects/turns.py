"""Writers of one process take turns at SQLite.

SQLite lets one transaction write. A second one asks again and again, after pauses that grow to a tenth of a second, and
the database is idle when nobody asks. Here the threads of a process wait for each other without pauses; only other
processes are left to SQLite.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event

_SOON = 0.05
"""Up to so many seconds of waiting are not counted."""
_TURNS: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()


@contextmanager
def turn_at(engine: Engine, patience: float = 30.0) -> Iterator[None]:
    """Wait up to `patience` seconds for a turn to write with a connection that is not SQLAlchemy's.

    Whoever gets none asks SQLite nevertheless, whose error says what is wrong.
    """
    turn = _TURNS[engine]
    has_turn = turn.acquire(timeout=patience)
    try:
        yield
    finally:
        if has_turn:
            turn.release()


def take_turns(engine: Engine) -> None:
    """Let the write transactions of an engine on SQLite begin one after the other; read-only ones do not wait."""
    turn = _TURNS[engine] = threading.Lock()

    def give_back(info: dict[str, Any]) -> None:
        if info.pop("has_turn", False):
            turn.release()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = bool(connection.get_execution_options().get("read_only"))
        connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
        if read_only:
            connection.exec_driver_sql("BEGIN")
            return
        patience: int = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
        asked = time.monotonic()
        # Whoever gets no turn asks SQLite nevertheless, whose error says what is wrong.
        connection.info["has_turn"] = turn.acquire(timeout=patience / 1000)
        waited = time.monotonic() - asked
        try:
            _begin_writing(connection, patience, patience if waited < _SOON else max(0, patience - int(waited * 1000)))
        except BaseException:
            give_back(connection.info)
            raise

    @event.listens_for(engine, "commit")
    @event.listens_for(engine, "rollback")
    def end(connection: Connection) -> None:
        give_back(connection.info)

    @event.listens_for(engine, "checkin")
    @event.listens_for(engine, "invalidate")
    def dropped(_connection: Any, record: Any, _error: BaseException | None = None) -> None:
        give_back(record.info)


def _begin_writing(connection: Connection, patience: int, left: int) -> None:
    """Take the write lock of SQLite, waiting for other processes for what is `left` of a connection's patience, in milliseconds."""
    if left == patience:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={left}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
