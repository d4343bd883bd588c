"""Copies of a PostgreSQL database: all tables as text, read at one moment while it is used, and stored again."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, text

from app.dialects.sqlite_copies import Figures

_SAME_TEXT = (
    "datestyle = 'ISO, YMD'",
    "timezone = 'UTC'",
    "extra_float_digits = 1",
    "bytea_output = 'hex'",
    "intervalstyle = 'iso_8601'",
)
"""So that the same values are always written in the same way."""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
_COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = to_regclass(quote_ident(:table)) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_KEY = """
    SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
    WHERE indrelid = to_regclass(quote_ident(:table)) AND indisprimary ORDER BY array_position(indkey::int[], attnum::int)
"""
_SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL"
)
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def dump(engine: Engine, folder: Path) -> tuple[Figures, dict[str, int]]:
    """Write every table into a file of the folder; return the figures and the sequences.

    All tables are read in one snapshot, which blocks nobody.
    """
    with engine.connect().execution_options(**_SNAPSHOT) as connection:
        _write_the_same(connection)
        found: Figures = {}
        for table in connection.scalars(text(_TABLES)).all():
            with (folder / table).open("wb") as file:
                found[table] = _copied(connection, table, file.write)
        sequences = {name: int(value) for name, value in connection.execute(text(_SEQUENCES))}
        connection.rollback()
        return found, sequences


def load(connection: Connection, folder: Path, sequences: dict[str, int]) -> Figures:
    """Store the tables of a folder in a database with the same tables, and return its figures; nothing is committed.

    Triggers do not run: what they wrote is in the files.
    """
    _write_the_same(connection)
    metadata = MetaData()
    metadata.reflect(connection)
    tables = [table.name for table in metadata.sorted_tables]
    connection.execute(text(f"TRUNCATE {', '.join(_quoted(table) for table in tables)}"))
    for table in tables:
        _triggers(connection, table, "DISABLE")
        columns = ", ".join(_quoted(one) for one in _columns(connection, table))
        with _cursor(connection) as cursor, cursor.copy(f"COPY {_quoted(table)} ({columns}) FROM STDIN") as target:
            for data in _read(folder / table):
                target.write(data)
        _triggers(connection, table, "ENABLE")
    for name, value in sequences.items():
        connection.execute(
            text("SELECT setval(to_regclass(quote_ident(:name)), :value)"), {"name": name, "value": value}
        )
    return {table: _copied(connection, table, lambda _data: 0) for table in sorted(tables)}


def is_empty(connection: Connection) -> bool:
    """Return whether a database has no table with rows, except for the version of its tables."""
    tables = [table for table in connection.scalars(text(_TABLES)) if table != "alembic_version"]
    return not any(connection.scalar(text(f"SELECT EXISTS (SELECT 1 FROM {_quoted(table)})")) for table in tables)


def _copied(connection: Connection, table: str, put: Callable[[bytes], object]) -> list[Any]:
    """Write the rows of a table as text, in the order of its key; return their number and a checksum."""
    columns = ", ".join(_quoted(one) for one in _columns(connection, table))
    key = ", ".join(_quoted(one) for one in connection.scalars(text(_KEY), {"table": table}))
    statement = f"COPY (SELECT {columns} FROM {_quoted(table)} ORDER BY {key or f'{_quoted(table)}::text'}) TO STDOUT"
    count, checksum = 0, sha256()
    with _cursor(connection) as cursor, cursor.copy(statement) as rows:
        for data in rows:
            count += bytes(data).count(b"\n")  # a line break within a value is written as \n
            checksum.update(data)
            put(bytes(data))
    return [count, checksum.hexdigest()]


def _columns(connection: Connection, table: str) -> list[str]:
    return list(connection.scalars(text(_COLUMNS), {"table": table}))


def _write_the_same(connection: Connection) -> None:
    for setting in _SAME_TEXT:
        connection.execute(text(f"SET LOCAL {setting}"))


def _triggers(connection: Connection, table: str, switch: str) -> None:
    connection.execute(text(f"ALTER TABLE {_quoted(table)} {switch} TRIGGER USER"))


def _cursor(connection: Connection) -> Any:
    """Return a cursor of the driver, in the transaction of the connection."""
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            yield data


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
