"""No input is an internal error: every parameter of every page, and every field of every form, with anything in it."""

import os
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import pytest
from lxml import html
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from app.logs import told
from tests.architecture.test_access import MASTER, OPEN, STRANGER, Pages, account_of, populated

NOT_SENT = ("csrf_token",)
WITHOUT = object()
KINDS = {
    "beyond 64 bits": "1" + "0" * 30,
    "negative": "-1",
    "a NUL byte": "a\0b",
    "a lone surrogate": b"a\xed\xa0\x80b",
    "5,000 words": "palabra " * 5000,
    "70 KB": "x" * 70_000,
    "the end of time": "9999-12-31T23:59",
    "the beginning of time": "0001-01-01",
    "no number": "NaN",
    "an infinite number": "1e999",
    "nothing": "",
    "missing": WITHOUT,
    "repeated": ("1", "2"),
    "broken JSON": '[["a", {',
}


class Noted(ImmutableMultiDict):
    """Parameters of a request that note which names a view asks for."""

    asked: set[str] = set()  # noqa: RUF012 - it is cleared by whoever looks

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key, *args, **kwargs):
        self.asked.add(key)
        return super().get(key, *args, **kwargs)

    def getlist(self, key, *args, **kwargs):
        self.asked.add(key)
        return super().getlist(key, *args, **kwargs)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)


@dataclass(frozen=True)
class Sheet:
    """Where a form is sent, and what a browser would send."""

    method: str
    path: str
    values: tuple[tuple[str, str], ...]

    @property
    def names(self):
        return sorted({name for name, _ in self.values} - {*NOT_SENT})

    @staticmethod
    def hostile(name, value):
        """Return what is sent for a field with a hostile value."""
        return [(name, one) for one in ([] if value is WITHOUT else value if isinstance(value, tuple) else [value])]


class Attack:
    """Sends requests and remembers which ones were internal errors."""

    def __init__(self, client, app, monkeypatch):
        self.client, self.sent, self.found, self.causes = client, 0, [], []
        monkeypatch.setattr(app, "log_exception", lambda info: self.causes.append(told(info[1])))

    def send(self, sheet, pairs, what):
        self.sent += 1
        self.causes.clear()
        encoded = urlencode(pairs)
        if sheet.method == "GET":
            answer = self.client.get(f"{sheet.path}?{encoded}", buffered=True)
        else:
            form = {"data": encoded, "content_type": "application/x-www-form-urlencoded"}
            answer = self.client.post(sheet.path, **form, buffered=True)
        if answer.status_code >= 500:
            self.found.append(f"{sheet.method} {sheet.path} {what}: {answer.status_code} {self.causes}")

    def spread(self, sheet, turns):
        """Send every kind in every field, but in each request another kind in each of them."""
        kinds = [*KINDS.items()]
        for turn in turns:
            pairs = [pair for pair in sheet.values if pair[0] not in sheet.names]
            for number, name in enumerate(sheet.names):
                pairs += sheet.hostile(name, kinds[(number + turn) % len(kinds)][1])
            self.send(sheet, pairs, f"turn {turn}")

    def one_by_one(self, sheet, kinds):
        """Send some kinds in one field after the other, with the others as a browser would send them."""
        for name in sheet.names:
            kept = [pair for pair in sheet.values if pair[0] != name]
            for kind in kinds:
                self.send(sheet, [*kept, *sheet.hostile(name, KINDS[kind])], f"{kind} in {name}")


@pytest.fixture
def attack(house, browse, monkeypatch):
    """Return what an actor may send, as forms and addresses, and who sends it."""
    app = house.app
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Noted)

    def begin(actor):
        with house.open() as make:
            world = populated(make)
            user = account_of(make, actor, world.here)
        client = browse(user).client
        return Attack(client, app, monkeypatch), sheets_of(app, client, Pages(app, world).requests(actor))

    return begin


def sheets_of(app, client, asks):
    """Return every form that is on any page, once for each endpoint and its fields, and every address with parameters."""
    found = {}
    for endpoint, method, path, verdict in asks:
        if verdict != OPEN or method != "GET":
            continue
        Noted.asked = set()
        answer = client.get(path, buffered=True)
        names = Noted.asked - {"csrf_token", "idempotency_key"}
        found.setdefault((endpoint, "GET"), Sheet("GET", path, tuple((name, "1") for name in sorted(names))))
        if answer.mimetype == "text/html" and answer.status_code == 200:
            for form in html.fromstring(answer.get_data(as_text=True)).forms:
                sheet = sheet_of(form, path)
                target = endpoint_of(app, sheet)
                if target and sheet.names:
                    found.setdefault((target, sheet.method, *sheet.names), sheet)
    return list(found.values())


def sheet_of(form, path):
    address = urlsplit(form.get("action") or path)
    values = tuple((name, str(value)) for name, value in form.form_values())
    more = tuple((one.get("name"), "") for one in form.xpath(".//input[@type='file' or @type='checkbox']"))
    known = {name for name, _ in values}
    return Sheet(form.method, address.path, values + tuple(pair for pair in more if pair[0] and pair[0] not in known))


def endpoint_of(app, sheet):
    try:
        return app.url_map.bind("encuentro.test").match(sheet.path, method=sheet.method)[0]
    except HTTPException:
        return None


LEAVES = {
    "accounts.sign_out",
    "sessions.end",
    "sessions.end_others",
    "users.remove",
    "users.deactivate",
    "accounts.choose_password",
    "locks.lock",
}
"""Forms after which the sender would be signed out."""


WHOLE = os.environ.get("ENCUENTRO_HOSTILE") == "whole"
"""Send every kind in every field, together and alone, which takes an hour. Otherwise, every fourth form and address gets one
kind; which one, depends on its place among all of them."""
_EVERY = 4
ON_EVERY_PAGE = {"another", "form", "history", "locale", "messages", "page"}
"""Parameters that many pages read in the same way."""
ALONE = ("a NUL byte", "beyond 64 bits")
"""What PostgreSQL refuses and SQLite stores; other fields have to be valid for it to get there."""


def plan(number, sheet):
    """Return the turns in which hostile values are spread over the fields of a form or the parameters of an address."""
    if WHOLE:
        return range(len(KINDS))
    turn, left_over = divmod(number, _EVERY)
    is_ordinary = sheet.method == "GET" and {*sheet.names} <= ON_EVERY_PAGE
    return () if left_over or is_ordinary else (turn % len(KINDS),)


@pytest.mark.parametrize("actor", [MASTER, STRANGER], ids=str)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
def test_nothing_that_is_sent_to_any_page_is_an_internal_error(house, attack, actor):
    attacker, sheets = attack(actor)
    assert len(sheets) > 50
    for number, sheet in enumerate(sheets):
        if endpoint_of(house.app, sheet) not in LEAVES:
            attacker.spread(sheet, plan(number, sheet))
            if WHOLE and sheet.method == "POST":
                attacker.one_by_one(sheet, KINDS)
    assert not attacker.found, "\n".join(attacker.found)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True, scope="session")
def test_nothing_that_is_sent_to_a_public_page_is_an_internal_error_of_postgresql(house, attack):
    attacker, sheets = attack(STRANGER)
    for number, sheet in enumerate(sheets):
        attacker.spread(sheet, plan(number, sheet))
        if sheet.method == "POST" and plan(number, sheet):
            attacker.one_by_one(sheet, ALONE)
    assert not attacker.found, "\n".join(attacker.found)
