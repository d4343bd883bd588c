"""Rewrites what the database has kept of deleted rows: its search indexes, free pages and log."""

import sqlite3
from collections.abc import Collection
from typing import Any

from sqlalchemy import Engine, inspect

from app.dialects.article_words import SEARCH_TABLE
from app.dialects.names import NAMED, index_of


def rewrite(engine: Engine, tables: Collection[str]) -> bool:
    """Leave no bytes of deleted rows of some tables behind; return False if others are using the database right now.

    In SQLite, the whole file is written anew: FTS5 keeps deleted words in its segments until they are merged, and pages
    may contain remains of rows that were moved. The write-ahead log is emptied. PostgreSQL vacuums the tables; what its
    pages and its own log still contain is overwritten by and by. Nothing of it may run in a transaction.
    """
    if engine.dialect.name == "sqlite":
        return _rewrite_sqlite(engine)
    known = set(inspect(engine).get_table_names())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in sorted(known.intersection(tables)):
            connection.exec_driver_sql(f'VACUUM (ANALYZE) "{name}"')
    return True


def _rewrite_sqlite(engine: Engine) -> bool:
    pooled = engine.raw_connection()
    connection: Any = pooled.dbapi_connection
    try:
        connection.execute("PRAGMA query_only=0")
        for index in (SEARCH_TABLE, *map(index_of, NAMED)):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - our own names
        connection.execute("VACUUM")
        busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise
    finally:
        pooled.close()
    return not busy
