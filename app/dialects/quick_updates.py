"""One UPDATE of rows by their ids that is executed again and again, each time in a transaction of its own.

It is given to the driver of the database directly. What SQLAlchemy does for one transaction takes ten times as long as the
transaction itself, and an email that was sent is recorded before the next few are begun.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Engine, Integer, Table, Update, any_, bindparam, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from app.dialects.turns import turn_at


class QuickUpdate:
    """Sets columns of rows to the same values, where the condition `only` holds, on a connection that is open until `close`.

    No scope is applied: the ids are of rows that a worker has claimed.
    """

    def __init__(self, engine: Engine, table: Table, names: Collection[str], only: str) -> None:
        """Prepare the statement; nothing is connected yet."""
        self._is_embedded = engine.dialect.name == "sqlite"
        self._engine = engine
        compiled = _statement(table, names, only, self._is_embedded).compile(dialect=engine.dialect)
        self._statement = str(compiled)
        self._positions: list[str] = list(getattr(compiled, "positiontup", None) or ())[:-1]
        """The names of what is set, in the order of the statement; the id comes last."""
        self._stored: dict[str, Callable[[Any], Any] | None] = {
            name: table.c[name].type.dialect_impl(engine.dialect).bind_processor(engine.dialect) for name in names
        }
        self._connection: PoolProxiedConnection | None = None

    def __call__(self, ids: Collection[int], values: Mapping[str, Any]) -> None:
        """Change the rows and commit. Raises DBAPIError, after which nothing has changed."""
        stored = {name: process(values[name]) if (process := self._stored[name]) else values[name] for name in values}
        try:
            if self._is_embedded:
                same = [stored[name] for name in self._positions]
                self._write_in_turn([(*same, one) for one in ids])
            else:
                connection = self._connected()
                with connection.cursor() as cursor:
                    cursor.execute(self._statement, stored | {"given_ids": list(ids)})
                connection.commit()
        except self._engine.dialect.loaded_dbapi.Error as error:
            self._drop(error)
            raise DBAPIError.instance(self._statement, None, error, self._engine.dialect.loaded_dbapi.Error) from error

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _write_in_turn(self, rows: list[tuple[Any, ...]]) -> None:
        with turn_at(self._engine):
            connection = self._connected()
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany(self._statement, rows)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connected(self) -> Any:
        if self._connection is None:
            self._connection = self._engine.raw_connection()
        return self._connection.driver_connection

    def _drop(self, error: Exception) -> None:
        if self._connection is not None:
            self._connection.invalidate(error)
            self._connection = None


def _statement(table: Table, names: Collection[str], only: str, is_embedded: bool) -> Update:
    given = bindparam("given_ids") if is_embedded else any_(bindparam("given_ids", type_=ARRAY(Integer())))
    return (
        update(table).where(table.c.id == given, text(only)).values({table.c[name]: bindparam(name) for name in names})
    )
