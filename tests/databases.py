"""Databases for tests: marks for the kinds that tests run on, and new databases that are migrated already.

Tests of pages run on SQLite, all others on SQLite and PostgreSQL; `tests/architecture/test_access.py` opens every page
on both.
"""

import atexit
import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from flask_migrate import upgrade

from app import create_app
from app.config import Config
from app.extensions import db

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
BOTH_DATABASES = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True, scope="session")

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


@cache
def _migrated_file():
    """Return the path of a migrated SQLite database; migrating takes seconds, so others are copied from it."""
    folder = Path(tempfile.mkdtemp(prefix="migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = create_app(settings_for(folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()  # closing the last connection leaves everything in one file
    return folder / "encuentro.db"
