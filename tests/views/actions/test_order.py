"""Parts of actions, actions that wait for others, and what actions are about: on their pages."""

from types import SimpleNamespace

import pytest

from app.domain.actions import follow_ups
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from tests.factories import utc
from tests.views.pages import text

NOW = utc("2025-12-01 12:00")
TYPED = {"title": "Write the letter", "due": "2025-12-04T10:00", "remind_before_hours": "24", "priority": "normal"}


@pytest.fixture
def story(house, browse, at):
    """Alice coordinates everything, Bob organizes the congress, Charlie another one."""
    at(NOW)
    with house.open() as make:
        congress, other = make.congress("Here"), make.congress("There")
        alice, bob, charlie = (make.user(name) for name in ("Alice", "Bob", "Charlie"))
        make.grant(alice, Role.COORDINATOR)
        make.grant(bob, Role.COORDINATOR, congress=congress)
        make.grant(charlie, Role.COORDINATOR, congress=other)
        whole = make.follow_up(congress, bob, title="Bring everyone")
        elsewhere = make.follow_up(other, charlie, title="Somewhere else")
        resolution = make.resolution(congress)
        readers = {user.name.lower(): browse(user) for user in (alice, bob, charlie)}
    return SimpleNamespace(
        **readers, bob_id=bob.id, congress=congress.id, whole=whole.id, elsewhere=elsewhere.id, resolution=resolution.id
    )


def stored(house, **named):
    with house.open():
        return db.session.query(FollowUp).filter_by(**named).one()


def edited(story, number, **changes):
    return story.bob.edit(f"/follow-ups/{number}/edit", **changes)


def test_a_part_is_added_with_one_tap_and_the_page_of_the_whole_counts_it(house, story):
    page = f"/follow-ups/{story.whole}"
    assert f'href="/follow-ups/new?parent={story.whole}' in text(story.bob.get(page))
    created = story.bob.post(f"/follow-ups/new?parent={story.whole}", TYPED | {"assignee_id": story.bob_id})
    assert stored(house, title="Write the letter").parent_id == story.whole
    assert "Part of" in text(story.bob.get(created.location))
    assert "0 of 1 done" in text(story.bob.get(page))
    said = story.bob.post(f"{page}/complete", {}, follow_redirects=True)
    assert "1 of its parts is still open." in text(said)
    assert text(story.alice.get(page)).count("Write the letter") == 1
    assert story.charlie.get(page).status_code == 404


def test_an_action_of_others_is_neither_a_whole_nor_waited_for(story):
    for name in ("parent", "after"):
        assert story.bob.get(f"/follow-ups/new?{name}={story.elsewhere}").status_code == 404
        refused = edited(story, story.whole, **{name: "Somewhere else"})
        assert refused.status_code == 422
        assert "Somewhere else (" not in text(refused)


def test_what_waits_says_so_on_its_page_on_today_and_on_that_of_the_first(house, story):
    story.bob.post(f"/follow-ups/new?after={story.whole}", TYPED | {"assignee_id": story.bob_id})
    second = stored(house, title="Write the letter").id
    assert "no letter mentions this one" in text(story.bob.get(f"/follow-ups/{second}"))
    assert "Write the letter" in text(story.bob.get(f"/follow-ups/{story.whole}"))
    today = text(story.bob.get("/"))
    assert "waits for “Bring everyone”" in today.partition('id="others"')[2]
    assert "You have 1 open action." in today
    story.bob.post(f"/follow-ups/{story.whole}/complete", {})
    assert "You have 1 open action." in text(story.bob.get("/"))
    assert 'id="others"' not in text(story.bob.get("/"))


def test_a_circle_is_refused_beside_its_field_and_nothing_typed_is_lost(house, story):
    story.bob.post(f"/follow-ups/new?parent={story.whole}", TYPED | {"assignee_id": story.bob_id})
    refused = edited(story, story.whole, title="Changed", parent="Write the letter")
    assert refused.status_code == 422
    page = text(refused)
    assert (
        "That action is part of this one, or waits until this one is done." in page.partition('for="parent"')[2][:900]
    )
    assert 'value="Changed"' in page
    assert stored(house, id=story.whole).parent_id is None


