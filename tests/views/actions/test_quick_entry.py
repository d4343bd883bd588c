"""Quick entry: what was typed is shown as it was understood, and exactly that is assigned."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp, Priority
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.scoping import EVERYTHING
from tests.factories import utc
from tests.views.pages import text

WEDNESDAY = utc("2026-12-02 15:00")


@pytest.fixture
def story(house, browse, at):
    """A congress whose team is Alice, Bob, Ana Pérez and Ana Souza; Bob is signed in, on a Wednesday, in Caracas."""
    at(WEDNESDAY)
    with house.open() as make:
        congress, campaign = make.congress(), make.campaign()
        team = {
            name: make.user(name, email=f"q{number}@example.org")
            for number, name in enumerate(("Bob", "Ana Pérez", "Ana Souza", "Inés"))
        }
        for user in team.values():
            make.grant(user, Role.COORDINATOR, congress=congress)
        make.grant(team["Bob"], Role.COORDINATOR, campaign=campaign)
        make.user("Charlie")
    path = f"/follow-ups/quick/new?congress={congress.id}"
    return browse(team["Bob"]), path, {name: user.id for name, user in team.items()}


def preview(browser, path, typed):
    return text(browser.post(path, {"text": typed}))


def confirm(browser, path, typed, page, **chosen):
    sent = dict(re.findall(r'name="(previewed|read_at)"[^>]*value="([^"]*)"', page))
    sent |= dict(re.findall(r'name="(who-\d+)"[^>]*>\s*<option selected value="(\d+)"', page))
    sent |= {name.replace("_", "-"): value for name, value in chosen.items()}
    return browser.post(path, {"text": typed, "confirm": "1", "idempotency_key": "k1"} | sent)


def stored(house):
    with house.open(EVERYTHING):
        found = db.session.query(FollowUp).order_by(FollowUp.id)
        zone = ZoneInfo("America/Caracas")
        return [
            (one.title, f"{one.due_at.astimezone(zone):%m-%d %H:%M}", one.assignee.name, one.priority) for one in found
        ]


def test_a_line_is_previewed_and_then_assigned_and_the_assignee_is_told(house, story):
    browser, path, _team = story
    typed = "call the consulate Friday 5 pm @ines !high"
    page = preview(browser, path, typed)
    for shown in ("call the consulate", "Fri, Dec 4, 17:00 (Caracas)", "Inés", "Assign the action"):
        assert shown in page
    assert stored(house) == []
    answer = confirm(browser, path, typed, page)
    assert "1 action assigned." in text(browser.get(answer.location))
    assert stored(house) == [("call the consulate", "12-04 17:00", "Inés", Priority.HIGH)]
    with house.open(EVERYTHING):
        kinds = {one.kind for one in db.session.query(Delivery)}
    assert DeliveryKind.ASSIGNMENT in kinds


def test_a_day_without_a_time_is_due_in_the_evening_and_without_a_name_the_action_is_the_readers(house, story):
    browser, path, _team = story
    confirm(browser, path, "llamar mañana", preview(browser, path, "llamar mañana"))
    assert stored(house) == [("llamar", "12-03 18:00", "Bob", Priority.NORMAL)]


def test_an_ambiguous_date_is_asked_and_nothing_is_assigned_before_it_is_answered(house, story):
    browser, path, _team = story
    typed = "print leaflets next Friday"
    page = preview(browser, path, typed)
    assert "Fri, Dec 4, 18:00" in page
    assert "Fri, Dec 11, 18:00" in page
    refused = confirm(browser, path, typed, page)
    assert refused.status_code == 422
    assert "Choose when it is due." in text(refused)
    assert typed in text(refused)
    assert stored(house) == []
    confirm(browser, path, typed, page, when_1="1")
    assert stored(house) == [("print leaflets", "12-11 18:00", "Bob", Priority.NORMAL)]


def test_words_that_may_be_no_date_stay_in_the_title_if_another_time_is_chosen(house, story):
    browser, path, _team = story
    typed = "write to the committee 8 de marzo"
    page = preview(browser, path, typed)
    assert "another time, below" in page
    without = confirm(browser, path, typed, page, when_1="")
    assert "This field is required." in text(without)
    confirm(browser, path, typed, page, when_1="", due_1="2026-12-10T12:30")
    assert stored(house) == [(typed, "12-10 12:30", "Bob", Priority.NORMAL)]


def test_a_line_without_a_date_asks_for_one(house, story):
    browser, path, _team = story
    page = preview(browser, path, "call Luis")
    assert "due-1" in page
    confirm(browser, path, "call Luis", page, due_1="2026-12-10T12:30")
    assert [one[:2] for one in stored(house)] == [("call Luis", "12-10 12:30")]


def test_a_name_that_several_have_or_nobody_has_is_asked(house, story):
    browser, path, team = story
    page = preview(browser, path, "call Friday @ana")
    assert "Several people may be meant by @ana." in page
    assert "Choose one." in text(confirm(browser, path, "call Friday @ana", page))
    unknown = preview(browser, path, "call Friday @charlie")
    assert "Nobody who can be assigned here is called @charlie." in unknown
    confirm(browser, path, "call Friday @ana", page, who_1=str(team["Ana Souza"]))
    assert [one[2] for one in stored(house)] == ["Ana Souza"]


def test_nobody_is_assigned_who_does_not_work_there(house, story):
    browser, path, _team = story
    with house.open(EVERYTHING) as make:
        stranger = make.user("Dora").id
    page = preview(browser, path, "call Friday")
    assert confirm(browser, path, "call Friday", page, who_1=str(stranger)).status_code in (404, 422)
    assert stored(house) == []
    assert browser.post(path.replace("congress=1", "congress=999"), {"text": "call Friday"}).status_code == 404


def test_a_span_counts_from_the_preview_that_was_shown(house, story, at):
    browser, path, _team = story
    page = preview(browser, path, "call in 2 hours")
    at(utc("2026-12-02 15:20"))
    confirm(browser, path, "call in 2 hours", page)
    assert stored(house) == [("call", "12-02 13:00", "Bob", Priority.NORMAL)]


def test_several_lines_are_several_actions(house, story):
    browser, path, _team = story
    typed = "call Ana Friday\n\nllamar a Luis mañana a las 17:30 @ines"
    page = preview(browser, path, typed)
    assert "Assign 2 actions" in page
    answer = confirm(browser, path, typed, page)
    assert "2 actions assigned." in text(browser.get(answer.location))
    assert [one[:3] for one in stored(house)] == [
        ("call Ana", "12-04 18:00", "Bob"),
        ("llamar a Luis", "12-03 17:30", "Inés"),
    ]


def test_a_line_without_a_title_and_too_many_lines_are_refused_and_nothing_typed_is_lost(story):
    browser, path, _team = story
    assert "This line does not say what is to be done." in preview(browser, path, "call Ana Friday\ntomorrow @ines")
    many = "\n".join(f"call {number} people tomorrow" for number in range(21))
    page = preview(browser, path, many)
    assert "at most 20 lines" in page
    assert "call 20 people tomorrow" in page


def test_a_time_that_the_clocks_skip_is_asked(house, browse, at):
    at(datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Madrid")))
    with house.open() as make:
        congress, user = make.congress(), make.user("Bob", timezone="Europe/Madrid")
        make.grant(user, Role.COORDINATOR, congress=congress)
    browser, path = browse(user), f"/follow-ups/quick/new?congress={congress.id}"
    page = preview(browser, path, "call tomorrow at 2:30 am")
    assert 'name="due-1"' in page
    assert "does not exist" in text(confirm(browser, path, "call tomorrow at 2:30 am", page, due_1="2026-03-29T02:30"))


def test_the_line_stands_on_today_and_on_the_actions_of_a_congress_and_a_campaign(story, alice):
    browser, _path, _team = story
    for page, action in (
        ("/", "/follow-ups/quick/new?form="),
        ("/congresses/1/follow-ups", "/follow-ups/quick/new?congress=1"),
        ("/campaigns/1/follow-ups", "/follow-ups/quick/new?campaign=1"),
    ):
        assert action in text(browser.get(page))


def test_on_today_the_congress_or_campaign_is_chosen(house, story):
    browser, _path, _team = story
    page = text(browser.post("/follow-ups/quick/new", {"text": "call Friday", "place": "campaign:1"}))
    confirm(browser, "/follow-ups/quick/new", "call Friday", page, place="campaign:1")
    with house.open(EVERYTHING):
        assert db.session.query(FollowUp).one().campaign_id == 1
