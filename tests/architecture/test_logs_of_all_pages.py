"""Logs of all pages contain no name, address or token: whatever is shown, sent or goes wrong."""

import io
import logging
import re

import pytest
from sqlalchemy import text

from app import logs
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from tests.architecture.test_access import MASTER, OPEN, STRANGER, Pages, account_of, populated
from tests.databases import ONE_DATABASE

NAMES = ("Canaria", "Canary")
"""The titles of congresses and campaigns; people, articles and sign-ups of the factories are named after them."""
CANARY = re.compile(r"canar|@|eyJ|[\w-]{24,}\.[\w-]{5,}|/[\w-]{30,}", re.IGNORECASE)
TYPED = {"q": "canary typed", "page": "canary", "next": "/canary", "name": "Canary Paz", "email": "canary@example.org"}


@pytest.fixture
def logged(monkeypatch):
    """What the process logs, from the lowest level on."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Formatter())
    monkeypatch.setattr(root, "handlers", [*root.handlers, handler])
    level = root.level
    root.setLevel(logging.DEBUG)
    yield stream.getvalue
    root.setLevel(level)


def broken(*_args, **kwargs):
    """Fail as a page can at its worst: an error of the database about what was typed, while another one is handled."""
    try:
        int(f"Canary Paz <canary@example.org> {kwargs}")
    except ValueError:
        db.session.execute(
            text("SELECT nothing FROM nowhere WHERE name = :name"),
            {"name": "Canary Paz"},
            execution_options={"unscoped": "a test"},
        )


LAST = "locks.lock"
"""The form after which every page is closed."""


@pytest.mark.parametrize("actor", [MASTER, STRANGER], ids=str)
@ONE_DATABASE
def test_no_page_whether_it_works_or_fails_logs_anything_about_a_person(house, browse, logged, actor, monkeypatch):
    app = house.app
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with house.open() as make:
        world = populated(make, NAMES)
        user = account_of(make, actor, world.here)
    found = [ask for ask in Pages(app, world).requests(actor) if ask[3] == OPEN]
    asks = [ask for ask in found if ask[0] != LAST]
    for _endpoint, method, path, _verdict in asks:
        send(browse(user), method, path)
    with house.open():
        deliver_due()
    failed, breaking = set(), asks[::4]  # an error is logged in the same way on all of them
    for endpoint, method, path, _verdict in breaking:
        with monkeypatch.context() as patch:
            patch.setitem(app.view_functions, endpoint, failing(app.view_functions[endpoint]))
            failed.add(send(browse(user), method, path))
    for _endpoint, method, path, _verdict in (ask for ask in found if ask[0] == LAST):
        send(browse(user), method, path)
    lines = logged().splitlines()
    assert failed == {500}
    assert sum('event="internal error"' in line for line in lines) >= len(breaking)
    assert [line for line in lines if CANARY.search(line)] == []


def failing(view):
    """Return a view that requires what another one does, and fails."""

    def fails(**kwargs):
        broken(**kwargs)

    for name in ("access", "fresh", "cookieless", "link", "home"):
        if hasattr(view, name):
            setattr(fails, name, getattr(view, name))
    return fails


def send(client, method, path):
    """Request a page with names, addresses and words in its address and its form; return the status."""
    ask = client.get if method == "GET" else client.post
    given = {"query_string": TYPED} if method == "GET" else {"data": TYPED, "query_string": {"form": "canary"}}
    return ask(path, buffered=True, headers={"User-Agent": "canary", "Referer": "http://canary/"}, **given).status_code
