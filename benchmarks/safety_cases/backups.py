"""A backup of a large house while people read and write it, and what is restored from it."""

import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import text

from app import clock, create_app
from app.backups import age, making, restoring
from app.backups.errors import BackupError
from app.config import Config
from app.dialects import sqlite_copies
from app.extensions import db
from app.migrating import upgrade
from app.sealing import new_key
from benchmarks import Case

_ROW = 2_000
"""Bytes of each row that fills the house."""
_LONGEST_WAIT = 250.0
_WRITERS, _READERS = 2, 2
_PAUSE = 0.02
"""Seconds that a person takes between two pages."""


def cases(quick: bool) -> list[Case]:
    """Measure the waits during a backup, and compare what was restored."""
    size = 3_000_000 if quick else 1_000_000_000
    with tempfile.TemporaryDirectory(prefix="encuentro-bench-") as name:
        folder = Path(name)
        settings = _house(folder / "full", size)
        identity = age.Identity.new()
        waits, made = _under_load(settings, identity.recipient)
        place = replace(
            settings, var_dir=folder / "empty", secret_key="", database_url=f"sqlite:///{folder / 'empty' / 'house.db'}"
        )
        began = time.perf_counter()
        with create_app(place).app_context():
            differing = 0
            try:
                restoring.restore(place, db.engine, made.path, identity, prepare=lambda _version: None, newest="9999")
            except BackupError:
                differing = 1
        took = time.perf_counter() - began
        found = sqlite_copies.figures(folder / "empty" / "house.db") if not differing else {}
        differing += sum(found.get(table) != figures for table, figures in made.manifest.tables.items())
    return [
        Case("backup under load: longest wait of a reader", max(waits["read"]) * 1000, _LONGEST_WAIT, "ms"),
        Case("backup under load: longest wait of a writer", max(waits["write"]) * 1000, _LONGEST_WAIT, "ms"),
        Case("restore: tables whose rows or checksums differ", differing, 0, "tables"),
        Case("restore", took, 600, "s"),
    ]


def _house(folder: Path, size: int) -> Config:
    folder.mkdir()
    settings = Config(
        var_dir=folder, database_url=f"sqlite:///{folder / 'house.db'}", broker_url="filesystem://localhost",
        base_url="http://encuentro.test", secret_key="a key for measuring, and long enough", field_key=new_key(),  # noqa: S106
    )  # fmt: skip
    with create_app(settings).app_context():
        upgrade()
        with db.engine.begin() as connection:
            connection.execute(text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows) "
                "INSERT INTO articles (headline, in_language, text, excerpt, may_be_republished, created_at) "
                "SELECT 'Article ' || i, 'en', hex(randomblob(:half)), 'x', 0, '2026-01-01 00:00:00' FROM n"
            ), {"rows": size // _ROW, "half": _ROW // 2})  # fmt: skip
        db.engine.dispose()
    return settings


def _under_load(settings: Config, recipient: age.Recipient) -> tuple[dict[str, list[float]], making.Made]:
    """Make a backup in a process of its own while others read and write; return how long each of them took."""
    path, stop = settings.var_dir / "house.db", threading.Event()
    waits: dict[str, list[float]] = {"read": [0.0], "write": [0.0]}
    threads = [
        *(threading.Thread(target=_repeat, args=(path, stop, _read, waits["read"])) for _ in range(_READERS)),
        *(threading.Thread(target=_repeat, args=(path, stop, _write, waits["write"])) for _ in range(_WRITERS)),
    ]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        worker.submit(_nothing).result()  # it has started
        for thread in threads:
            thread.start()
        try:
            made = worker.submit(_make, settings, recipient).result()
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    return waits, made


def _nothing() -> None:
    """Do nothing."""


def _make(settings: Config, recipient: age.Recipient) -> making.Made:
    with create_app(settings).app_context():
        try:
            return making.make(settings, db.engine, recipient, clock.now(), folder=settings.backups_dir)
        finally:
            db.engine.dispose()


def _repeat(path: Path, stop: threading.Event, work: Callable[[sqlite3.Connection], None], waits: list[float]) -> None:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=NORMAL")
        while not stop.is_set():
            began = time.perf_counter()
            work(connection)
            waits.append(time.perf_counter() - began)
            stop.wait(_PAUSE)


def _read(connection: sqlite3.Connection) -> None:
    connection.execute("SELECT headline FROM articles ORDER BY id DESC LIMIT 50").fetchall()


def _write(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE articles SET excerpt = excerpt || 'y' WHERE id % 1000 = 7 AND id < 3000")
    connection.execute("COMMIT")
