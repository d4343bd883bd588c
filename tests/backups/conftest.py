"""A house on a database of its own, of both kinds, and what makes and restores its backups."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, make_url, text

from app import create_app
from app.backups import age
from app.commands import alone, backups, main
from app.extensions import db
from tests.conftest import House
from tests.databases import migrated, settings_for

PASSPHRASE = "six random words that nobody guesses"


@pytest.fixture(autouse=True)
def _passphrases_are_quick(monkeypatch):
    """Derive keys in the same way, but with less work."""
    monkeypatch.setattr(age.Passphrase, "__init__", _with_little_work(age.Passphrase.__init__))


def _with_little_work(init):
    return lambda self, words, work_factor=10: init(self, words, work_factor)


class Places:
    """Databases of one kind, and the `encuentro` command in each."""

    def __init__(self, settings, folder, monkeypatch):
        self._settings, self._folder, self._patch = settings, folder, monkeypatch
        self._server = None if settings.embedded else create_engine(settings.database_url, isolation_level="AUTOCOMMIT")
        self._made = []

    def new(self, name, *, template="template0"):
        """Return the environment of a place without a house; `migrated` is a template with the tables."""
        var = self._folder / name
        env = {"VAR_DIR": str(var), "BACKUP_PASSPHRASE": PASSPHRASE, "BACKUP_DIR": str(self._folder / "stored")}
        if self._server:
            self._ask(f'DROP DATABASE IF EXISTS "{name}"')
            self._ask(f'CREATE DATABASE "{name}" TEMPLATE {template}')
            self._made.append(name)
            env["DATABASE_URL"] = self._url_of(name)
        return env

    def _url_of(self, name):
        return make_url(self._settings.database_url).set(database=name).render_as_string(hide_password=False)

    @property
    def migrated(self):
        """A template with the tables, created once: that takes seconds."""
        if self._server is None:
            return None
        with self._server.connect() as connection:
            known = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = 'migrated'"))
        if not known:
            self._ask("CREATE DATABASE migrated TEMPLATE template0")
            (self._folder / "migrated").mkdir()
            app = migrated(settings_for(self._folder / "migrated", database_url=self._url_of("migrated")))
            with app.app_context():
                db.engine.dispose()
        return "migrated"

    def run(self, env, *arguments, **changes):
        """Run the command as a process of that place would."""
        with self._patch.context() as patch:
            for name in list(os.environ):
                if name.isupper() and name.endswith(("_URL", "_KEY", "_DIR", "_PASSPHRASE", "_RECIPIENT")):
                    patch.delenv(name)
            for name, value in (env | changes).items():
                patch.setenv(name, value)
            made = []
            patch.setattr(backups, "create_app", lambda settings: made.append(create_app(settings)) or made[-1])
            before = os.umask(0o022)
            try:
                return CliRunner().invoke(main, [str(one) for one in arguments])
            finally:
                os.umask(before)
                while alone._held:
                    os.close(alone._held.pop())
                for app in made:
                    with app.app_context():
                        db.engine.dispose()

    def open(self, env, *, made=False):
        """Return the house in a place; with `made`, its tables are created first."""
        changes = {"database_url": env["DATABASE_URL"]} if "DATABASE_URL" in env else {}
        return House((migrated if made else create_app)(settings_for(Path(env["VAR_DIR"]), **changes)))

    def remove(self):
        for name in self._made:
            self._ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        if self._server:
            self._server.dispose()

    def _ask(self, statement):
        with self._server.connect() as connection:
            connection.execute(text(statement))


@pytest.fixture
def places(settings, tmp_path, monkeypatch):
    places = Places(settings, tmp_path, monkeypatch)
    yield places
    places.remove()


@pytest.fixture
def full(places):
    """A place with a house in it: rows, a key, and an attached file."""
    env = places.new("full", template=places.migrated)
    var = Path(env["VAR_DIR"])
    var.mkdir()
    opened = places.open(env, made=True)
    with opened.open() as make:
        make.attachment(make.follow_up(make.congress("Peace"), make.user()))
        make.article("Grève à Genève")
        make.person("Ana", "Núñez")
    with opened.app.app_context():
        db.engine.dispose()
    return env
