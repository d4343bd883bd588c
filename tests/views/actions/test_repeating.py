"""The form by which an action repeats, its page, and changing one action of a series or all that follow."""

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from tests.factories import utc
from tests.views.pages import text

TUESDAY = utc("2025-12-09 22:00")
"""The second Tuesday of the month."""


@pytest.fixture
def story(house, browse, at):
    """An action due on a Tuesday at 17:00 in Bogotá; Bob is signed in."""
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        congress = make.congress()
        bob = make.user("Bob", timezone="America/Bogota")
        make.grant(bob, Role.COORDINATOR, congress=congress)
        action = make.follow_up(congress, bob, TUESDAY)
        charlie = make.user("Charlie")
        make.grant(charlie, Role.COORDINATOR, congress=make.congress("Another congress"))
    return browse(bob), f"/follow-ups/{action.id}", browse(charlie)


def all_titles(house):
    with house.open():
        return [one.title for one in db.session.query(FollowUp).order_by(FollowUp.due_at)]


def test_what_is_offered_follows_from_the_day(story):
    browser, path, _charlie = story
    page = text(browser.get(f"{path}/repeat"))
    for offered in (
        "Every day",
        "Every week",
        "Every month on day 9",
        "Every month on the second Tuesday",
        "Every year on December 9",
    ):
        assert f">{offered}</option>" in page
    assert "the last" not in page


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ({"kind": "day"}, "Every day"),
        ({"kind": "day", "interval": "3"}, "Every 3 days"),
        ({"kind": "week", "weekdays": ["1", "3"]}, "Every week on Tuesday and Thursday"),
        ({"kind": "week", "interval": "2"}, "Every 2 weeks on Tuesday"),
        ({"kind": "month_weekday"}, "Every month on the second Tuesday"),
        (
            {"kind": "month_day", "interval": "3", "ends": "ends_after", "count": "4"},
            "Every 3 months on day 9, 4 times",
        ),
        (
            {"kind": "year", "ends": "ends_on_day", "until": "2030-01-31"},
            "Every year on December 9, until January 31, 2030",
        ),
    ],
)
def test_the_page_says_in_words_how_an_action_repeats(story, typed, shown):
    browser, path, _charlie = story
    assert browser.edit(f"{path}/repeat", **typed).status_code == 302
    assert f"<dd>{shown}</dd>" in text(browser.get(path))
    again = browser.typed(f"{path}/repeat")
    assert {name: again.getlist(name) if name == "weekdays" else again.get(name) for name in typed} == typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "week", "ends": "ends_on_day"}, "This field is required."),
        ({"kind": "week", "ends": "ends_after"}, "This field is required."),
        ({"kind": "week", "ends": "ends_on_day", "until": "2025-12-10"}, "Choose a later one."),
        ({"kind": "day", "ends": "ends_on_day", "until": "2099-12-10"}, "That would be more than"),
        ({"kind": "day", "ends": "ends_after", "count": "10001"}, "Number must be between 2 and 10000."),
        ({"kind": "day", "interval": "0"}, "Number must be between 1 and 1000."),
        ({"kind": "hourly"}, "Not a valid choice"),
    ],
)
def test_a_repetition_that_cannot_be_is_refused_beside_its_field(story, typed, said):
    browser, path, _charlie = story
    refused = browser.edit(f"{path}/repeat", **typed)
    assert refused.status_code == 422
    assert said in text(refused).split('<form class="sheet"')[1]


def test_completing_says_when_the_next_one_is_due_and_undoing_takes_it_away(house, story):
    browser, path, _charlie = story
    browser.edit(f"{path}/repeat", kind="week")
    page = text(browser.client.post(f"{path}/complete", follow_redirects=True))
    assert "The next one is due Tue, Dec 16, 17:00 (Bogotá)." in page
    assert len(all_titles(house)) == 2
    assert browser.client.post(f"{path}/complete").status_code == 302
    assert len(all_titles(house)) == 2


def test_one_action_or_all_that_follow_are_changed(house, story):
    browser, path, _charlie = story
    browser.edit(f"{path}/repeat", kind="week")
    browser.edit(f"{path}/edit", title="Only this week")
    browser.edit(f"{path}/edit", note="A note", scope="following", title="Book a bigger bus")
    browser.edit(f"{path}/edit", title="Only this week")
    browser.post(f"{path}/complete")
    assert all_titles(house) == ["Only this week", "Book a bigger bus"]


def test_an_action_that_is_not_of_a_series_is_edited_without_the_question(story):
    browser, path, _charlie = story
    assert "scope" not in browser.typed(f"{path}/edit")


def test_never_ends_the_series(house, story):
    browser, path, _charlie = story
    browser.edit(f"{path}/repeat", kind="week")
    browser.edit(f"{path}/repeat", kind="")
    assert "Every week" not in text(browser.get(path)).split("History")[0]
    browser.post(f"{path}/complete")
    assert len(all_titles(house)) == 1


def test_people_of_another_congress_do_not_see_it(story):
    _browser, path, charlie = story
    assert charlie.get(f"{path}/repeat").status_code == 404
