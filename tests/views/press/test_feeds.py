"""The pages of feeds."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.extensions import db
from app.jobs.press.poll_feeds import poll_due_feeds
from app.models.accounts.accounts import Role
from app.models.press.feeds import Feed
from tests import press
from tests.factories import utc
from tests.fetching.webserver import WebServer, answer
from tests.views.pages import text

NOON = utc("2026-11-22 12:00")


@pytest.fixture
def alice(house, browse):
    with house.open() as make:
        alice = make.user("Alice", timezone="America/Caracas")
        make.grant(alice, Role.ORGANIZER, campaign=make.campaign())
    return browse(alice)


@pytest.fixture
def server(house):
    with WebServer() as server:
        server.pages["/feed"] = press.feed(press.item(1), press.item(2))
        house.with_settings(fetch_loopback=f"127.0.0.1:{server.port}")
        yield server


@pytest.fixture
def ask(house, at):
    """Run the due tasks of workers at a number of minutes after noon."""

    def ask(minutes=0):
        at(NOON + timedelta(minutes=minutes, seconds=1))
        with house.open():
            poll_due_feeds()

    return ask


@pytest.fixture
def followed(house, alice, server, at):
    """Follow the server's feed; return the path of its buttons."""
    at(NOON)
    assert alice.post("/feeds", {"url": f"{server.url}/feed"}).location == "/feeds"
    with house.open():
        return f"/feeds/{db.session.scalars(select(Feed.id)).one()}"


def test_entries_of_a_followed_feed_are_incoming_articles(alice, followed, ask):
    assert "not asked yet" in text(alice.get("/feeds"))
    ask()
    page = text(alice.get("/feeds"))
    assert "El Muelle" in page
    assert "2 new" in page
    assert "next attempt Sun, Nov 22, 09:00 (Caracas)" in page
    assert "Paro número 1 en el puerto" in text(alice.get("/intakes"))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "This field is required."),
        ("javascript:alert(1)", "Enter the full address"),
        ("feed", "Enter the full address"),
    ],
)
def test_an_invalid_address_is_not_followed(house, alice, typed, message):
    answered = alice.post("/feeds", {"url": typed})
    assert answered.status_code == 422
    assert message in text(answered)
    with house.open():
        assert db.session.scalars(select(Feed)).all() == []


def test_following_a_feed_twice_shows_an_error_on_the_field(alice, followed, server):
    answered = alice.post("/feeds", {"url": f"{server.url}/feed/"})
    assert answered.status_code == 422
    assert "This feed is already followed." in text(answered)


def test_the_user_is_told_when_a_feed_will_be_checked(alice, followed, ask, at):
    ask()
    at(NOON + timedelta(minutes=10))
    alice.post(f"{followed}/check")
    assert "The next check is Sun, Nov 22, 09:00 (Caracas)." in text(alice.get("/feeds"))
    at(NOON + timedelta(minutes=61))
    alice.post(f"{followed}/check")
    assert "It will be checked within a minute." in text(alice.get("/feeds"))


def test_a_feed_can_be_paused_and_resumed(alice, followed, ask, server):
    alice.post(f"{followed}/pause")
    ask()
    assert server.requests == []
    assert "✕ paused" in text(alice.get("/feeds"))
    alice.post(f"{followed}/resume")
    ask(1)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "message", "tag"),
    [
        ("410 Gone", "The publisher has discontinued it.", "✕ paused"),
        ("404 Not Found", "There is nothing at this address.", "! not responding"),
        ("403 Forbidden", "The publisher does not allow automated access to it.", "! not responding"),
    ],
)
def test_the_reason_for_a_failing_feed_is_shown(alice, followed, ask, server, status, message, tag):
    server.pages["/feed"] = answer(b"", status=status)
    ask()
    page = text(alice.get("/feeds"))
    assert message in page
    assert tag in page


def test_a_hostile_feed_title_is_escaped(alice, followed, ask, server):
    server.pages["/feed"] = press.feed(
        press.item(1, link="https://diario.example.org/&lt;script&gt;"),
        title="&lt;script&gt;alert(1)&lt;/script&gt; A &amp;amp; B",
    )
    ask()
    assert "<script" not in alice.get("/feeds").get_data(as_text=True)
    assert "<script" not in alice.get("/intakes").get_data(as_text=True)


def test_a_feed_is_removed_after_a_confirmation_with_its_consequences_and_can_be_restored(alice, followed, ask, server):
    page = text(alice.get(f"{followed}/remove"))
    assert f"Remove {server.url}/feed?" in page
    assert "It has not been fetched yet." in page
    ask()
    page = text(alice.get(f"{followed}/remove"))
    assert "Remove El Muelle?" in page
    assert "2 articles from it that nobody has imported will disappear from the list." in page
    assert "It was last fetched Sun, Nov 22, 08:00 (Caracas)." in page
    assert "Nothing has been removed in the last 30 days." in text(alice.get("/removed"))
    assert alice.post(f"{followed}/remove").location == "/feeds"
    page = text(alice.get("/feeds"))
    assert "0 feeds are followed" in page
    assert "El Muelle" not in page
    assert "El Muelle" in text(alice.get("/removed"))
    assert "Paro número 1" not in text(alice.get("/intakes"))
    alice.post(f"{followed}/bring-back")
    assert "1 feed is followed" in text(alice.get("/feeds"))
    assert "Paro número 1" in text(alice.get("/intakes"))
