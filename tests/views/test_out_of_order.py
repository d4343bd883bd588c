"""If the database is busy, full, read-only or unreachable, reading goes on, and saving says so and gives back what was typed."""

import dataclasses
import html
import re
import resource
import sqlite3
import time
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import event

from app import create_app
from app.config import PAGE_WAIT_SECONDS, Config
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.campaigns.campaigns import Campaign
from tests.conftest import Browser, House
from tests.databases import migrated, settings_for
from tests.mailserver import free_port

GOAL = "¡Tierra, «agua» & compañeras!" * 160
"""More than a page of the database."""
TYPED = {"title": "Nueva", "goal": GOAL, "start_date": "2026-12-01", "timezone": "America/Caracas"}


@pytest.fixture
def impatient_settings(tmp_path):
    """Settings of a web process, which waits only for a second."""
    return dataclasses.replace(settings_for(tmp_path), database_wait_seconds=1).for_pages()


@pytest.fixture
def own(impatient_settings):
    """A database of its own."""
    app = migrated(impatient_settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    yield House(app)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def alice(own):
    with own.open() as make:
        user = make.user("Alice", locale="es")
        make.grant(user, Role.ADMIN)
        make.campaign("Land")
        return user


@contextmanager
def locked(own):
    """Hold the write lock."""
    with own.app.app_context():
        other = sqlite3.connect(db.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@contextmanager
def full(own):
    """Allow the database no more pages than it has."""

    def limit(connection, _record):
        connection.execute("PRAGMA max_page_count = 1")  # SQLite raises it to what the file has

    with own.app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", limit)
    try:
        yield
    finally:
        with own.app.app_context():
            event.remove(db.engine, "connect", limit)
            db.engine.dispose()


@contextmanager
def no_file_grows(_own):
    """Let the operating system refuse every write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(own):
    """Let SQLite refuse to write, as in a folder that is read-only."""

    def refuse(connection):
        if not connection.get_execution_options().get("read_only"):
            connection.exec_driver_sql("PRAGMA query_only = 1")

    with own.app.app_context():
        event.listen(db.engine, "begin", refuse)
    try:
        yield
    finally:
        with own.app.app_context():
            event.remove(db.engine, "begin", refuse)


CONDITIONS = {"locked": locked, "full": full, "no file grows": no_file_grows, "read-only": read_only}


def titles(own):
    with own.open():
        return [one.title for one in db.session.query(Campaign).order_by(Campaign.id)]


def kept(answer):
    """Return what the page sends again."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
    return {name: html.unescape(value) for name, value in fields}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_saving_says_at_once_that_nothing_is_saved_and_gives_back_every_word(own, alice, condition):
    page = Browser(own.app, alice)
    typed = page.typed("/campaigns/new", **TYPED)
    with CONDITIONS[condition](own):
        began = time.monotonic()
        answer = page.post("/campaigns/new", typed)
        assert time.monotonic() - began < 5
        assert page.get("/campaigns").status_code == 200
    assert answer.status_code == 503
    again = kept(answer)
    assert (again["title"], again["goal"]) == ("Nueva", GOAL)
    assert titles(own) == ["Land"]
    assert page.post("/campaigns/new", again).status_code == 302
    assert titles(own) == ["Land", "Nueva"]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_page_is_in_the_language_of_the_account(own, alice, condition):
    page = Browser(own.app, alice)
    with page.client.session_transaction() as session:
        session["locale"] = "es"
    typed = page.typed("/campaigns/new", **TYPED)
    with CONDITIONS[condition](own):
        answer = page.post("/campaigns/new", typed)
    assert '<html lang="es">' in answer.text
    assert "Enviar otra vez" in answer.text


@pytest.mark.parametrize("condition", [name for name in CONDITIONS if name != "full"])
def test_a_personal_page_gives_back_every_word(own, condition):
    with own.open() as make:
        slug = make.campaign("Land").slug
    visitor = own.app.test_client(use_cookies=False)
    typed = {"email": "zoe@example.org", "language": "pt", "frequency": "weekly", "agreed": "y"}
    with CONDITIONS[condition](own):
        page = visitor.get(f"/c/{slug}", headers={"Accept-Language": "pt"})
        token = kept(page).get("csrf_token", "")
        answer = visitor.post(f"/c/{slug}", data=typed | {"csrf_token": token}, headers={"Accept-Language": "pt"})
    assert page.status_code == 200
    assert answer.status_code == 503
    assert '<html lang="pt">' in answer.text
    assert typed.items() <= kept(answer).items()


def test_a_page_waits_for_the_database_less_than_ten_seconds_and_a_worker_longer():
    assert Config().for_pages().database_wait_seconds == PAGE_WAIT_SECONDS < 10
    assert Config().database_wait_seconds == 30
    options = Config(database_url="sqlite:///x").for_pages().for_flask()["SQLALCHEMY_ENGINE_OPTIONS"]
    assert options["connect_args"]["timeout"] == options["pool_timeout"] == PAGE_WAIT_SECONDS


@pytest.fixture
def server_house(postgresql_url, tmp_path, migrated_apps):
    """The shared PostgreSQL database, behind a web process that waits only for a second."""
    app = create_app(dataclasses.replace(settings_for(tmp_path, database_url=postgresql_url), database_wait_seconds=1))
    app.config.update(WTF_CSRF_ENABLED=False)
    yield House(app)
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True, scope="session")
def test_in_postgresql_a_table_that_is_locked_is_waited_for_only_for_some_seconds(house, server_house, postgresql_url):
    with house.open() as make:
        user = make.user("Alice")
        make.grant(user, Role.ADMIN)
    page = Browser(server_house.app, user)
    typed = page.typed("/campaigns/new", **TYPED)
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE campaigns IN EXCLUSIVE MODE")
        answer = page.post("/campaigns/new", typed)
        assert page.get("/campaigns").status_code == 200
        other.rollback()
    assert (answer.status_code, kept(answer)["goal"]) == (503, GOAL)
    assert titles(house) == []


@pytest.fixture
def unreachable(tmp_path):
    """A web process whose PostgreSQL does not answer."""
    url = f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/nothing"
    app = create_app(settings_for(tmp_path, database_url=url).for_pages())
    app.config.update(WTF_CSRF_ENABLED=False)
    return app


@pytest.mark.parametrize(("path", "language"), [("/c/land", "fr"), ("/campaigns", "es"), ("/", "en")])
def test_without_a_database_server_a_page_says_that_the_service_is_busy(unreachable, path, language):
    client = unreachable.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    answer = client.get(path, headers={"Accept-Language": language})
    assert (answer.status_code, f'<html lang="{language}">' in answer.text) == (503, True)


def test_without_a_database_server_what_was_typed_is_given_back(unreachable):
    client = unreachable.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    answer = client.post("/campaigns/new", data={"title": "Nueva", "goal": GOAL})
    assert (answer.status_code, kept(answer)["goal"]) == (503, GOAL)


def test_an_attachment_that_does_not_fit_on_the_disk_is_no_internal_error(own, alice, monkeypatch):
    def no_room(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.domain.campaigns.campaigns.create", no_room)
    page = Browser(own.app, alice)
    answer = page.post("/campaigns/new", page.typed("/campaigns/new", **TYPED))
    assert (answer.status_code, kept(answer)["title"]) == (503, "Nueva")
