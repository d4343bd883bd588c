"""What is done with several actions of a list at once: the preview, the result, and undoing it."""

import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp, FollowUpStatus, Priority
from app.models.mail.deliveries import Delivery
from tests.factories import utc
from tests.views.pages import text

DUE = utc("2025-12-10 15:00")


@pytest.fixture
def team(house, at):
    """Alice coordinates a congress with three actions, Bob is on her team, and Charlie works on another one."""
    at(utc("2025-12-06 12:00"))
    with house.open() as make:
        congress, other = make.congress("Peace"), make.congress("Elsewhere")
        alice, bob, charlie = (make.user(name) for name in ("Alice", "Bob", "Charlie"))
        for user, place in ((alice, congress), (bob, congress), (charlie, other)):
            make.grant(user, Role.COORDINATOR, congress=place)
        make.person("Rosa", "Luz", congress=congress)
        for title in ("Call", "Print", "Sweep"):
            make.follow_up(congress, alice, DUE, title=title)
        make.follow_up(other, charlie, DUE, title="Secret")
        house.path = f"/congresses/{congress.id}/follow-ups"
    return alice, bob, charlie


def preview(browser, path, **typed):
    """Return the page with the preview, and what confirms it."""
    page = browser.post(path, typed)
    shown = dict(re.findall(r'name="(previewed|idempotency_key)" value="(\w+)"', page.text))
    return text(page), typed | shown | {"confirm": "1"}


def states(house, column):
    with house.open():
        rows = db.session.query(FollowUp).order_by(FollowUp.id)
        return [getattr(one, column) for one in rows]


def undo(browser, answer):
    """Undo what was done; return the page that offers it, and the next one."""
    page = browser.get(answer.location)
    address = re.search(r'action="([^"]*/undo/\d+)"', page.text)[1]
    return text(page), text(browser.post(address, follow_redirects=True))


def test_the_list_offers_what_can_be_done_and_leads_to_its_page(house, browse, team):
    browser = browse(team[0])
    listed = browser.get(house.path).text
    assert len(re.findall(r'<input type="checkbox" name="id"', listed)) == 3
    assert '<option value="move">move the due date' in listed
    chosen = browser.get("/follow-ups/selected?do=move&id=1&id=2&congress=1")
    assert chosen.location.startswith("/follow-ups/selected/move?")
    assert browser.get("/follow-ups/selected?congress=1&show=open").location == f"{house.path}?congress=1&show=open"
    assert browser.get("/follow-ups/selected?congress=2").status_code == 404


def test_actions_are_moved_as_the_preview_says_and_one_press_undoes_it(house, browse, team):
    browser, path = browse(team[0]), "/follow-ups/selected/move?id=1&id=2&id=4&congress=1"
    asked = text(browser.get(path))
    assert "1 of the 3 selected cannot be changed by you." in asked
    assert "Secret" not in asked
    wrong = browser.post(path, {"days": "3", "day": "2025-12-12"})
    assert "Enter either a number of days or a day." in text(wrong)
    page, confirm = preview(browser, path, days="3")
    assert "Will be changed: 2" in page
    assert states(house, "due_at") == [DUE] * 4
    answer = browser.post(path, confirm)
    assert answer.location == house.path
    assert [due.day for due in states(house, "due_at")] == [13, 13, 10, 10]
    said, undone = undo(browser, answer)
    assert "2 actions were changed. 1 of the 3 selected cannot be changed by you." in said
    assert "Undone: Due dates moved: 2 actions" in undone
    assert states(house, "due_at") == [DUE] * 4


def test_all_that_the_filter_finds_is_given_a_day_and_what_has_changed_is_shown_again(house, browse, team):
    browser, path = browse(team[0]), "/follow-ups/selected/move?all=1&q=call&congress=1"
    _page, confirm = preview(browser, path, day="2025-12-20")
    with house.open() as make:
        make.follow_up(db.session.get_one(FollowUp, 1).congress, team[1], title="Call again")
    again = browser.post(path, confirm)
    assert "The preview below has changed." in text(again)
    assert "Will be changed: 2" in text(again)
    assert [due.day for due in states(house, "due_at")][:2] == [10, 10]


def test_actions_are_assigned_to_a_person_without_an_account_with_one_email(house, browse, team):
    browser, path = browse(team[0]), "/follow-ups/selected/assign?id=1&id=2"
    with house.open():
        db.session.get_one(FollowUp, 2).status = FollowUpStatus.CANCELLED
        before = db.session.query(Delivery).count()
    page, confirm = preview(browser, path, assignee_id="0", assignee_person="Rosa Luz")
    assert "Already done or dropped: 1" in page
    answer = browser.post(path, confirm)
    assert states(house, "assignee_person_id")[:2] == [1, None]
    with house.open():
        assert db.session.query(Delivery).count() == before + 1
    undo(browser, answer)
    assert states(house, "assignee_id")[0] == team[0].id


def test_an_account_that_does_not_work_on_a_place_is_not_assigned_there(house, browse, team):
    alice, _bob, charlie = team
    answer = browse(alice).post("/follow-ups/selected/assign?id=1", {"assignee_id": str(charlie.id)})
    assert answer.status_code in (404, 422)
    with house.open() as make:
        make.grant(alice, Role.COORDINATOR, congress=db.session.get_one(FollowUp, 4).congress)
    page, _confirm = preview(browse(alice), "/follow-ups/selected/assign?id=1&id=4", assignee_id=str(charlie.id))
    assert "In a congress or campaign that the assignee does not work on: 1" in page
    assert "So already: 1" in page


def test_actions_are_closed_and_prioritized_together(house, browse, team):
    browser = browse(team[1])
    path = "/follow-ups/selected/complete?id=1&id=2&congress=1"
    selection = re.search(r'name="selection" value="(\w+)"', browser.get(path).text)[1]
    browser.post(path, {"selection": selection})
    assert states(house, "status")[:3] == [FollowUpStatus.COMPLETED] * 2 + [FollowUpStatus.NEEDS_ACTION]
    path = "/follow-ups/selected/prioritize?id=1&id=3"
    page, confirm = preview(browser, path, priority="high")
    assert "Already done or dropped: 1" in page
    browser.post(path, confirm)
    assert states(house, "priority")[:3] == [Priority.NORMAL, Priority.NORMAL, Priority.HIGH]
    browser.post("/congresses/1/undo/1")
    assert FollowUpStatus.COMPLETED not in states(house, "status")


def test_charlie_changes_nothing_of_others(house, browse, team):
    path = "/follow-ups/selected/complete?id=1"
    page = browse(team[2]).get(path)
    assert "1 of the 1 selected cannot be changed by you." in text(page)
    assert 'name="selection"' not in page.text
    browse(team[2]).post(path, {"selection": "x"})
    assert states(house, "status")[0] is FollowUpStatus.NEEDS_ACTION
