"""Filters of the lists of actions: in their address, as a sentence, in downloads, and saved under a name."""

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import Priority
from app.models.actions.saved_filters import SavedFilter
from app.queries.actions.filters import SubjectKind
from app.views.actions import about
from tests.views.pages import text


@pytest.fixture
def team(house):
    """Alice coordinates a congress with three actions, Bob is on her team, and Charlie works on another one."""
    with house.open() as make:
        congress, other = make.congress("Peace"), make.congress("Elsewhere")
        alice, bob, charlie = (make.user(name) for name in ("Alice", "Bob", "Charlie"))
        make.grant(alice, Role.COORDINATOR, congress=congress)
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(charlie, Role.COORDINATOR, congress=other)
        rosa = make.person("Rosa", congress=congress)
        make.follow_up(congress, alice, title="Call the consulate", priority=Priority.HIGH)
        make.follow_up(congress, bob, title="Print the badges", by=alice)
        make.follow_up(congress, rosa, title="Carry the banner", by=alice)
        house.path = f"/congresses/{congress.id}/follow-ups"
        house.rosa = rosa.id
    return alice, bob, charlie


def save(browser, query, name="Mine", **typed):
    return browser.post(f"/follow-ups/filters/new?{query}", {"name": name, **typed})


def test_the_filter_is_in_the_address_and_is_told_in_a_sentence(house, browse, team):
    alice, bob, _charlie = team
    page = text(browse(alice).get(f"{house.path}?who=user:{bob.id}&priority=normal&show=open"))
    assert "Filtered by Status: open; Who: Bob; Priority: normal." in page
    assert "Print the badges" in page
    assert "Call the consulate" not in page
    mine = text(browse(bob).get("/follow-ups?who=me"))
    assert "Filtered by Who: me." in mine
    assert ("Print the badges" in mine, "Carry the banner" in mine) == (True, False)


def test_the_download_contains_what_the_filter_shows(house, browse, team):
    alice, _bob, _charlie = team
    file = browse(alice).post(
        f"{house.path}/download?who=person:{house.rosa}",
        {"file_format": "csv", "columns": ["title"]},
    )
    assert [line.strip('"') for line in file.text.split()[-3:]] == ["Carry", "the", "banner"]
    assert "consulate" not in file.text


def test_who_is_known_but_has_none_here_gives_an_empty_list_and_nonsense_shows_an_error(house, browse, team):
    alice, _bob, charlie = team
    browser = browse(alice)
    assert "0 found." in text(browser.get(f"{house.path}?who=user:{charlie.id}"))
    for wrong in ("who=user:x", "due=never", "part=use:", "by=5", "since=2025-12-09&until=2025-12-08"):
        page = browser.get(f"{house.path}?{wrong}")
        assert (page.status_code, 'aria-invalid="true"' in page.text) == (200, True), wrong
        assert "Call the consulate" in page.text


def test_a_saved_filter_is_a_link_above_the_lists_of_its_account_alone(house, browse, team):
    alice, bob, _charlie = team
    browser = browse(alice)
    saved = save(browser, "priority=high&sorting=priority", "Urgent")
    assert saved.location.startswith("/follow-ups?")
    assert {"priority=high", "sorting=priority"} == set(saved.location.partition("?")[2].split("&"))
    link = f'href="{house.path}?priority=high&amp;sorting=priority">Urgent'
    assert link in browser.get(house.path).text
    shown = browser.get(f"{house.path}?priority=high&sorting=priority")
    assert 'aria-current="page">Urgent' in shown.text
    assert "Save this filter" not in shown.text
    assert "Urgent" not in browse(bob).get(house.path).text
    assert browse(bob).get("/follow-ups/filters/1/edit").status_code == 404
    assert browse(bob).post("/follow-ups/filters/1/remove").status_code == 404


def test_lists_begin_with_the_default_filter_of_which_there_is_one(house, browse, team):
    alice, _bob, _charlie = team
    browser = browse(alice)
    save(browser, "who=me", "Mine", is_default="1")
    save(browser, "due=late", "Late", is_default="1")
    with house.open():
        assert [one.name for one in db.session.query(SavedFilter).filter_by(is_default=True)] == ["Late"]
    assert browser.get(house.path).location == f"{house.path}?due=late"
    whole = browser.get(f"{house.path}?due=late").text
    assert f'href="{house.path}?show=">Show all' in whole
    assert browser.get(f"{house.path}?show=").status_code == 200


def test_a_name_is_given_once_and_a_list_without_a_filter_is_not_saved(house, browse, team):
    alice, bob, _charlie = team
    browser = browse(alice)
    save(browser, "who=me", "Mine")
    refused = save(browser, "due=late", "  MINE ")
    assert refused.status_code == 422
    assert "You have saved another filter with this name." in refused.text
    assert "This list shows everything. Filter it first." in save(browser, "", "All").text
    assert save(browse(bob), "due=late", "Mine").status_code == 302


def test_removing_a_filter_can_be_undone_by_its_account(house, browse, team):
    alice, bob, _charlie = team
    browser = browse(alice)
    save(browser, "who=me", "Mine", is_default="1")
    page = browser.post("/follow-ups/filters/1/remove", follow_redirects=True)
    assert "The filter was removed." in text(page)
    with house.open():
        assert db.session.query(SavedFilter).count() == 0
    assert "Mine" not in browse(bob).get("/undo").text
    assert browse(bob).post("/undo/1").status_code == 404
    browser.post("/undo/1")
    with house.open():
        assert [(one.name, one.is_default) for one in db.session.query(SavedFilter)] == [("Mine", True)]


def test_actions_are_filtered_by_everything_that_they_can_be_about():
    assert {*about.SUBJECTS} - {"parent", "after"} == {*SubjectKind} - {SubjectKind.NOTHING}
