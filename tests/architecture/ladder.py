"""Databases at old revisions, for tests of migrations."""

import dataclasses
import shutil

from sqlalchemy import create_engine, make_url, text

from app import create_app
from app.extensions import db
from app.migrating import upgrade

BEGINNINGS = ("0003", "0005", "0007", "0008", "0020", "0025", "0041", "0046", "0100", "head")
"""The revisions at which tests begin. One database is migrated through all of them, and copied at each."""


class Ladder:
    """Databases of one kind, each at one of these revisions, and copies of them for tests."""

    def __init__(self, settings, folder):
        self._settings, self._folder = settings, folder
        self._server = None if settings.embedded else create_engine(settings.database_url, isolation_level="AUTOCOMMIT")
        self._remove("climbing")
        if self._server:
            self._ask_server("CREATE DATABASE climbing TEMPLATE template0")
        for revision in BEGINNINGS:
            with create_app(self._settings_of("climbing")).app_context():
                upgrade(revision=revision)
                db.engine.dispose()
            self._copy("climbing", f"at_{revision}")

    def copy(self, revision):
        """Return the settings of a new copy of the database at a revision; the one before is removed."""
        self._copy(f"at_{revision}", "copied")
        return self._settings_of("copied")

    def remove(self):
        """Remove the databases from the server."""
        for name in ("climbing", "copied", *(f"at_{revision}" for revision in BEGINNINGS)):
            self._remove(name)
        if self._server:
            self._server.dispose()

    def _copy(self, origin, name):
        self._remove(name)
        if self._server:
            self._ask_server(f"CREATE DATABASE {name} TEMPLATE {origin}")
        else:
            shutil.copyfile(self._path(origin), self._path(name))

    def _remove(self, name):
        if self._server:
            self._ask_server(f"DROP DATABASE IF EXISTS {name}")
        else:
            self._path(name).unlink(missing_ok=True)

    def _ask_server(self, statement):
        with self._server.connect() as connection:
            connection.execute(text(statement))

    def _path(self, name):
        return self._folder / f"{name}.db"

    def _settings_of(self, name):
        url = f"sqlite:///{self._path(name)}"
        if self._server:
            url = make_url(self._settings.database_url).set(database=name).render_as_string(hide_password=False)
        return dataclasses.replace(self._settings, database_url=url)
