"""Pages of actions that a brigade has: assigned in forms, taken on *Today*, on their page, and by personal link."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import current_app

from app import tokens
from app.domain.accounts import calendars
from app.domain.actions import taking
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.brigades import BrigadeMember, MemberStatus, RoleKind
from tests.factories import utc
from tests.views.pages import text

NOW = utc("2025-12-01 12:00")
DUE = NOW + timedelta(days=3)


@pytest.fixture
def story(house, at):
    """Alice runs a campaign with a brigade, of which Bob of her team, Dora without any rights, and Rosa without an account are members."""
    at(NOW)
    with house.open() as make:
        campaign = make.campaign()
        alice, bob, charlie, dora = (make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora"))
        make.grant(alice, Role.COORDINATOR, campaign=campaign)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        other = make.campaign("Another", slug="another")
        make.grant(charlie, Role.ORGANIZER, campaign=other)
        brigade = make.brigade(campaign, "Press brigade", roles=[(RoleKind.COORDINATOR, 1), (RoleKind.PRESS, 2)])
        links, members = {}, {}
        for name, email in (("Bob", bob.email), ("Dora", dora.email), ("Rosa", "rosa@example.org")):
            person = make.person(name, "Luz", campaign=campaign, email=email, preferred_language="en")
            members[name] = make.brigade_member(brigade, person, role=brigade.roles[1])
            token = tokens.sign_brigade_member(current_app.config["SECRET_KEY"], members[name])
            links[name] = f"/shifts/{token}"
        action = make.follow_up(campaign, brigade, DUE, by=alice, title="Write the release")
    return SimpleNamespace(
        alice=alice, bob=bob, charlie=charlie, dora=dora, brigade=brigade.id, campaign=campaign.id, action=action.id,
        links=links, members={name: one.id for name, one in members.items()}, other=other.id,
    )  # fmt: skip


def pressed(client, page, label):
    """Press the button with a text on a page; return the page that follows."""
    forms = re.findall(r"<form[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", client.get(page).text, re.DOTALL)
    [(action, content), *_] = [form for form in forms if f">{label}</button>" in form[1]]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', content))
    return client.post(action, fields, follow_redirects=True)


def stored(house, **conditions):
    with house.open():
        [found] = db.session.query(FollowUp).filter_by(**conditions)
        return found


def taken(house, story, name):
    """Let a member take the action."""
    with house.open():
        follow_up = db.session.get_one(FollowUp, story.action)
        taking.take(follow_up, db.session.get_one(BrigadeMember, story.members[name]))


def test_a_brigade_is_chosen_in_the_field_of_the_assignee(house, story, browse):
    alice, path = browse(story.alice), f"/follow-ups/new?campaign={story.campaign}"
    page = alice.get(path).text
    assert f'<option value="brigade:{story.brigade}">Press brigade (brigade)</option>' in page
    answer = alice.edit(
        path, title="Call the radio", assignee_id=f"brigade:{story.brigade}", due=f"{DUE:%Y-%m-%dT%H:%M}"
    )
    assert (
        "The brigade has no coordinator who is reached by email, so nobody is told." in alice.get(answer.location).text
    )
    assert stored(house, title="Call the radio").held == (None, None, story.brigade)


def test_the_edit_form_shows_the_brigade_and_keeps_it(house, story, browse):
    alice, path = browse(story.alice), f"/follow-ups/{story.action}/edit"
    sent = alice.typed(path, title="Write it")
    assert sent["assignee_id"] == f"brigade:{story.brigade}"
    assert alice.post(path, sent).status_code == 302
    assert stored(house, id=story.action).held == (None, None, story.brigade)


def test_an_organizer_of_a_congress_only_keeps_a_brigade_that_she_cannot_see(house, story, browse):
    with house.open() as make:
        congress, eva = make.congress(), make.user("Eva")
        make.grant(eva, Role.ORGANIZER, congress=congress)
        brigade = db.session.get_one(BrigadeMember, story.members["Rosa"]).brigade
        number = make.follow_up(congress, brigade, DUE, by=story.alice).id
    path = f"/follow-ups/{number}/edit"
    browser = browse(eva)
    assert "a brigade that you cannot see" in browser.get(f"/follow-ups/{number}").text
    assert "Press brigade" not in browser.get(f"/follow-ups/{number}").text + browser.get(path).text
    assert browser.edit(path, title="Write it").status_code == 302
    assert stored(house, id=number).held == (None, None, story.brigade)


def test_the_brigade_of_another_campaign_cannot_be_chosen(house, story, browse):
    charlie, path = browse(story.charlie), f"/follow-ups/new?campaign={story.other}"
    answer = charlie.edit(path, title="Go", assignee_id=f"brigade:{story.brigade}", due=f"{DUE:%Y-%m-%dT%H:%M}")
    assert answer.status_code == 422
    assert "Press brigade" not in answer.text
    with house.open():
        assert db.session.query(FollowUp).count() == 1


def test_somebody_with_access_to_everything_is_told_which_place_a_brigade_fits(house, story, browse):
    with house.open() as make:
        owner = make.user("Owner")
        make.grant(owner, Role.ADMIN)
    sent = {"title": "Go", "assignee_id": f"brigade:{story.brigade}", "due": f"{DUE:%Y-%m-%dT%H:%M}"}
    refused = browse(owner).edit("/follow-ups/new", place=f"campaign:{story.other}", **sent)
    assert "Choose a brigade of this campaign." in refused.text
    assert browse(owner).edit("/follow-ups/new", place="", **sent).status_code == 302
    assert stored(house, title="Go").held == (None, None, story.brigade)


def test_a_member_of_the_team_takes_it_on_its_page_and_hands_it_back(house, story, browse):
    bob, path = browse(story.bob), f"/follow-ups/{story.action}"
    assert "It is yours now. If you cannot do it, hand it back to the brigade." in pressed(bob, path, "Take it").text
    assert stored(house, id=story.action).held == (story.bob.id, None, None)
    page = text(bob.get(path))
    assert "Taken for the brigade" in page
    assert "Handed back." in pressed(bob, path, "Hand it back").text
    assert stored(house, id=story.action).held == (None, None, story.brigade)


def test_whoever_is_not_in_the_brigade_has_no_button_and_cannot_press_it(house, story, browse):
    assert "Take it" not in browse(story.alice).get(f"/follow-ups/{story.action}").text
    for user in (story.alice, story.charlie):
        assert browse(user).post(f"/brigade-actions/{story.action}/take").status_code == 404
        assert "Write the release" not in browse(user).get("/").text.partition("Waiting for others")[0]
    assert stored(house, id=story.action).held == (None, None, story.brigade)


def test_a_member_without_rights_takes_it_on_today_and_sees_no_more_than_this_action(house, story, browse):
    dora = browse(story.dora)
    assert "Write the release" in dora.get("/").text
    assert dora.get(f"/follow-ups/{story.action}").status_code == 404
    page = pressed(dora, "/", "Take it").text
    assert "It is yours now: open it below." in page
    kept = stored(house, id=story.action)
    assert (kept.assignee_id, kept.from_brigade_id) == (None, story.brigade)
    [link] = re.findall(r'href="(/action/[\w.-]+)"', page)
    assert "Ask for Pedro" in browse().get(link).text
    assert dora.get(f"/campaigns/{story.campaign}").status_code in (403, 404)
    assert pressed(browse(), link, "Hand it back").status_code == 200
    assert stored(house, id=story.action).held == (None, None, story.brigade)


def test_the_second_is_told_who_was_faster(house, story, browse):
    dora = browse(story.dora)
    page = dora.get("/").text
    [key] = re.findall(rf'action="/brigade-actions/{story.action}/take".*?value="([^"]+)"', page, re.DOTALL)
    taken(house, story, "Rosa")
    answer = dora.post(f"/brigade-actions/{story.action}/take", {"idempotency_key": key}, follow_redirects=True)
    assert "Rosa Luz has taken it already." in answer.text


def test_a_member_without_an_account_takes_it_by_her_personal_link(house, story, browse):
    page = pressed(browse(), story.links["Rosa"], "I take it").text
    assert "It is yours now: open it below." in page
    [link] = re.findall(r'href="(/action/[\w.-]+)"', page)
    assert "Write the release" in browse().get(link).text
    other = browse().get(story.links["Dora"]).text
    assert "Write the release" not in other
    again = browse().post(f"{story.links['Dora']}/actions/{story.action}/take")
    assert again.status_code == 422
    assert stored(house, id=story.action).from_brigade_id == story.brigade


def test_a_member_of_the_team_who_takes_it_by_link_finds_it_in_her_account(house, story, browse):
    page = pressed(browse(), story.links["Bob"], "I take it").text
    assert "You find it under “Today” when you sign in." in page
    assert stored(house, id=story.action).assignee_id == story.bob.id


def test_who_was_only_asked_is_shown_no_actions(house, story, browse):
    with house.open():
        db.session.get_one(BrigadeMember, story.members["Rosa"]).status = MemberStatus.ASKED
    assert "Write the release" not in browse().get(story.links["Rosa"]).text


def test_the_page_of_the_brigade_lists_what_it_has_and_what_was_taken(house, story, browse):
    path = f"/campaigns/{story.campaign}/brigades/{story.brigade}"
    alice = browse(story.alice)
    assert "assigned to Press brigade" in text(alice.get(path))
    assert f"assignee_id=brigade:{story.brigade}" in alice.get(path).text.replace("%3A", ":")
    taken(house, story, "Rosa")
    assert "assigned to Rosa Luz" in text(alice.get(path))


def test_removing_a_brigade_says_and_does_what_becomes_of_its_actions(house, story, browse):
    path = f"/campaigns/{story.campaign}/brigades/{story.brigade}"
    alice = browse(story.alice)
    asked = text(alice.get(f"{path}/remove"))
    assert "Its 1 open action goes back to whoever assigned it, until the brigade is restored." in asked
    alice.post(f"{path}/remove", {"idempotency_key": "once"})
    assert stored(house, id=story.action).assignee_id == story.alice.id
    assert "Taken for the brigade" in text(alice.get(f"/follow-ups/{story.action}"))
    alice.post(f"{path}/bring-back", {"idempotency_key": "again"})
    assert stored(house, id=story.action).held == (None, None, story.brigade)


def test_lists_are_filtered_by_a_brigade_and_by_mine(story, browse):
    bob, path = browse(story.bob), f"/campaigns/{story.campaign}/follow-ups"
    page = bob.get(path).text
    assert f'<option value="brigade:{story.brigade}">Press brigade</option>' in page
    assert "Write the release" in bob.get(f"{path}?who=brigade:{story.brigade}").text
    assert "Write the release" in bob.get(f"{path}?who=brigades").text
    assert "Write the release" not in browse(story.alice).get(f"{path}?who=brigades").text
    assert "Write the release" not in bob.get(f"{path}?who=nobody").text
    assert "Write the release" in bob.get(f"{path}?q=press").text


def test_the_board_by_assignee_has_a_column_for_the_brigade(story, browse):
    page = browse(story.alice).get(f"/campaigns/{story.campaign}/follow-ups?view=assignee")
    assert "Press brigade" in text(page)
    assert f"who=brigade:{story.brigade}" in page.text.replace("%3A", ":")


def test_the_download_names_the_brigade(story, browse):
    alice, path = browse(story.alice), f"/campaigns/{story.campaign}/follow-ups/download"
    answer = alice.post(path, {"file_format": "csv", "columns": ["title", "assignee"]})
    assert "Write the release,Press brigade" in answer.data.decode("utf-8-sig")


def test_several_actions_are_assigned_to_a_brigade_at_once_where_it_fits(house, story, browse):
    with house.open() as make:
        campaign = db.session.get_one(FollowUp, story.action).campaign
        number = make.follow_up(campaign, story.alice, DUE, title="Call the radio").id
        other = make.campaign("Third", slug="third")
        make.grant(story.alice, Role.COORDINATOR, campaign=other)
        elsewhere = make.follow_up(other, story.alice, DUE).id
    alice, path = browse(story.alice), f"/follow-ups/selected/assign?id={number}&id={elsewhere}&id={story.action}"
    typed = {"assignee_id": f"brigade:{story.brigade}"}
    page = alice.post(path, typed)
    shown = dict(re.findall(r'name="(previewed|idempotency_key)" value="(\w+)"', page.text))
    for said in (
        "Will be changed: 1",
        "So already: 1",
        "In a congress or campaign that the assignee does not work on: 1",
    ):
        assert said in text(page)
    assert alice.post(path, typed | shown | {"confirm": "1"}).status_code == 302
    assert stored(house, id=number).held == (None, None, story.brigade)
    assert stored(house, id=elsewhere).held == (story.alice.id, None, None)


@pytest.mark.parametrize("handle", ['@"press brigade"', "@press"])
def test_quick_entry_understands_a_brigade(house, story, browse, handle):
    alice, path = browse(story.alice), f"/follow-ups/quick/new?campaign={story.campaign}"
    page = alice.post(path, {"text": f"call the radio 5 December at 10:00 {handle}"})
    sent = alice.sheet(page, confirm="1")
    assert sent["who-1"] == f"brigade:{story.brigade}"
    assert alice.post(path, sent).status_code == 302
    assert stored(house, title="call the radio").held == (None, None, story.brigade)


def test_a_template_is_used_for_a_brigade(house, story, browse):
    with house.open() as make:
        campaign = db.session.get_one(FollowUp, story.action).campaign
        template = make.template(campaign, "After the day", after_7="Print the leaflets")
    alice, path = browse(story.alice), f"/action-templates/{template.id}/use?campaign={story.campaign}"
    page = alice.edit(path, kind="start", assignee_id=f"brigade:{story.brigade}")
    assert alice.post(path, alice.sheet(page, confirm="1")).status_code == 302
    assert stored(house, title="Print the leaflets").held == (None, None, story.brigade)


def test_the_calendar_of_a_member_has_what_nobody_has_taken(house, story, browse):
    with house.open() as make:
        bob, alice = (db.session.merge(one) for one in (story.bob, story.alice))
        for user in (bob, alice):
            calendars.renew(user)
        keys = bob.calendar_key, alice.calendar_key
        make.follow_up(db.session.get_one(FollowUp, story.action).campaign, alice, DUE, title="Her own")
    his, hers = (text(browse().get(f"/calendar/{key}/actions.ics")) for key in keys)
    assert "SUMMARY:Write the release (Press brigade)" in his
    assert "Write the release" not in hers
    taken(house, story, "Rosa")
    assert "Write the release" not in text(browse().get(f"/calendar/{keys[0]}/actions.ics"))
