"""Templates of actions: their pages, using them after a preview, and what the page of a congress says when they move."""

from datetime import date

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from app.models.actions.templates import ActionTemplate, TemplateItem
from app.times import to_local
from tests.factories import utc
from tests.views.pages import text

BEFORE = {"title": "Book rooms", "days": "14", "side": "before", "at": "09:00", "role": "lodging"}


@pytest.fixture
def story(house, browse, at):
    """A congress with its template; Bob and Lola coordinate it, Charlie works on another."""
    at(utc("2025-10-01 12:00"))
    with house.open() as make:
        congress = make.congress(start_date=date(2025, 12, 9), end_date=date(2025, 12, 11))
        bob, lola, charlie = (make.user(name) for name in ("Bob", "Lola", "Charlie"))
        for user in (bob, lola):
            make.grant(user, Role.COORDINATOR, congress=congress)
        make.grant(charlie, Role.COORDINATOR, congress=make.congress("Another congress"))
        template = make.template(congress, before_14="Book rooms", after_1="Say thanks")
        make.template_item(template, "Invite the press", -7, role="press")
        house_wide = make.template(None, "After a visa refusal", after_2="Write to the consulate")
        problem = make.problem(congress)
        names = {
            "congress": congress.id,
            "lola": lola.id,
            "own": template.id,
            "house": house_wide.id,
            "problem": problem.id,
        }
    return browse(bob), browse(charlie), names


def use(browser, names, **typed):
    """Preview a template for the congress, and create its actions."""
    path = f"/action-templates/{names['own']}/use?congress={names['congress']}"
    preview = browser.edit(path, **{"kind": "start"} | typed)
    return preview, lambda **chosen: browser.post(path, browser.sheet(preview, confirm="1", **chosen))


def actions(house):
    with house.open():
        found = db.session.query(FollowUp).order_by(FollowUp.due_at)
        return [
            (one.title, one.assignee.name, f"{to_local(one.due_at, 'America/Caracas'):%m-%d %H:%M}") for one in found
        ]


def test_a_template_is_made_of_actions_with_a_distance(house, story):
    browser, _charlie, names = story
    made = browser.edit("/action-templates/new", title="Before the march", place=f"congress:{names['congress']}")
    path = made.headers["Location"]
    browser.edit(f"{path}/items/new", **BEFORE)
    browser.edit(f"{path}/items/new", **BEFORE | {"title": "Clean up", "days": "1", "side": "after", "role": ""})
    page = text(browser.get(path))
    assert "14 days before · 09:00 · lodging" in page
    assert "1 day after · 09:00" in page
    with house.open():
        item = db.session.query(TemplateItem).filter_by(title="Clean up").one().id
    assert browser.typed(f"{path}/items/{item}/edit").get("side") == "after"
    browser.edit(f"{path}/items/{item}/edit", days="0")
    assert "on the day itself" in text(browser.get(path))


def test_the_preview_says_what_will_be_created_and_when_and_nothing_is_before(house, story):
    browser, _charlie, names = story
    preview, _confirm = use(browser, names)
    page = text(preview)
    for shown in ("Book rooms", "Tue, Nov 25, 09:00", "Say thanks", "Wed, Dec 10, 09:00", "Create 3 actions"):
        assert shown in page
    assert actions(house) == []


def test_somebody_is_chosen_for_each_role(house, story):
    browser, _charlie, names = story
    _preview, confirm = use(browser, names)
    answer = confirm(**{"role-0": str(names["lola"])})
    assert answer.headers["Location"] == f"/congresses/{names['congress']}/follow-ups"
    assert actions(house) == [
        ("Book rooms", "Bob", "11-25 09:00"),
        ("Invite the press", "Lola", "12-02 09:00"),
        ("Say thanks", "Bob", "12-10 09:00"),
    ]


def test_confirming_twice_creates_the_actions_once_and_one_press_undoes_them(house, story):
    browser, _charlie, names = story
    _preview, confirm = use(browser, names)
    location = confirm().headers["Location"]
    confirm()
    assert len(actions(house)) == 3
    page = browser.get(location)
    undo = text(page).split('action="/congresses/')[1].split('"')[0]
    assert browser.post(f"/congresses/{undo}").status_code == 302
    assert actions(house) == []


