"""The board of actions: by status and by assignee, with buttons, and the lists behind its columns."""

import re

import pytest

from app.domain.actions import follow_ups
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.queries.actions.board import CARDS
from tests.views.pages import text


@pytest.fixture
def team(house):
    """Alice coordinates a congress, Bob is on her team, and Charlie works on another one."""
    with house.open() as make:
        congress, other = make.congress("Peace"), make.congress("Elsewhere")
        alice, bob, charlie = (make.user(name) for name in ("Alice", "Bob", "Charlie"))
        make.grant(alice, Role.COORDINATOR, congress=congress)
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(charlie, Role.COORDINATOR, congress=other)
        for number in range(CARDS + 2):
            make.follow_up(congress, alice, title=f"Call {number}")
        make.follow_up(congress, bob, title="Print the badges", by=alice)
        house.path = f"/congresses/{congress.id}/follow-ups"
    return alice, bob, charlie


def columns(page):
    """Return the text of each column by its heading."""
    parts = re.split(r"<h2>(.*?)</h2>", text(page).partition('class="board"')[2], flags=re.DOTALL)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_board_by_status_counts_and_leads_to_the_list_behind_each_column(house, browse, team):
    alice, _bob, charlie = team
    browser = browse(alice)
    found = columns(browser.get(f"{house.path}?view=status"))
    assert list(found) == ["To do (13)", "In progress (0)", "Done (0)", "Dropped (0)"]
    assert f'<a href="{house.path}?show=needs_action">and 3 more</a>' in found["To do (13)"]
    assert "13 found." in text(browser.get(f"{house.path}?show=needs_action"))
    assert browse(charlie).get(f"{house.path}?view=status").status_code == 404
    assert "Call" not in columns(browse(charlie).get("/follow-ups?view=status"))["To do (0)"]


def test_the_board_by_assignee_shows_the_workload_and_follows_the_filter(house, browse, team):
    alice, bob, _charlie = team
    browser = browse(alice)
    page = browser.get(f"{house.path}?view=assignee&q=call")
    assert list(columns(page)) == ["Alice (12)"]
    assert f'href="{house.path}?q=call&who=user:{alice.id}&show=open"' in text(page).replace("%3A", ":")
    assert 'name="view" value="assignee"' in page.text
    assert f'href="{house.path}?q=call">List' in page.text
    whole = text(browser.get(f"{house.path}?view=assignee"))
    assert list(columns(browser.get(f"{house.path}?view=assignee"))) == ["Alice (12)", "Bob (1)"]
    assert f"<bdi>{bob.name}</bdi></th>" in whole
    assert "Workload of each assignee" in text(browser.get(house.path))


def test_a_button_on_a_card_changes_the_status_leads_back_and_can_be_undone(house, browse, team):
    _alice, bob, _charlie = team
    browser, here = browse(bob), f"{house.path}?view=status"
    page = browser.get(here).text
    assert f'name="back" value="{here}"' in page
    action = re.search(r'formaction="/follow-ups/(\d+)/begin"', page)[1]
    answer = browser.post(f"/follow-ups/{action}/begin", {"back": here})
    assert answer.location == here
    after = browser.get(here)
    assert {"To do (12)", "In progress (1)"} <= set(columns(after))
    browser.post(re.search(r'action="([^"]*/undo/\d+)"', after.text)[1])
    assert {"To do (13)", "In progress (0)"} <= set(columns(browser.get(here)))


def test_a_button_leads_only_to_pages_of_this_site(house, browse, team):
    browser = browse(team[1])
    answer = browser.post("/follow-ups/1/complete", {"back": "//evil.example"})
    assert answer.location == "/"


def test_a_closed_action_is_not_begun(house, browse, team):
    with house.open():
        follow_ups.complete(db.session.get_one(FollowUp, 1))
    page = browse(team[0]).post("/follow-ups/1/begin", follow_redirects=True)
    assert "This action is closed. Reopen it to change it." in text(page)
    with house.open():
        assert db.session.get_one(FollowUp, 1).status is FollowUpStatus.COMPLETED


def test_the_default_filter_also_applies_to_the_board(house, browse, team):
    browser = browse(team[0])
    browser.post("/follow-ups/filters/new?who=me", {"name": "Mine", "is_default": "1"})
    assert browser.get(f"{house.path}?view=status").location == f"{house.path}?who=me&view=status"
    board = browser.get(f"{house.path}?who=me&view=status").text
    assert f'href="{house.path}?show=&amp;view=status">Show all' in board
    assert 'aria-current="page">Mine' in board
