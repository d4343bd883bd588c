"""Asking to join a brigade on its public page, and taking sign-ups over as people, with what they agreed to."""

import pytest
from sqlalchemy import select

from app.domain.mobilizing import sign_ups
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role, User
from app.models.campaigns.campaigns import Campaign
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.sign_ups import Decision, SignUp, SignUpKind
from app.models.people.consents import Consent, ConsentPurpose
from app.models.people.people import Person
from tests.factories import utc
from tests.views.mobilizing.test_sign_ups import filled, link
from tests.views.pages import text

EVA = {
    "name": "Eva Mamani", "email": "eva@example.org", "country": "BO", "locality": "La Paz", "skills": "First aid",
    "languages": "Spanish, Aymara", "availability": "Weekends", "agreed": "y",
}  # fmt: skip


@pytest.fixture
def story(house, browse, at):
    at(utc("2026-03-01 12:00"))
    with house.open() as make:
        campaign = make.campaign("Water", slug="water", open_to_sign_ups=True)
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, campaign=make.campaign("Another"))
        brigade = make.brigade(campaign, "Street medics", is_open=True, purpose="We look after people.")
        make.brigade(campaign, "Legal team")
        return {
            "bob": browse(bob), "charlie": browse(charlie), "visitor": browse(None), "here": f"/campaigns/{campaign.id}",
            "role": brigade.roles[0].id, "form": f"/c/water/brigades/{brigade.id}/join?locale=en",
        }  # fmt: skip


def stored(house, model=SignUp):
    with house.open():
        return list(db.session.scalars(select(model).order_by(model.id)))


def asked(story, house, at, **changes):
    """Ask to join and confirm it by the link in the email; return the address of what organizers do with it."""
    visitor = story["visitor"]
    sent = filled(visitor, story["form"], at, EVA | {"role": story["role"]} | changes)
    assert visitor.post(story["form"], sent).status_code == 302
    visitor.post(link(house), {})
    return f"{story['here']}/sign-ups/{stored(house)[-1].id}"


def test_only_brigades_that_are_open_are_offered(story):
    page = text(story["visitor"].get("/c/water?locale=en"))
    assert "Join “Street medics”" in page
    assert "Legal team" not in page
    assert story["visitor"].get("/c/water/brigades/2/join").status_code == 404
    assert "We look after people." in text(story["visitor"].get(story["form"]))


def test_somebody_asks_to_join_and_becomes_a_member_with_a_personal_link(story, house, at):
    page, bob = asked(story, house, at), story["bob"]
    assert "1 person asks to join a brigade." in text(bob.get(story["here"]))
    shown = text(bob.get(f"{page}/accept"))
    assert "Weekends" in shown
    assert "A new person: Eva Mamani" in shown
    assert bob.post(f"{page}/accept", {"person": "", "role": story["role"]}).status_code == 302
    with house.open():
        member = db.session.scalars(select(BrigadeMember)).one()
        assert (member.person.full_name, member.role_id, member.skills) == ("Eva Mamani", story["role"], "First aid")
        assert member.languages == ["es", "ay"]
        deliver_due()
        letters = [one.content.decode() for one in db.session.scalars(select(MailboxLetter))]
        assert any("/shifts/" in one for one in letters)
    assert stored(house)[0].decision is Decision.ACCEPTED
    assert bob.get(f"{page}/accept").status_code == 404


def test_somebody_who_is_declined_is_told_why_in_her_language(story, house, at):
    story["form"] = story["form"].replace("locale=en", "locale=fr")
    page = asked(story, house, at)
    assert story["bob"].post(f"{page}/decline", {"reason": "Toutes les places sont prises."}).status_code == 302
    at(utc("2026-03-01 13:00"))
    with house.open():
        deliver_due()
        letter = db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id.desc())).first()
        assert letter.subject == "Refusé : Water"
    assert stored(house, Person) == []


def test_a_sign_up_is_tied_to_the_person_who_is_recorded_with_what_she_agreed_to(story, house, at):
    page, bob = asked(story, house, at), story["bob"]
    with house.open() as make:
        campaign = db.session.scalars(select(SignUp)).one().campaign
        known = make.person("Eva", "Mamani", campaign=campaign, email="eva@example.org", country="BO").id
        stranger = make.person("Somebody", "Else", campaign=make.campaign("Third")).id
    assert "eva@example.org" in text(bob.get(f"{page}/take-over"))
    assert bob.post(f"{page}/take-over", {"person": stranger}).status_code == 422
    assert bob.post(f"{page}/take-over", {"person": known}).location.endswith(f"/people/{known}")
    [consent], [sign_up] = stored(house, Consent), stored(house)
    assert (sign_up.person_id, consent.person_id, consent.purpose) == (known, known, ConsentPurpose.EMAIL)
    assert consent.words == sign_up.consent_text
    assert f"{consent.given_at}" == "2026-03-01"
    assert "It has been taken over already." in text(bob.post(f"{page}/take-over", {"person": ""}))


def test_a_whole_list_is_taken_over_once_and_what_is_unclear_is_left(story, house):
    with house.open() as make:
        campaign = make.campaign("Land", slug="land", open_to_sign_ups=True)
        make.grant(db.session.scalars(select(User).where(User.name == "Bob")).one(), Role.ORGANIZER, campaign=campaign)
        make.person("Sol", "Quispe", campaign=campaign, email="sol@example.org", country="CO", locality="Cali")
        make.person("Luz Maria", "Choque", campaign=campaign, country="CO", locality="Cali")
        for name, email in (
            ("Sol Quispe", "sol@example.org"),
            ("Ana Paz", "ana@example.org"),
            ("Luz Choque", "l@example.org"),
        ):
            make.sign_up(campaign, name=name, email=email)
        make.sign_up(campaign, name="Not Confirmed", confirmed=False)
        sign_ups.withdraw(make.sign_up(campaign, name="Gone Again"))
        path = f"/campaigns/{campaign.id}/sign-ups/take-over"
    page = text(story["bob"].get(path))
    assert "1 new person is recorded." in page
    assert "1 is certainly a person who is recorded" in page
    assert "1 may be somebody who is recorded" in page
    assert story["bob"].post(path).status_code == 302
    assert [one.name for one in stored(house) if one.person_id] == ["Sol Quispe", "Ana Paz"]
    assert len(stored(house, Person)) == 3
    story["bob"].post(path)
    assert len(stored(house, Person)) == 3


def test_charlie_takes_nothing_over(story, house, at):
    page = asked(story, house, at)
    for path in (f"{page}/accept", f"{page}/decline", f"{page}/take-over", f"{story['here']}/sign-ups/take-over"):
        assert story["charlie"].get(path).status_code == 404
        assert story["charlie"].post(path, {}).status_code == 404
    assert stored(house, Person) == []


def test_an_endorsement_does_not_join_a_brigade(story, house):
    with house.open() as make:
        campaign = db.session.scalars(select(Campaign).where(Campaign.slug == "water")).one()
        number = make.sign_up(campaign, SignUpKind.ENDORSE).id
    assert story["bob"].get(f"{story['here']}/sign-ups/{number}/accept").status_code == 404
