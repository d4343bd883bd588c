"""Worlds that many tests begin with: made once for each database, and copied back for every other test."""

import sqlite3
from copy import copy, deepcopy
from datetime import UTC, datetime, timedelta
from functools import wraps

from sqlalchemy import text

from app import clock
from app.extensions import db
from tests.emptying import TABLES_WITH_ROWS

_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"


def remembered(build):
    """Make a world once for each database and each set of arguments; it is only copied where no rows are yet."""
    kept = {}

    @wraps(build)
    def world(make, *args):
        key = (str(db.engine.url), args, _chosen_time())
        if _has_rows():
            return build(make, *args)
        if key not in kept:
            made = build(make, *args)
            db.session.commit()
            kept[key] = deepcopy(made), _taken(), copy(make._numbers)
            return made
        made, rows, numbers = kept[key]
        make._numbers = copy(numbers)
        db.session.rollback()
        _put_back(rows)
        return deepcopy(made)

    return world


def _chosen_time():
    """Return to which hour the clock was set, or None if it was not."""
    is_set = abs(clock.now() - datetime.now(UTC)) > timedelta(seconds=1)
    return clock.now().replace(minute=0, second=0, microsecond=0) if is_set else None


def _has_rows():
    db.session.flush()
    asked = text(TABLES_WITH_ROWS).execution_options(unscoped="whether any row is there tells nothing about it")
    return db.session.execute(asked).first() is not None


def _taken():
    """Return all rows: of SQLite a copy in memory, of PostgreSQL the text of each table and where its sequences are."""
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            copy = sqlite3.connect(":memory:", check_same_thread=False)
            driver.backup(copy)
            return copy
        used = [name for (name,) in connection.execute(text(TABLES_WITH_ROWS))]
        rows = {}
        for table in used:
            with driver.cursor().copy(f"COPY {table} TO STDOUT") as copy:
                rows[table] = b"".join(copy)
        return rows, connection.execute(text(_SEQUENCES)).all()


def _put_back(rows):
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            rows.backup(driver)
            return
        of_tables, sequences = rows
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # in any order, and without triggers
        for table, content in of_tables.items():
            with driver.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)
        for name, value in sequences:
            connection.execute(text("SELECT setval(CAST(:name AS regclass), :value)"), {"name": name, "value": value})
        connection.commit()
