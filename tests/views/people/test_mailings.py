"""The pages of mailings: writing, approving with the numbers, who sees which letter, and the way out of a letter."""

import re

import pytest

from app.domain.people import consents, mailings, participations
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from app.models.people.consents import ConsentMeans, ConsentPurpose
from app.models.people.mailings import Mailing
from app.models.people.people import Person
from tests.views.pages import text
from tests.views.test_history import history_on


@pytest.fixture
def world(house, browse):
    """A segment of a congress that Alice coordinates and Bob organizes; Charlie is a member of it, Dora works elsewhere."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        alice, bob, charlie, dora = (make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora"))
        make.grant(alice, Role.COORDINATOR, congress=here)
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(charlie, Role.MEMBER, congress=here)
        make.grant(dora, Role.COORDINATOR, congress=there)
        rosa = make.person("Rosa", "Luz", congress=here, email="rosa@example.org", preferred_language="pt")
        make.consent(rosa)
        participations.begin(rosa, congress_id=there.id)
        make.person("Ana", "Mar", congress=here, email="ana@example.org")
        segment = make.segment(congress=here, name="Interpreters")
        page = f"/mailings/{make.mailing(segment).id}"
        world = {"page": page, "segment": f"/segments/{segment.id}", "rosa": f"/people/{rosa.id}"}
    return world | {user.name.lower(): browse(user) for user in (alice, bob, charlie, dora)}


def press(browser, page, button):
    return browser.post(f"{page}/{button}", {"idempotency_key": f"{button}{page}"})


def send(house):
    with house.open():
        deliver_due()


def letters(house):
    with house.open():
        return [(one.recipient, one.subject, one.content.decode()) for one in db.session.query(MailboxLetter)]


def link_in(content):
    return re.search(r"List-Unsubscribe: <(?:\n )?https?://[^/]+(.*?)>", content.replace("=\n", ""), re.DOTALL)[1]


def test_an_organizer_writes_and_a_coordinator_approves_with_the_numbers(world, house):
    bob, alice = world["bob"], world["alice"]
    assert "Write to them" in text(bob.get(world["segment"]))
    path = f"{world['segment']}/write"
    written = {"subject": "Come", "text": "First.\n\nSecond.", "in_language": "en"}
    answer = bob.post(path, bob.typed(path, **written))
    page = answer.location
    shown = text(bob.get(page))
    assert "1 person gets this letter." in shown
    assert "No recorded consent to emails: 1" in shown
    assert "Ana Mar" in shown
    assert "A coordinator has to approve it" in shown
    assert bob.get(f"{page}/approve").status_code == 403
    assert "First." in text(bob.get(f"{page}/letter"))
    asked = text(alice.get(f"{page}/approve"))
    assert "1 person gets this letter." in asked
    assert "Ana" not in asked
    typed = alice.typed(f"{page}/approve")
    for _press in range(2):
        assert alice.post(f"{page}/approve", typed).status_code == 302
    send(house)
    [(address, subject, content)] = letters(house)
    assert (address, subject) == ("rosa@example.org", "Come")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in content
    shown = text(alice.get(page))
    assert "1 sent." in shown
    assert "Approved by Alice" in shown
    assert "Status: <del>draft</del> → approved" in history_on(alice, page)


def test_numbers_that_have_changed_since_are_shown_again(world, house):
    alice, page = world["alice"], world["page"]
    typed = alice.typed(f"{page}/approve")
    with house.open() as make:
        make.consent(db.session.query(Person).filter_by(given_name="Ana").one())
    answer = alice.post(f"{page}/approve", typed)
    assert "have changed since you viewed them" in text(answer)
    assert "2 people get this letter." in text(answer)
    assert alice.post(f"{page}/approve", alice.typed(f"{page}/approve")).status_code == 302
    send(house)
    assert len(letters(house)) == 2


def test_sending_is_stopped_and_resumed(world, house):
    alice, page = world["alice"], world["page"]
    alice.post(f"{page}/approve", alice.typed(f"{page}/approve"))
    assert "Stop sending" in text(alice.get(page))
    assert "Stop sending" not in text(world["bob"].get(page))
    press(alice, page, "pause")
    send(house)
    assert "0 sent, 0 in flight, 1 held." in text(alice.get(page))
    press(alice, page, "stop")
    send(house)
    assert "0 sent, 0 in flight, 1 withdrawn." in text(alice.get(page))
    assert letters(house) == []
    assert "Resume sending" in text(alice.get(page))
    press(alice, page, "resume")
    send(house)
    assert len(letters(house)) == 1


def test_a_test_goes_to_the_one_who_asks_for_it(world, house):
    press(world["bob"], world["page"], "test")
    send(house)
    [(address, subject, _content)] = letters(house)
    assert address.startswith("bob")
    assert subject == "[Test] See you in May"


def test_a_draft_is_removed_and_brought_back_but_no_letter_that_was_approved(world):
    bob, alice, page = world["bob"], world["alice"], world["page"]
    bob.post(f"{page}/remove", bob.typed(f"{page}/remove"))
    assert bob.get(page).status_code == 404
    assert "See you in May" in text(bob.get("/removed"))
    press(bob, page, "bring-back")
    alice.post(f"{page}/approve", alice.typed(f"{page}/approve"))
    answer = bob.post(f"{page}/remove", bob.typed(f"{page}/remove"))
    assert "already been approved" in text(answer)
    answer = bob.post(f"{page}/edit", bob.typed(f"{page}/edit", subject="Another"))
    assert "already been approved" in text(answer)


def test_others_see_neither_the_letter_nor_that_it_was_sent(world, house):
    alice, page = world["alice"], world["page"]
    alice.post(f"{page}/approve", alice.typed(f"{page}/approve"))
    send(house)
    assert "Letter sent" in text(alice.get(f"{world['rosa']}/timeline"))
    shown = text(world["dora"].get(f"{world['rosa']}/timeline"))
    assert "Rosa" in shown
    assert "Letter" not in shown
    assert "See you" not in shown
    for name, status in (("charlie", 403), ("dora", 404)):
        for path in ("", "/letter", "/approve", "/edit", "/remove"):
            assert world[name].get(page + path).status_code == status, (name, path)
    assert "See you" not in text(world["dora"].get("/mailings"))
    assert "See you" in text(world["bob"].get("/mailings"))


def test_the_link_in_a_letter_withdraws_the_consent_with_one_press_and_not_by_looking(world, house, browse):
    alice, page = world["alice"], world["page"]
    alice.post(f"{page}/approve", alice.typed(f"{page}/approve"))
    send(house)
    [(_address, _subject, content)] = letters(house)
    link = link_in(content)
    asked = text(browse().get(link))
    assert "Retirar o meu consentimento" in asked
    assert "Rosa" not in asked
    assert "rosa@" not in asked
    with house.open():
        assert mailings.consent_of(db.session.query(Person).filter_by(given_name="Rosa").one())
    for _press in range(2):
        answer = browse().post(link, {"List-Unsubscribe": "One-Click"})
        assert "Você não receberá mais" in text(answer)
    with house.open():
        rosa = db.session.query(Person).filter_by(given_name="Rosa").one()
        consent = consents.state(rosa)[ConsentPurpose.EMAIL]
        assert (consent.withdrawn_how, consent.withdrawal_recorded_by) == (ConsentMeans.LINK, None)
    assert browse().get("/no-emails/forged").status_code == 404


def test_the_link_of_a_person_who_was_merged_withdraws_the_consent_of_the_one_who_is_kept(world, house, browse):
    alice, page = world["alice"], world["page"]
    alice.post(f"{page}/approve", alice.typed(f"{page}/approve"))
    send(house)
    link = link_in(letters(house)[0][2])
    with house.open() as make:
        rosa, ana = (db.session.query(Person).filter_by(given_name=name).one() for name in ("Rosa", "Ana"))
        make.merge(ana, rosa)
    browse().post(link, {})
    with house.open():
        kept = db.session.query(Person).filter_by(given_name="Ana").one()
        assert consents.state(kept)[ConsentPurpose.EMAIL].is_withdrawn


def test_the_list_of_emails_names_the_person_and_the_letter(world, house, browse):
    alice, page = world["alice"], world["page"]
    alice.post(f"{page}/approve", alice.typed(f"{page}/approve"))
    with house.open() as make:
        admin = make.user("Eva")
        make.grant(admin, Role.ADMIN)
        assert db.session.query(Delivery).one().kind is DeliveryKind.MAILING
        assert db.session.query(Mailing).count() == 1
    shown = text(browse(admin).get("/deliveries?q=rosa"))
    assert "Rosa Luz" in shown
    assert "See you in May" in shown
