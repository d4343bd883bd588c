"""The form to assign an action."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from tests.factories import utc
from tests.views.pages import text

DUE = f"{clock.now() + timedelta(days=3):%Y-%m-%dT%H:%M}"
TYPED = {"due": DUE, "remind_before_hours": "24", "priority": "normal"}


@pytest.fixture
def story(house, browse):
    """A congress with two delegations that a closure affects and one that it does not; Bob is signed in."""
    with house.open() as make:
        congress = make.congress()
        for name in ("Alice", "Charlie"):
            make.grant(make.user(name), Role.COORDINATOR, congress=congress)
        bob = make.user("Bob")
        make.grant(bob, Role.COORDINATOR, congress=congress)
        hit = [make.delegation(congress) for _ in range(2)]
        for one in hit:
            make.leg(one)
        spared = make.delegation(congress)
        problem = make.problem(congress)
    path = f"/follow-ups/new?congress={congress.id}"
    return browse(bob), bob, path, f"{path}&problem={problem.id}", [one.id for one in hit], spared.id


def ticked(page):
    return [int(found) for found in re.findall(r'<input checked[^>]*name="delegations"[^>]*value="(\d+)"', page)]


def assigned(house):
    with house.open():
        return sorted((one.delegation_id or 0, one.title) for one in db.session.query(FollowUp))


def test_the_current_user_is_the_default_assignee(story):
    browser, bob, path, about, _hit, _spared = story
    for page in (text(browser.get(path)), text(browser.get(about))):
        assert re.search(rf'<option selected value="{bob.id}">Bob', page)


def test_without_a_problem_the_title_is_required_and_the_form_mentions_no_other_choice(house, story):
    browser, bob, path, _about, _hit, _spared = story
    assert "the choice above" not in text(browser.get(path))
    refused = browser.post(path, TYPED | {"assignee_id": bob.id})
    assert refused.status_code == 422
    assert "This field is required." in text(refused)
    assert assigned(house) == []


def test_an_action_for_the_cause_of_a_problem_needs_no_title(house, story):
    browser, bob, _path, about, hit, _spared = story
    sent = TYPED | {"assignee_id": bob.id, "kind": "rebook", "delegations": hit[:1]}
    assert browser.post(about, sent).status_code == 302
    assert [delegation for delegation, _title in assigned(house)] == hit[:1]


def test_all_affected_delegations_are_chosen_by_default_unless_the_address_names_one(story):
    browser, _bob, path, about, hit, spared = story
    assert ticked(text(browser.get(about))) == hit
    assert ticked(text(browser.get(f"{about}&delegation={hit[1]}"))) == hit[1:]
    assert ticked(text(browser.get(path))) == []
    assert ticked(text(browser.get(f"{path}&delegation={spared}"))) == [spared]


@pytest.mark.parametrize("whom", ["all", "ticked"])
def test_one_choice_assigns_an_action_for_all_offered_delegations(house, story, whom):
    browser, bob, path, about, hit, spared = story
    sent = TYPED | {"assignee_id": bob.id, "title": "Call", "whom": whom, "delegations": hit[:1]}
    assert browser.post(path, sent).status_code == 302
    everyone = [(one, "Call") for one in (*hit, spared)]
    assert assigned(house) == (everyone if whom == "all" else everyone[:1])
    assert browser.post(about, sent | {"title": "Write"}).status_code == 302
    about_it = [one for one, title in assigned(house) if title == "Write"]
    assert about_it == (hit if whom == "all" else hit[:1])


def test_without_a_chosen_delegation_there_is_one_general_action(house, story):
    browser, bob, _path, about, _hit, _spared = story
    browser.post(about, TYPED | {"assignee_id": bob.id, "title": "Watch the news", "whom": "ticked"})
    assert assigned(house) == [(0, "Watch the news")]


def test_due_dates_are_shown_in_the_users_zone_and_also_in_the_congresss_if_it_differs(house, browse, at):
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        ana = make.user("Ana", timezone="America/Bogota")
        congress = make.congress()
        make.grant(ana, congress=congress)
        make.follow_up(congress, ana, utc("2025-12-12 23:00"))
    page = browse(ana).get("/").get_data(as_text=True)
    assert "18:00 (Bogotá) = 19:00 (Caracas)" in page