def test_the_edit_form_keeps_and_ends_the_order(house, story):
    story.bob.post(f"/follow-ups/new?after={story.whole}", TYPED | {"assignee_id": story.bob_id})
    second = stored(house, title="Write the letter")
    label = "Bring everyone (December 4, 2025)"
    assert f'value="{label}"' in text(story.bob.get(f"/follow-ups/{second.id}/edit"))
    assert edited(story, second.id, title="Other words", after=label).status_code == 302
    assert stored(house, id=second.id).after_id == story.whole
    assert edited(story, second.id, after="").status_code == 302
    assert stored(house, id=second.id).after_id is None
    history = text(story.bob.get(f"/follow-ups/{second.id}"))
    assert "Waits for" in history


def test_who_cannot_see_the_assigned_person_saves_without_naming_anyone(house, story, browse):
    with house.open() as make:
        dana = make.user("Dana")
        make.grant(dana, Role.COORDINATOR, campaign=make.campaign())
        rosa = make.person("Rosa", "Luz")
        action = make.follow_up(db.session.get_one(FollowUp, story.whole).congress, rosa, title="Call")
    number, rosa_id = action.id, rosa.id
    page = text(story.bob.get(f"/follow-ups/{number}/edit"))
    assert '<option selected value="-1">someone whom you cannot see' in page
    assert "Rosa" not in page
    assert edited(story, number, title="Call again", assignee_id="-1").status_code == 302
    kept = stored(house, id=number)
    assert (kept.title, kept.assignee_person_id, kept.link_number) == ("Call again", rosa_id, 1)
    assert kept.next_reminder_at is not None
    assert edited(story, number, assignee_id=str(story.bob_id)).status_code == 302
    assert stored(house, id=number).assignee_person_id is None
    assert edited(story, number, assignee_id="-1").status_code == 422


def test_an_action_carries_a_resolution_out_and_the_page_says_when_the_last_is_done(house, story):
    page = f"/congresses/{story.congress}/resolutions/{story.resolution}"
    new = f"/follow-ups/new?congress={story.congress}&resolution={story.resolution}"
    assert new in text(story.bob.get(page))
    for title in ("First", "Second"):
        story.bob.post(new, TYPED | {"assignee_id": story.bob_id, "title": title})
    assert "First" in text(story.bob.get(page))
    done = [
        text(story.bob.post(f"/follow-ups/{stored(house, title=title).id}/complete", {}, follow_redirects=True))
        for title in ("First", "Second")
    ]
    assert ["It was the last open action about “Against the blockade”." in one for one in done] == [False, True]
    assert "All actions are done. Bob completed the last one (Mon, Dec 1" in text(story.bob.get(page))
    story.bob.post(new, TYPED | {"assignee_id": story.bob_id, "title": "Third"})
    assert "All actions are done" not in text(story.bob.get(page))
    assert story.charlie.get(new).status_code == 404


def test_the_page_of_a_problem_says_who_completed_its_last_action(house, story):
    with house.open() as make:
        rosa = make.person("Rosa", "Luz", congress=(congress := db.session.get_one(FollowUp, story.whole).congress))
        problem = make.problem(congress)
        action = make.follow_up(congress, rosa, problem=problem)
        follow_ups.complete(action)
    page = text(story.bob.get(f"/congresses/{story.congress}/problems/{problem.id}"))
    assert "Rosa Luz completed the last one" in page


def test_an_action_about_a_mobilization_is_listed_on_its_page(house, story):
    with house.open() as make:
        campaign = make.campaign()
        mobilization = make.mobilization(campaign)
    path = f"/campaigns/{campaign.id}/mobilizations/{mobilization.id}"
    new = f"/follow-ups/new?campaign={campaign.id}&mobilization={mobilization.id}"
    assert new in text(story.alice.get(path))
    with house.open():
        alice = next(number for number in (1, 2, 3) if number != story.bob_id)
    created = story.alice.post(new, TYPED | {"assignee_id": alice})
    assert path in text(story.alice.get(created.location))
    assert "Write the letter" in text(story.alice.get(path))
    assert story.alice.get(f"/follow-ups/new?mobilization={mobilization.id}").status_code == 404
    assert story.bob.get(new).status_code == 404
