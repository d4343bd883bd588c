"""Inserting millions of rows in minutes: without triggers, checks and indexes, which are created once at the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Connection, Table, text

from app.dialects import without_foreign_keys
from app.dialects.name_triggers import create_indexes, drop_indexes, follow_names
from app.extensions import Base, db


class Load:
    """Inserts rows into some tables."""

    def __init__(self, connection: Connection) -> None:
        """Use a connection on which nothing else happens."""
        self._connection = connection
        self._is_postgresql = connection.dialect.name == "postgresql"

    def rows(self, model: type[Base], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows with values in the order of `columns`, as the driver takes them, and commit."""
        table, names = model.__tablename__, ", ".join(columns)
        if self._is_postgresql:
            cursor: Any = self._connection.connection.cursor()  # of psycopg, which alone can copy
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join("?" * len(columns))
            insert = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - fixed names
            self._connection.exec_driver_sql(insert, list(rows))
        self._connection.commit()


@contextmanager
def loading(*models: type[Base]) -> Iterator[Load]:
    """Yield what inserts rows into the tables of models; afterward, indexes and statistics are as after many months."""
    tables = [cast("Table", model.__table__) for model in models]
    with db.engine.connect() as connection, without_foreign_keys(connection):
        is_postgresql = connection.dialect.name == "postgresql"
        if is_postgresql:
            connection.execute(text("SET session_replication_role = replica"))  # no triggers, no checks
            connection.execute(text("SET TIME ZONE 'UTC'"))
        drop_indexes(connection)
        for table in tables:
            for index in table.indexes:
                index.drop(connection)
        connection.commit()
        yield Load(connection)
        for table in tables:
            for index in table.indexes:
                index.create(connection)
            if is_postgresql:
                last = f"(SELECT coalesce(max(id), 1) FROM {table.name})"  # noqa: S608 - fixed names
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
        create_indexes(connection)
        follow_names(connection)
        connection.execute(text("RESET session_replication_role" if is_postgresql else "SELECT 1"))
        connection.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if is_postgresql else "ANALYZE"))
