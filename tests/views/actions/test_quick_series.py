"""Quick entry of actions that repeat, for people without an account, and for accounts in another time zone."""

import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from app.models.scoping import EVERYTHING
from tests.factories import utc
from tests.views.actions.test_quick_entry import confirm, preview

WEDNESDAY = utc("2026-12-02 15:00")


@pytest.fixture
def story(house, browse, at):
    """A congress with Bob, who is signed in, and Ana in Madrid; Rosa Luz and Rosa Paz have no account."""
    at(WEDNESDAY)
    with house.open() as make:
        congress = make.congress()
        bob, ana = make.user("Bob"), make.user("Ana", timezone="Europe/Madrid")
        for user in (bob, ana):
            make.grant(user, Role.COORDINATOR, congress=congress)
        for given, family in (("Rosa", "Luz"), ("Rosa", "Paz"), ("Ana", "Sol")):
            make.person(given, family, congress=congress)
        make.person("Zoe", "Far", congress=make.congress("Elsewhere"))
    return browse(bob), f"/follow-ups/quick/new?congress={congress.id}"


def stored(house):
    with house.open(EVERYTHING):
        [action] = db.session.query(FollowUp)
        holder = action.assignee or action.assignee_person
        return holder.id, action.assignee_person_id, action.series and action.series.recurrence, action.occurs_on


@pytest.mark.parametrize(
    ("typed", "told", "rule", "chosen"),
    [
        ("call the consulate every Tuesday at 10", "Repeats: every week on Tuesday", "FREQ=WEEKLY;BYDAY=TU", {}),
        (
            "send the digest every 2 weeks",
            "It repeats from the day on which it is due.",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
            {"due_1": "2026-12-04T10:00"},
        ),
        ("pay the rent on the 5th of every month", "Repeats: every month on day 5", "FREQ=MONTHLY;BYMONTHDAY=5", {}),
    ],
)
def test_a_repetition_is_told_and_stored_as_a_series(house, story, typed, told, rule, chosen):
    browser, path = story
    page = preview(browser, path, typed)
    assert told in page
    assert confirm(browser, path, typed, page, **chosen).status_code == 302
    _holder, person, recurrence, occurs_on = stored(house)
    assert (person, recurrence.startswith(rule)) == (None, True)
    with house.open(EVERYTHING):
        action = db.session.query(FollowUp).one()
        assert action.occurs_on == action.series.first_on == occurs_on
        assert action.series.timezone == "America/Caracas"


def test_a_repetition_without_another_day_is_refused_and_nothing_is_stored(house, story):
    browser, path = story
    typed = "send the digest every Tuesday until December 9"
    answer = confirm(browser, path, typed, preview(browser, path, typed))
    assert answer.status_code == 422
    assert "No other day until then fits." in answer.text
    with house.open(EVERYTHING):
        assert db.session.query(FollowUp).count() == 0


def test_a_handle_may_mean_a_person_without_an_account(house, story):
    browser, path = story
    page = preview(browser, path, "carry the banner tomorrow @rosa.luz")
    assert '<option selected value="person:1">Rosa Luz (no account)' in page
    answer = confirm(browser, path, "carry the banner tomorrow @rosa.luz", page, who_1="person:1")
    assert answer.status_code == 302
    assert stored(house)[1] == 1


def test_several_people_are_asked_about_and_an_account_of_that_name_wins(house, story):
    browser, path = story
    page = preview(browser, path, "carry the banner tomorrow @rosa")
    assert "Several people may be meant by @rosa." in page
    assert len(re.findall(r'<option value="person:\d+">', page)) == 2
    mine = preview(browser, path, "carry the banner tomorrow @ana")
    assert 'value="person:' not in mine
    assert "Far" not in preview(browser, path, "carry the banner tomorrow @zoe")
    forged = confirm(browser, path, "carry the banner tomorrow @zoe", page, who_1="person:4")
    assert forged.status_code in (404, 422)


def test_the_due_time_is_also_shown_in_the_zone_of_the_assignee(story):
    browser, path = story
    page = preview(browser, path, "call the consulate Friday 5 pm @ana")
    assert "17:00 (Caracas)" in page
    assert re.search(r"For the assignee: .*22:00 \(Madrid\)", page)
    assert "For the assignee" not in preview(browser, path, "call the consulate Friday 5 pm @bob")
