"""Signs of life for programs, and the state of the house for admins."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import event

from app import clock
from app.domain.accounts import alarms
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.alarms import Sign
from app.queries.state import Case, Condition, Line
from tests.databases import ALWAYS, BOTH_DATABASES
from tests.factories import utc

NOW = utc("2025-12-01 14:00")
STANDING = Line(Sign.LETTERS, Case.STANDING, Condition.ATTENTION, NOW - timedelta(hours=1))


@pytest.fixture(autouse=True)
def _now(house, at, settings):
    at(NOW)
    house.app.extensions.pop("readiness", None)
    yield
    house.app.extensions.pop("readiness", None)
    for file in (settings.pulse_file, settings.beat_file):
        file.touch()
        os.utime(file, (ALWAYS, ALWAYS))


@pytest.fixture
def silent_worker(settings):
    """Let the worker have been silent for an hour."""
    os.utime(settings.pulse_file, ((NOW - timedelta(hours=1)).timestamp(),) * 2)


@pytest.fixture
def statements(app):
    """The statements that are sent to the database."""
    sent = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_the_process_answers_without_a_database_or_a_session(alice, statements):
    alice.get("/account")
    statements.clear()
    answer = alice.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"state": "alive"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert statements == []


@BOTH_DATABASES
def test_a_house_that_works_is_ready(browse):
    answer = browse().get("/readyz")
    assert answer.status_code == 200
    told = set(Sign) - {Sign.RETURNED}  # no mailbox of returned emails is set
    assert answer.json == {"state": "ready", "parts": {sign.value: "good" for sign in told}}
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("silent_worker")
def test_a_house_in_which_something_needs_attention_is_not_ready_and_tells_only_words(browse):
    answer = browse().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["state"] == "needs attention"
    assert answer.json["parts"]["worker"] == "needs attention"
    assert {*answer.json["parts"].values()} == {"good", "needs attention"}


def test_asking_often_whether_it_is_ready_asks_the_database_once(browse, statements, at, settings):
    client = browse()
    client.get("/readyz")
    asked = len(statements)
    assert asked
    os.utime(settings.pulse_file, ((NOW - timedelta(hours=1)).timestamp(),) * 2)
    for _ in range(5):
        assert client.get("/readyz").status_code == 200
    assert len(statements) == asked
    at(NOW + timedelta(seconds=6))
    assert client.get("/readyz").status_code == 503
    at(NOW - timedelta(hours=2))
    client.get("/readyz")
    assert len(statements) > 2 * asked


def test_the_page_says_in_words_what_works(alice):
    page = alice.get("/house/state").text
    assert "Everything works." in page
    assert "It works: emails are sent, and tasks are done." in page
    assert "None is made at night." in page
    assert "needs attention" not in page.partition("<main")[2].partition("<ul")[2].partition("</ul>")[0]


@pytest.mark.usefixtures("silent_worker")
def test_the_page_says_since_when_something_needs_attention_and_what_to_do(alice):
    page = alice.get("/house/state").text
    assert "1 thing needs attention." in page
    assert "Last sign of life: Mon, Dec 1, 09:00 (Caracas)." in page
    assert "start Encuentro again" in page


@pytest.mark.usefixtures("silent_worker")
def test_admins_see_on_every_page_that_the_worker_is_down_and_others_do_not(house, alice, browse):
    with house.open() as make:
        organizer = make.user("Bob")
        make.grant(organizer, Role.COORDINATOR)
    banner = "Needs attention: Worker."
    assert banner in alice.get("/congresses").text
    assert banner in alice.get("/congresses/7").text
    assert banner not in alice.get("/house/state").text
    for stranger in (browse(organizer), browse()):
        assert banner not in stranger.get("/congresses", follow_redirects=True).text
    assert "It does nothing: no email is sent." in alice.get("/").text
    assert "It does nothing" not in browse(organizer).get("/").text


def test_an_alarm_stands_above_every_page_until_it_is_over(house, alice, at):
    banner = "Needs attention: Emails."
    assert banner not in alice.get("/congresses").text
    with house.open():
        alarms.watch([STANDING])
    assert banner in alice.get("/congresses").text
    with house.open():
        alarms.watch([])
    assert banner not in alice.get("/congresses").text
    at(clock.now() + timedelta(minutes=6))
    with house.open():
        alarms.watch([])
    page = alice.get("/house/state").text
    assert "Earlier" in page
    assert "Mon, Dec 1, 09:00 (Caracas) – Mon, Dec 1, 10:06 (Caracas)" in page
