"""Removing a delegation: the confirmation page, what pages show afterwards, and who may restore it."""

from datetime import timedelta
from email.message import EmailMessage
from html import unescape

import pytest
from flask import current_app
from sqlalchemy import select

from app import clock
from app.domain.campaigns import approvals, digests
from app.domain.congress import delegations
from app.domain.mail import deliveries
from app.domain.recording import recording
from app.domain.travel import check_ins
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.mailer import mailbox
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from app.models.congress.delegations import Capacity, DelegationStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.travel.check_ins import Answer
from app.queries.congress import congresses
from app.tokens import sign_delegate_link
from tests.factories import going_on
from tests.views.sentinel import pages_with

WORD = "Jacaranda"
"""A word in every text that belongs to the delegation."""


def press_and_keep(make, delegation, by):
    """Create copies of the word: an undo entry, and an email in the mailbox."""
    guest = delegations.add_delegate(delegation, make.person(), capacity=Capacity.GUEST, is_head=False)
    with recording("delegations.remove_delegate", WORD, by=by):
        delegations.remove_delegate(guest)
    action = db.session.scalars(select(FollowUp)).unique().one()
    tomorrow = clock.now() + timedelta(days=1)
    deliveries.queue(DeliveryKind.MENTION, user=by, occasion="one", due_at=tomorrow, follow_up_id=action.id)
    letter = db.session.scalars(select(Delivery).where(Delivery.follow_up_id.is_not(None))).one()
    message = EmailMessage()
    message["Message-ID"], message["To"], message["Subject"] = f"<{letter.message_id}@x.example>", "x@x.example", WORD
    mailbox.keep(message.as_bytes())


@pytest.fixture
def story(house):
    with house.open() as make:
        alice, charlie = make.user("Alice"), make.user("Charlie")
        congress, elsewhere = make.congress("Lima", **going_on()), make.congress("Elsewhere")
        campaign = make.campaign(related_congress_id=congress.id)
        make.grant(alice, Role.ADMIN)
        make.grant(charlie, Role.COORDINATOR, congress=elsewhere)
        departs = clock.now() + timedelta(days=5)
        delegation = make.delegation(congress)
        leg = make.leg(
            delegation, departs=departs.strftime("%Y-%m-%d 10:00"), arrives=departs.strftime("%Y-%m-%d 13:00"),
            carrier=WORD, booking_reference=WORD,
        )  # fmt: skip
        starts = f"{clock.now() - timedelta(days=1):%Y-%m-%d %H:%M}"
        closure = make.problem(congress, starts, None)
        make.problem(congress, starts, None, kind="leg", leg=leg, cause_detail=WORD)
        make.problem(congress, starts, None, kind="person", delegate=delegation.delegates[0], source_quote=WORD)
        check_ins.ask(closure)
        check_ins.record_report(delegation.delegates[0], Answer.NEED_HELP, WORD)
        make.follow_up(congress, alice, delegation=delegation, title=WORD, note=WORD)
        delegations.set_status(delegation, DelegationStatus.UNABLE_TO_ATTEND, WORD)
        make.cite(make.article(), campaign)
        press_and_keep(make, delegation, alice)
        digest = digests.compose_now(campaign)
        approvals.approve(digest, letters.render, by=alice, revision=digest.revision)
        db.session.commit()
        return {
            "alice": alice, "charlie": charlie, "congress": congress.id, "closure": closure.id, "campaign": campaign.id,
            "path": f"/congresses/{congress.id}/delegations/{delegation.id}", "link": f"/here/{sign_delegate_link(current_app.config['SECRET_KEY'], delegation.delegates[0])}",
            "digest": digest.id,
        }  # fmt: skip


def pages_with_the_word(house, story, browser, *, least=30):
    """Return the pages that contain the word, out of all that are reached from a congress, a problem, or a digest."""
    known = {
        "congress_id": story["congress"], "problem_id": story["closure"], "campaign_id": story["campaign"],
        "digest_id": story["digest"],
    }  # fmt: skip
    return pages_with(WORD, house, browser, known, least=least)


def test_no_page_mentions_a_removed_delegation_until_it_is_restored(house, browse, story):
    alice = browse(story["alice"])
    before = pages_with_the_word(house, story, alice)
    assert {
        "congresses.board", "today.index", "follow_up_lists.of_congress", "check_ins.show", "absences.show", "undo.of_congress",
        "mail.mailbox",
    } <= before  # fmt: skip
    answer = alice.post(f"{story['path']}/remove")
    assert answer.location == f"/congresses/{story['congress']}/delegations"
    assert alice.get(answer.location).status_code == 200
    assert pages_with_the_word(house, story, alice) == set()
    assert alice.get(story["path"]).status_code == 404
    alice.post(f"{story['path']}/bring-back")
    assert pages_with_the_word(house, story, alice) == before


def test_users_of_other_congresses_never_see_a_delegation(house, browse, story):
    charlie = browse(story["charlie"])
    assert pages_with_the_word(house, story, charlie, least=5) == set()
    browse(story["alice"]).post(f"{story['path']}/remove")
    assert pages_with_the_word(house, story, charlie, least=5) == set()


def test_the_confirmation_page_lists_the_consequences_and_changes_nothing(browse, story):
    alice = browse(story["alice"])
    page = unescape(alice.get(f"{story['path']}/remove").get_data(as_text=True))
    for words in ("2 delegates", "1 leg", "1 open action", "2 check-ins", "1 open help request", "Unable to attend"):
        assert words in page
    assert alice.get(story["path"]).status_code == 200


def test_users_of_other_congresses_can_neither_remove_nor_see_removed_delegations(browse, story):
    alice, charlie = browse(story["alice"]), browse(story["charlie"])
    assert charlie.get(f"{story['path']}/remove").status_code == 404
    assert charlie.post(f"{story['path']}/remove").status_code == 404
    alice.post(f"{story['path']}/remove")
    assert "Lima" in alice.get("/removed").get_data(as_text=True)
    assert "Lima" not in charlie.get("/removed").get_data(as_text=True)
    assert charlie.post(f"{story['path']}/bring-back").status_code == 404


def test_a_member_of_the_congress_cannot_restore_anything(house, browse, story):
    with house.open() as make:
        member = make.user("Mia")
        make.grant(member, Role.MEMBER, congress=congresses.get(story["congress"]))
    browse(story["alice"]).post(f"{story['path']}/remove")
    assert "Lima" not in browse(member).get("/removed").get_data(as_text=True)


def test_a_personal_link_stops_working_and_works_again(browse, story):
    path = story["link"]
    alice, delegate = browse(story["alice"]), browse()
    assert delegate.get(path).status_code == 200
    alice.post(f"{story['path']}/remove")
    assert delegate.get(path).status_code in (404, 410)
    alice.post(f"{story['path']}/bring-back")
    assert delegate.get(path).status_code == 200
