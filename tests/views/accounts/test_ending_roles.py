"""Roles with an end, in the form and on the pages of accounts."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.models.accounts.accounts import Role
from tests.factories import utc
from tests.views.pages import text


@pytest.fixture
def story(house, browse, at):
    """Alice is an admin in Caracas."""
    at(utc("2025-12-01 14:00"))
    with house.open() as make:
        alice, bob, congress = make.user("Alice"), make.user("Bob"), make.congress("Congress of Quito")
        make.grant(alice, Role.ADMIN)
    return browse(alice), browse(bob), f"/users/{bob.id}", f"congress:{congress.id}"


def test_a_role_is_granted_until_the_end_of_a_day_and_the_pages_say_so(story, at):
    alice, bob, page, scope = story
    answer = alice.post(f"{page}/grants", alice.typed(page, role="organizer", scope=scope, until="2025-12-05"))
    assert answer.status_code == 302
    assert re.search("since .* until ", " ".join(text(alice.get(page)).split()))
    assert "until" in text(bob.get("/account"))
    assert bob.get("/people").status_code == 200
    at(utc("2025-12-06 04:00"))
    assert bob.get("/people").status_code == 404
    assert "no role" in text(alice.get("/users"))
    assert "This account does not have access to anything yet." in text(alice.get(page))


def test_a_day_that_is_over_is_refused_beside_its_field(story):
    alice, bob, page, scope = story
    answer = alice.post(
        f"{page}/grants",
        alice.typed(page, role="organizer", scope=scope, until=f"{clock.now() - timedelta(days=3):%Y-%m-%d}"),
    )
    assert answer.status_code == 422
    assert "This day is over. Choose a later one." in text(answer)
    assert bob.get("/people").status_code == 404
