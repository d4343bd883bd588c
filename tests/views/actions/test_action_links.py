"""What the links of daily letters open, without signing in."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace

import pytest

from app.domain.actions import follow_ups, losing_access
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Grant, Role, User
from app.models.accounts.audit import AuditEntry
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.models.mail.deliveries import MailboxLetter
from tests.factories import utc
from tests.views.pages import text

NOW = utc("2025-12-01 12:00")
DUE = utc("2025-12-04 22:00")
"""Thursday, 17:00 in Bogotá."""
MORNING = utc("2025-12-04 13:01")
STEPS = ["done", "tomorrow", "next-week", "hand-back"]


@pytest.fixture
def story(house, at):
    """Alice has given Bob an action of a congress, and another one to Luz, who has no account and reads Portuguese."""
    at(NOW)
    with house.open() as make:
        congress = make.congress()
        alice, bob = (
            make.user("Alice", email="alice@example.org"),
            make.user("Bob", timezone="America/Bogota", email="bob@example.org"),
        )
        make.grant(alice, Role.COORDINATOR, congress=congress)
        grant = make.grant(bob, Role.ORGANIZER, congress=congress)
        luz = make.person("Luz", congress=congress, email="luz@example.org", preferred_language="pt")
        ours = make.follow_up(congress, bob, DUE, by=alice)
        hers = make.follow_up(congress, luz, DUE, by=alice, title="Call the press")
    at(MORNING)
    return SimpleNamespace(alice=alice, bob=bob, grant=grant.id, action=ours.id, hers=hers.id)


def letter_to(house, address):
    with house.open():
        deliver_due()
        kept = db.session.query(MailboxLetter).filter_by(recipient=address).order_by(MailboxLetter.id)
        return [message_from_bytes(one.content, policy=default) for one in kept][-1]


def links_in(letter, part="plain"):
    """Return the path of each link under the first action, by step."""
    said = letter.get_body((part,)).get_content()
    return {path.rpartition("/")[2]: path for path in re.findall(r"(/do/[\w.-]+/[\w-]+)", said)}


@pytest.fixture
def links(house, story):
    return links_in(letter_to(house, "bob@example.org"))


def stored(house, number):
    with house.open():
        return db.session.get_one(FollowUp, number)


def pressed(browse, path):
    """Open a link and press the button of its page."""
    page = browse(None).get(path)
    due = re.search(r'name="due" value="([^"]+)"', page.text)
    return browse(None).post(path, {"due": due[1]} if due else {})


def test_each_action_has_four_links_in_both_parts_of_the_letter(house, story):
    letter = letter_to(house, "bob@example.org")
    assert list(links_in(letter)) == list(links_in(letter, "html")) == STEPS
    assert "Nothing changes until you press it" in letter.get_body(("plain",)).get_content()


@pytest.mark.parametrize("step", STEPS)
def test_opening_a_link_changes_nothing_and_shows_one_action_and_one_button(house, story, links, browse, step):
    before = stored(house, story.action)
    answer = browse(None).get(links[step])
    page = text(answer)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert page.count("<button") == 1
    assert "Book the bus" in page
    assert "Pedro" not in page
    assert "Call the press" not in page
    after = stored(house, story.action)
    assert (before.revision, before.due_at, before.status) == (after.revision, after.due_at, after.status)


def test_done_marks_the_action_as_done_by_the_account_and_can_be_taken_back(house, story, links, browse):
    answer = browse(None).post(links["done"], {})
    assert stored(house, story.action).status is FollowUpStatus.COMPLETED
    with house.open():
        entry = db.session.query(AuditEntry).filter_by(subject="follow_ups").order_by(AuditEntry.id.desc()).first()
        assert entry.actor_id == story.bob.id
    page = text(browse(None).get(answer.location))
    assert "This is done. Thank you!" in page
    again = links["done"].replace("/done", "/reopen")
    assert browse(None).post(again, {}).status_code == 302
    assert stored(house, story.action).is_open


@pytest.mark.parametrize(("step", "day"), [("tomorrow", 5), ("next-week", 11)])
def test_moving_keeps_the_local_time_and_plans_the_letters_anew(house, story, links, browse, at, step, day):
    assert pressed(browse, links[step]).status_code == 302
    assert stored(house, story.action).due_at == utc(f"2025-12-{day:02} 22:00")
    assert stored(house, story.action).next_reminder_at == utc(f"2025-12-{max(day - 1, 5):02} 13:00")


def test_a_page_of_yesterday_moves_nothing_to_a_day_that_it_did_not_show(house, story, links, browse, at):
    page = browse(None).get(links["tomorrow"]).text
    due = re.search(r'name="due" value="([^"]+)"', page)[1]
    at(MORNING + timedelta(days=1))
    for sent in ({"due": due}, {"due": "2026-01-01T00:00:00+00:00"}, {"due": "nonsense"}, {}):
        refused = browse(None).post(links["tomorrow"], sent)
        assert refused.status_code == 422
        assert "has changed meanwhile" in refused.text
    assert stored(house, story.action).due_at == DUE


def test_nothing_is_moved_to_an_earlier_day(house, story, links, browse):
    pressed(browse, links["next-week"])
    page = browse(None).get(links["tomorrow"])
    assert page.status_code == 200
    assert "not needed anymore" in text(page)
    assert "<button" not in page.text


def test_handing_back_returns_the_action_to_who_assigned_it_and_ends_the_links(house, story, links, browse):
    answer = browse(None).post(links["hand-back"], {})
    assert "Thank you for saying so" in text(browse(None).get(answer.location))
    assert stored(house, story.action).assignee_id == story.alice.id
    for step in STEPS:
        assert browse(None).get(links[step]).status_code == 404
        assert browse(None).post(links[step], {}).status_code == 404
    assert letter_to(house, "alice@example.org")["Subject"] == "1 new action for you"


def test_an_action_of_ones_own_cannot_be_handed_back(house, story, browse, at):
    with house.open() as make:
        own = make.follow_up(None, story.alice, DUE, title="Own")
        make.grant(story.alice, Role.ADMIN)
    at(MORNING + timedelta(days=1))
    links = links_in(letter_to(house, "alice@example.org"))
    assert list(links) == ["done", "tomorrow", "next-week"]
    refused = browse(None).post(links["done"].replace("/done", "/hand-back"), {})
    assert refused.status_code == 422
    assert stored(house, own.id).assignee_id == story.alice.id


def test_links_end_after_a_month(story, links, browse, at):
    at(MORNING + timedelta(days=30))
    assert browse(None).get(links["done"]).status_code == 200
    at(MORNING + timedelta(days=31))
    assert browse(None).get(links["done"]).status_code == 404


def test_the_owner_ends_all_links_sent_so_far(house, story, links, browse, at):
    assert browse(story.bob).post("/account/end-links", {}).status_code == 302
    assert browse(None).post(links["done"], {}).status_code == 404
    assert stored(house, story.action).is_open
    at(MORNING + timedelta(days=1))
    anew = links_in(letter_to(house, "bob@example.org"))
    assert browse(None).get(anew["done"]).status_code == 200


@pytest.mark.parametrize("change", ["revoked", "closed", "removed"])
def test_links_end_with_the_grant_and_with_the_account(house, story, links, browse, change):
    with house.open():
        user = db.session.get_one(User, story.bob.id)
        if change == "revoked":
            losing_access.revoke(db.session.get_one(Grant, story.grant))
        elif change == "closed":
            losing_access.deactivate(user)
        else:
            losing_access.remove(user, by=db.session.get_one(User, story.alice.id))
    for step in STEPS:
        assert browse(None).get(links[step]).status_code == 404
        assert browse(None).post(links[step], {}).status_code == 404
    assert stored(house, story.action).is_open


def test_a_forged_link_and_one_of_another_action_open_nothing(story, links, browse):
    token = links["done"].split("/")[2]
    assert browse(None).get(f"/do/{token[:-1]}x/done").status_code == 404
    assert browse(None).get("/do/none/done").status_code == 404
    assert browse(None).get(f"/do/{token}/delete").status_code == 404


def test_a_person_without_an_account_acts_in_her_language(house, story, browse):
    letter = letter_to(house, "luz@example.org")
    links = links_in(letter)
    assert list(links) == STEPS
    page = browse(None).get(links["tomorrow"])
    assert 'lang="pt"' in page.text
    assert "Call the press" in page.text
    assert pressed(browse, links["tomorrow"]).status_code == 302
    assert stored(house, story.hers).due_at > DUE
    assert browse(None).post(links["hand-back"], {}).status_code == 302
    assert stored(house, story.hers).assignee_id == story.alice.id
    assert browse(None).get(links["done"]).status_code == 404


def test_the_team_replaces_a_personal_link_and_a_new_one_is_sent(house, story, browse, at):
    links = links_in(letter_to(house, "luz@example.org"))
    alice = browse(story.alice)
    path = f"/follow-ups/{story.hers}"
    assert f"{path}/renew-link" in alice.get(path).text
    assert f"/follow-ups/{story.action}/renew-link" not in alice.get(f"/follow-ups/{story.action}").text
    assert alice.post(f"{path}/renew-link", {}).status_code == 302
    assert browse(None).get(links["done"]).status_code == 404
    anew = links_in(letter_to(house, "luz@example.org"))
    assert browse(None).get(anew["done"]).status_code == 200


def test_a_letter_with_fifty_actions_stays_below_a_hundred_kilobytes(house, story, at):
    with house.open() as make:
        congress = stored(house, story.action).congress_id
        bob = db.session.get_one(User, story.bob.id)
        values = make.follow_up_values(bob, DUE, title="Call the consulate about the visa of the delegation" * 2)
        for _ in range(60):
            follow_ups.assign(values, by=bob, congress_id=congress)
    letter = letter_to(house, "bob@example.org")
    assert len(letter.as_bytes()) < 100_000
