"""Removing a person: the confirmation page, what pages show afterwards, and who may restore her."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import current_app
from sqlalchemy import select

from app import clock
from app.domain.mail import deliveries
from app.domain.people import contact_details
from app.domain.recording import recording
from app.domain.travel import check_ins
from app.extensions import db
from app.mailer import mailbox
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import Delivery
from app.models.people.other_names import NameKind
from app.models.travel.check_ins import Answer
from app.queries.people import people
from app.tokens import sign_delegate_link
from tests.factories import going_on
from tests.views.pages import text
from tests.views.sentinel import pages_with

WORD = "Jacaranda"
"""A word in every text that belongs to the person."""


@pytest.fixture
def story(house):
    with house.open() as make:
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        congress, elsewhere = make.congress("Lima", **going_on()), make.congress("Elsewhere")
        make.grant(alice, Role.ADMIN)
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(charlie, Role.COORDINATOR, congress=elsewhere)
        organization = make.organization()
        delegation = make.delegation(congress, organization=organization)
        person = make.person("Rosa", WORD, congress=congress, email="rosa@example.org", organization=organization)
        make.other_name(person, f"Maria {WORD}", NameKind.PASSPORT)
        seat = make.seat(delegation, person)
        departs = clock.now() + timedelta(days=5)
        make.leg(
            delegation, journey=make.party(delegation, seat), booking_reference=WORD,
            departs=departs.strftime("%Y-%m-%d 10:00"), arrives=departs.strftime("%Y-%m-%d 13:00"),
        )  # fmt: skip
        closure = make.problem(congress, f"{clock.now() - timedelta(days=1):%Y-%m-%d %H:%M}", None)
        make.problem(congress, f"{clock.now():%Y-%m-%d %H:%M}", None, kind="person", delegate=seat, cause_detail=WORD)
        check_ins.ask(closure)
        check_ins.record_report(seat, Answer.NEED_HELP, WORD)
        deliveries.queue_links(delegation)
        with recording("contact_details.remove", person.full_name, by=alice):
            contact_details.remove(make.contact_detail(person))
        sent = db.session.scalars(select(Delivery).where(Delivery.delegate_id == seat.id)).first()
        message = EmailMessage()
        message["Message-ID"], message["To"], message["Subject"] = f"<{sent.message_id}@x.example>", "x@x.example", WORD
        mailbox.keep(message.as_bytes())
        db.session.commit()
        return {
            "alice": alice, "bob": bob, "charlie": charlie, "path": f"/people/{person.id}", "elsewhere": elsewhere.id,
            "link": f"/here/{sign_delegate_link(current_app.config['SECRET_KEY'], seat)}",
            "known": {
                "congress_id": congress.id, "problem_id": closure.id, "person_id": person.id,
                "delegation_id": delegation.id, "organization_id": organization.id,
            },
        }  # fmt: skip


def named_on(house, story, browser, *, least=30):
    of_the_removed = {"removed.index", "erasures.erase", "person_exports.download"}
    return pages_with(WORD, house, browser, story["known"], least=least) - of_the_removed


def test_no_page_mentions_a_removed_person_until_she_is_restored(house, browse, story):
    alice = browse(story["alice"])
    before = named_on(house, story, alice)
    assert {
        "people.index", "people.show", "delegations.show", "check_ins.show", "help_calls.index", "undo.of_house",
        "mail.mailbox",
    } <= before  # fmt: skip
    answer = alice.post(f"{story['path']}/remove")
    assert answer.location == "/people"
    assert WORD in text(alice.get(answer.location)), "the message that says what was removed"
    assert named_on(house, story, alice) == set()
    assert alice.get(story["link"]).status_code in (404, 410)
    assert WORD in text(alice.get("/removed"))
    alice.post(f"{story['path']}/bring-back")
    assert named_on(house, story, alice) == before - {"mail.waiting"}, "what was due meanwhile is not sent late"


def test_the_page_names_what_hangs_on_a_person_and_changes_nothing(browse, story):
    bob = browse(story["bob"])
    page = text(bob.get(f"{story['path']}/remove"))
    for words in ("1 contact detail", "1 membership", "1 other name", "1 separate itinerary", "1 leg", "1 check-in"):
        assert words in page
    assert "The number of seats stays the same" in page
    assert f'/delegations/{story["known"]["delegation_id"]}"' in bob.get(f"{story['path']}/remove").text
    assert bob.get(story["path"]).status_code == 200


def test_those_who_cannot_see_a_person_can_neither_remove_nor_restore_her(house, browse, story):
    bob, charlie = browse(story["bob"]), browse(story["charlie"])
    assert charlie.post(f"{story['path']}/remove").status_code == 404
    bob.post(f"{story['path']}/remove")
    assert WORD in text(bob.get("/removed"))
    assert WORD not in text(charlie.get("/removed"))
    assert named_on(house, story, charlie, least=5) == set()
    assert charlie.post(f"{story['path']}/bring-back").status_code == 404


def test_a_person_of_another_congress_too_is_not_removed_by_those_who_work_on_one(house, browse, story):
    bob = browse(story["bob"])
    with house.open() as make:
        delegation = make.delegation(make.congress("Unknown to Bob"), delegates=0)
        make.seat(delegation, people.get(story["known"]["person_id"]))
    page = text(bob.get(f"{story['path']}/remove"))
    assert "that you do not work on" in page
    assert "Unknown to Bob" not in page
    assert bob.post(f"{story['path']}/remove").status_code == 422
    assert bob.get(story["path"]).status_code == 200
    browse(story["alice"]).post(f"{story['path']}/remove")
    assert WORD not in text(bob.get("/removed"))
