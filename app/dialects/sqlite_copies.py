"""Copies of a SQLite database: made while it is used, compared, and opened again."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

Figures = dict[str, list[Any]]
"""For each table, the number of its rows and a checksum of all of their values."""
_PAGES = 256
_PAUSE = 0.004
"""A copy reads a megabyte, then lets others use the disk."""
_ROWS = 500


def copy(origin: Path, target: Path) -> None:
    """Copy a database as it is at one moment, while others read and write it.

    The copy reads one snapshot, which in WAL mode blocks neither readers nor writers. What was written meanwhile waits in
    the WAL, and is moved into the database here, so that no writer has to do all of it at once.
    """
    with closing(sqlite3.connect(origin, timeout=30, isolation_level=None)) as source:
        with closing(sqlite3.connect(target, isolation_level=None)) as copied:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on, the snapshot is fixed
            source.backup(copied, pages=_PAGES, sleep=_PAUSE)
            source.execute("COMMIT")
            copied.execute("PRAGMA journal_mode=DELETE")  # everything is in one file
        source.execute("PRAGMA wal_checkpoint(PASSIVE)")


def figures(path: Path) -> Figures:
    """Return the number of rows and a checksum of every table."""
    with closing(sqlite3.connect(path)) as connection:
        return {name: _figures_of(connection, name) for name in _tables(connection)}


def defects(path: Path) -> list[str]:
    """Return what is wrong with a database: damaged pages and references that lead nowhere."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    if broken:
        found.append(f"{len(broken)} references lead nowhere, the first from {broken[0][0]}")
    return found


def version(path: Path) -> str | None:
    """Return the migration that a database has reached."""
    with closing(sqlite3.connect(path)) as connection:
        if "alembic_version" not in _tables(connection):
            return None
        return next((row[0] for row in connection.execute("SELECT version_num FROM alembic_version")), None)


def is_empty(path: Path) -> bool:
    """Return whether there is no database, or one without tables."""
    if not path.exists():
        return True
    with closing(sqlite3.connect(path)) as connection:
        return not _tables(connection)


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all tables that store rows; those of a search index are among them, its façade is not."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    return [row[0] for row in connection.execute(named)]


def _figures_of(connection: sqlite3.Connection, table: str) -> list[Any]:
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    key = [f'"{column[1]}"' for column in sorted(columns, key=lambda one: one[5]) if column[5]]
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY {", ".join(key) or "rowid"}')
    count, checksum = 0, sha256()
    while rows := cursor.fetchmany(_ROWS):
        count += len(rows)
        checksum.update(json.dumps(rows, default=bytes.hex).encode())
    return [count, checksum.hexdigest()]
