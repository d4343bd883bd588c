"""Consents on the page of a person, for those who can see the person."""

import re

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text
from tests.views.test_history import history_on


@pytest.fixture
def world(house, browse):
    """Alice owns the congress, Bob works on it with her, and Charlie works on another one."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice, Role.COORDINATOR, congress=here)
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(charlie, Role.ORGANIZER, congress=there)
        page = f"/people/{make.person('Rosa', 'Luz', congress=here).id}"
    return {"page": page, "alice": browse(alice), "bob": browse(bob), "charlie": browse(charlie)}


def agree(world, **changes):
    typed = {"purpose": "email", "given_at": "2025-03-08", "how": "paper", "words": "Write to me."}
    return world["alice"].post(f"{world['page']}/consents/new", typed | changes)


def withdraw(world, day="2025-06-02"):
    return world["bob"].post(f"{world['page']}/consents/1/withdraw", {"withdrawn_at": day, "withdrawn_how": "phone"})


def words(page):
    return " ".join(re.sub("<[^>]+>", " ", text(page)).split())


def test_a_consent_is_recorded_withdrawn_and_the_withdrawal_undone(world):
    agree(world)
    page = words(world["bob"].get(world["page"]))
    assert "Emails agreed on March 8, 2025 · on paper · Alice" in page
    assert "Write to me." in page
    assert "Consent withdrawn" not in page
    answer = withdraw(world)
    shown = text(world["bob"].get(answer.location))
    assert "Consent withdrawn: emails." in words(world["alice"].get(world["page"]))
    assert "withdrawn on June 2, 2025 · by phone · Bob" in words(world["alice"].get(world["page"]))
    world["bob"].post(re.search(r'action="(/[^"]*undo/\d+)"', shown)[1], {"idempotency_key": "k"})
    assert "Consent withdrawn" not in words(world["alice"].get(world["page"])).partition("History")[0]


def test_a_consent_that_was_given_anew_is_no_longer_refused(world):
    agree(world)
    withdraw(world)
    agree(world, given_at="2025-09-01")
    page = words(world["alice"].get(world["page"]))
    assert "Consent withdrawn: emails." not in page
    assert "Emails earlier consent withdrawn on June 2, 2025" in page


def test_errors_are_shown_together_and_nothing_typed_is_lost(world):
    agree(world)
    refused = agree(world, words="", given_at="2025-03-08")
    assert refused.status_code == 422
    assert "already recorded for this day" in text(refused)
    assert len(re.findall('class="error"', text(refused))) == 2
    refused = withdraw(world, "2025-01-01")
    assert refused.status_code == 422
    assert "before the day on which the consent was given" in text(refused)
    withdraw(world)
    assert "already been withdrawn" in text(withdraw(world, "2025-07-01"))


def test_the_history_names_the_purpose_and_removing_a_mistake_can_be_undone(world):
    agree(world)
    withdraw(world)
    history = history_on(world["alice"], world["page"])
    assert "Consents: <del>emails: given</del> → emails: withdrawn" in history
    assert "Write" not in history
    removed = world["alice"].post(f"{world['page']}/consents/1/remove", {"idempotency_key": "r"})
    shown = text(world["alice"].get(removed.location))
    assert "Write to me." not in shown
    world["alice"].post(re.search(r'action="(/[^"]*undo/\d+)"', shown)[1], {"idempotency_key": "u"})
    assert "Write to me." in text(world["alice"].get(world["page"]))


def test_who_cannot_see_the_person_learns_nothing_about_consents(world):
    agree(world)
    assert world["charlie"].get(world["page"]).status_code == 404
    for path in ("new", "1/withdraw", "1/remove"):
        sent = {
            "purpose": "email",
            "given_at": "2025-03-09",
            "how": "paper",
            "words": "x",
            "withdrawn_at": "2025-04-01",
        }
        assert world["charlie"].post(f"{world['page']}/consents/{path}", sent).status_code == 404
    assert "Consent withdrawn" not in words(world["alice"].get(world["page"]))
