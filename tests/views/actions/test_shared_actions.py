"""The page of one action for a person without an account, opened by the link in her email."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace

import pytest

from app.domain.actions import follow_ups
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.models.actions.parts import ChecklistItem, FollowUpComment
from app.models.mail.deliveries import MailboxLetter
from app.models.people.people import ContactType
from tests.factories import utc
from tests.views.pages import text

NOW = utc("2025-12-01 12:00")
DUE = NOW + timedelta(days=3)


@pytest.fixture
def story(house, at):
    """Bob has assigned an action of a campaign to Rosa, who has no account and reads Portuguese."""
    at(NOW)
    with house.open() as make:
        campaign, bob = make.campaign(), make.user("Bob")
        make.grant(bob, Role.COORDINATOR, campaign=campaign)
        rosa = make.person("Rosa", "Luz", campaign=campaign, preferred_language="pt")
        make.contact_detail(rosa, type=ContactType.EMAIL, value="rosa@example.org")
        action = make.follow_up(campaign, rosa, DUE, by=bob, title="Call the station")
        item = make.checklist_item(action)
        other = make.follow_up(campaign, bob, DUE, title="Something else")
    return SimpleNamespace(action=action.id, bob=bob, item=item.id, other=other.title, rosa=rosa.id)


def letters(house, to="rosa@example.org"):
    with house.open():
        deliver_due()
        kept = db.session.query(MailboxLetter).filter_by(recipient=to).order_by(MailboxLetter.id)
        return [message_from_bytes(one.content, policy=default) for one in kept]


def link_in(letter):
    body = letter.get_body(("plain",)).get_content()
    return re.search(r"(/action/[\w.-]+)", body)[1]


def stored(house, story):
    with house.open():
        return db.session.get_one(FollowUp, story.action)


def test_she_gets_an_email_in_her_language_and_sees_this_one_action(house, story, browse):
    [letter] = letters(house)
    assert (letter["To"], letter["Content-Language"]) == ("rosa@example.org", "pt")
    assert "Pedro" not in letter.get_body(("plain",)).get_content()
    page = text(browse(None).get(link_in(letter)))
    assert "Call the station" in page
    assert "Ask for Pedro at the bridge" in page
    assert story.other not in page
    assert "Bob" not in page
    assert 'lang="pt"' in page


def test_she_comments_ticks_and_completes_and_her_team_sees_it(house, story, browse):
    path, rosa = link_in(letters(house)[0]), browse(None)
    assert rosa.post(f"{path}/comment", {"body": "They <b>will</b> call @Bob"}).status_code == 302
    assert rosa.post(f"{path}/checklist/{story.item}", {}).status_code == 302
    assert rosa.post(f"{path}/complete", {}).status_code == 302
    page = browse(story.bob).get(f"/follow-ups/{story.action}").text
    assert "They &lt;b&gt;will&lt;/b&gt; call @Bob" in page
    assert "Rosa Luz" in page
    assert stored(house, story).status is FollowUpStatus.COMPLETED
    with house.open():
        assert db.session.get_one(ChecklistItem, story.item).done_at is not None
        assert db.session.query(FollowUpComment).one().person_id == story.rosa
    assert rosa.post(f"{path}/reopen", {}).status_code == 302
    assert stored(house, story).is_open
    assert len(letters(house)) == 1  # nobody is mentioned by somebody outside


def test_what_she_hands_back_goes_to_whoever_asked_her_and_her_link_ends(house, story, browse):
    path, rosa = link_in(letters(house)[0]), browse(None)
    answer = rosa.post(f"{path}/hand-back", {})
    assert rosa.get(answer.location).status_code == 200
    assert stored(house, story).assignee_id == story.bob.id
    for reply in (rosa.get(path), rosa.post(f"{path}/complete", {}), rosa.post(f"{path}/comment", {"body": "x"})):
        assert reply.status_code == 404
    assert stored(house, story).is_open
    assert len(letters(house, story.bob.email)) == 1


def test_a_link_ends_with_the_next_assignee_and_works_for_sixty_days_after_the_due_date(house, story, browse, at):
    path = link_in(letters(house)[0])
    at(DUE + timedelta(days=59))
    assert browse(None).get(path).status_code == 200
    at(DUE + timedelta(days=61))
    assert browse(None).get(path).status_code == 404
    at(NOW)
    with house.open() as make:
        action = db.session.get_one(FollowUp, story.action)
        follow_ups.change(action, make.follow_up_values(db.session.merge(story.bob), DUE), by=None)
        db.session.commit()
    assert browse(None).get(path).status_code == 404


def test_she_is_reminded_with_a_link_until_it_is_done(house, story, at, browse):
    letters(house)
    at(DUE - timedelta(hours=1))
    reminder = letters(house)[-1]
    assert browse(None).get(link_in(reminder)).status_code == 200
    assert len(letters(house)) == 2
    browse(None).post(f"{link_in(reminder)}/complete", {})
    at(DUE + timedelta(days=1))
    assert len(letters(house)) == 2


def test_the_team_chooses_a_person_in_the_form_and_is_told_if_none_is_named(house, story, browse):
    bob = browse(story.bob)
    path = f"/follow-ups/{story.action}/edit"
    sent = bob.typed(path, title="Call twice")
    assert "Rosa Luz" in sent["assignee_person"]
    refused = bob.post(path, bob.typed(path, title="Call twice", assignee_person=""))
    assert refused.status_code == 422
    assert 'id="assignee_person-error"' in refused.text
    assert bob.post(path, sent).status_code == 302
    assert stored(house, story).assignee_person_id == story.rosa
    assert len(letters(house)) == 1