def test_a_template_of_the_house_is_used_for_a_problem_with_a_date_of_ones_own(house, story):
    browser, _charlie, names = story
    occasion = f"congress={names['congress']}&problem={names['problem']}"
    assert f"/action-templates?{occasion}" in text(
        browser.get(f"/congresses/{names['congress']}/problems/{names['problem']}")
    ).replace("&amp;", "&")
    path = f"/action-templates/{names['house']}"
    assert "Use this template" in text(browser.get(f"{path}?{occasion}"))
    preview = browser.edit(f"{path}/use?{occasion}", kind="day", day="2025-11-03")
    browser.post(f"{path}/use?{occasion}", browser.sheet(preview, confirm="1"))
    assert actions(house) == [("Write to the consulate", "Bob", "11-05 09:00")]
    with house.open():
        assert db.session.query(FollowUp).one().problem_id == names["problem"]


def test_a_date_of_ones_own_is_required_if_it_is_chosen(story):
    browser, _charlie, names = story
    refused, _confirm = use(browser, names, kind="day")
    assert refused.status_code == 422
    assert "This field is required." in text(refused)


def test_actions_move_with_the_congress_and_the_page_says_which_stay(house, story):
    browser, _charlie, names = story
    _preview, confirm = use(browser, names)
    confirm()
    with house.open():
        by_hand = db.session.query(FollowUp).filter_by(title="Book rooms").one().id
        moving = db.session.query(FollowUp).filter_by(title="Say thanks").one().id
    browser.edit(f"/follow-ups/{by_hand}/edit", due="2025-11-20T12:00")
    page = f"/congresses/{names['congress']}"
    browser.edit(f"{page}/edit", start_date="2025-12-16", end_date="2025-12-18")
    said = text(browser.get(page))
    assert (
        "Saved. 2 actions have moved with the date. 1 action stays, because someone has changed its due date." in said
    )
    assert [due for _title, _who, due in actions(house)][1:] == ["12-09 09:00", "12-17 09:00"]
    assert "Before a congress: 14 days before (first day, December 16, 2025)." in text(
        browser.get(f"/follow-ups/{by_hand}")
    )
    assert "it no longer moves" in text(browser.get(f"/follow-ups/{by_hand}"))
    assert "It moves with this date." in text(browser.get(f"/follow-ups/{moving}"))


def test_a_template_is_removed_and_brought_back_by_undoing(house, story):
    browser, _charlie, names = story
    path = f"/action-templates/{names['own']}"
    browser.edit(f"{path}/remove")
    page = text(browser.get("/action-templates"))
    assert "Before a congress" not in page.split("<main")[1].split("<h1>")[1]
    browser.post("/congresses/" + page.split('action="/congresses/')[1].split('"')[0])
    assert "Invite the press" in text(browser.get(path))


def test_people_of_another_congress_see_only_the_templates_of_the_house_and_do_not_change_them(house, story):
    _browser, charlie, names = story
    page = text(charlie.get("/action-templates"))
    assert "After a visa refusal" in page
    assert "Before a congress" not in page
    assert charlie.get(f"/action-templates/{names['own']}").status_code == 404
    assert charlie.get(f"/action-templates/{names['house']}").status_code == 200
    assert charlie.get(f"/action-templates/{names['house']}/edit").status_code == 404
    assert charlie.get(f"/action-templates/{names['house']}/use?congress={names['congress']}").status_code == 404
    assert charlie.get(f"/action-templates/{names['house']}/use").status_code == 404


def test_a_template_is_used_only_where_it_is_offered(house, browse, story):
    _browser, _charlie, names = story
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        other = make.congress("A third congress").id
    assert browse(alice).get(f"/action-templates/{names['own']}/use?congress={other}").status_code == 404


def test_a_template_of_the_house_belongs_to_it_and_to_nobody_else(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    browser = browse(alice)
    browser.edit("/action-templates/new", title="After a visa refusal", place="")
    with house.open():
        template = db.session.query(ActionTemplate).one()
        assert (template.congress_id, template.campaign_id) == (None, None)
