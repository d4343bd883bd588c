"""Several people are subscribed to a digest, or invited to it: who may, what is said, and how it is undone."""

import re

import pytest
from sqlalchemy import select, update

from app import clock
from app.domain.campaigns import invitations, subscriptions
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest
from app.models.mail.deliveries import Delivery
from app.models.people.consents import Consent
from app.models.people.people import ContactType, Person
from app.queries.mail.deliveries import WAITING
from tests.views.pages import text
from tests.views.people.selecting import address, confirm, shown, told


@pytest.fixture
def consenting(world, house):
    """Of Alice's three people, Ana and Bea have consented to emails, and Bea has no address; Alice coordinates a campaign."""
    with house.open() as make:
        ana, bea, _carla = (db.session.get_one(Person, number) for number in world["people"])
        make.contact_detail(ana, "ana@example.org", type=ContactType.EMAIL)
        for person in (ana, bea):
            make.consent(person)
        for number in (1, 2):
            campaign = make.campaign(f"Peace {number}", slug=f"peace{number}")
            make.grant(db.session.get_one(User, world["ids"]["alice"]), Role.COORDINATOR, campaign=campaign)
        world["campaign"] = campaign.id
    return world


def test_those_who_consented_are_subscribed_and_the_others_named_with_the_reason(consenting, house):
    alice, path = consenting["alice"], address("subscribe", consenting["people"])
    page = text(alice.get(path))
    assert '<option value="2">Peace 1' in page.replace("\n", "")
    assert "Land" not in page  # she does not coordinate it
    path += f"&campaign={consenting['campaign']}"
    page = text(alice.get(path))
    assert "Subscribe 1 person to “Peace 2”" in page
    for reason in ("No email address: 1", "No recorded consent to emails: 1"):
        assert reason in page
    said, undo = told(alice, confirm(alice, path))
    assert "1 person was subscribed. No email address: 1. No recorded consent to emails: 1." in said
    with house.open():
        assert [one.email for one in db.session.scalars(select(Subscription))] == ["ana@example.org"]
    assert "Already subscribed: 1" in text(alice.get(path))
    assert "Undone: People subscribed: Peace 2" in told(alice, alice.post(undo, {}))[0]
    with house.open():
        assert db.session.scalars(select(Subscription)).all() == []


def test_a_consent_that_was_withdrawn_since_the_page_was_shown_counts(consenting, house):
    alice = consenting["alice"]
    path = f"{address('subscribe', consenting['people'])}&campaign={consenting['campaign']}"
    sent = shown(alice.get(path))
    with house.open():
        db.session.execute(update(Consent).values(withdrawn_at=Consent.given_at, withdrawn_how="phone"))
    refused = alice.post(path, sent)
    assert refused.status_code == 422
    assert "Consent to emails withdrawn: 2" in text(refused)


def test_nobody_else_subscribes_people_to_a_campaign(consenting):
    path = f"{address('subscribe', consenting['people'])}&campaign={consenting['campaign']}"
    assert consenting["bob"].get(path).status_code == 403
    assert "subscribe with their consent" not in text(consenting["bob"].get("/people"))
    assert "subscribe with their consent" in text(consenting["alice"].get("/people"))
    page = text(consenting["dora"].get(path))
    assert "You do not coordinate a campaign." in page
    assert not re.search("Ana|Peace", page)
    assert consenting["charlie"].get(path).status_code == 404


@pytest.fixture
def invitable(consenting, house):
    """Carla has an address as well, but said nothing; Bob may see the people, and coordinates only a congress."""
    with house.open() as make:
        carla = db.session.get_one(Person, consenting["people"][2])
        make.contact_detail(carla, "carla@example.org", type=ContactType.EMAIL)
    return consenting | {"path": f"{address('invite', consenting['people'])}&campaign={consenting['campaign']}"}


def test_people_are_invited_and_the_others_named_with_the_reason(invitable, house):
    alice, path = invitable["alice"], invitable["path"]
    page = text(alice.get(path))
    assert "Invite 2 people to the digest “Peace 2”" in page
    assert "is subscribed only by confirming it" in page
    assert "The emails are sent after 10 minutes." in page
    assert "You can undo this for" not in page
    assert "No email address: 1" in page
    said, undo = told(alice, confirm(alice, path))
    assert "2 people were invited. No email address: 1." in said
    with house.open():
        asked = db.session.scalars(select(SubscriptionRequest)).all()
        assert [one.invited_by.name for one in asked] == ["Alice", "Alice"]
        assert {one.consent_text[:6] for one in asked} == {"Quiero"}
    page = text(alice.get(path))
    assert "Already invited, or asked for it without confirming: 2" in page
    assert '<button class="do"' not in alice.get(path).text
    assert "Undone: People invited: Peace 2" in told(alice, alice.post(undo, {}))[0]
    with house.open():
        assert db.session.scalars(select(Subscription)).all() == []


def test_a_double_press_invites_once(invitable, house):
    alice, path = invitable["alice"], invitable["path"]
    sent = shown(alice.get(path))
    assert [alice.post(path, sent).status_code for _press in range(2)] == [302, 302]
    with house.open():
        assert len(db.session.scalars(select(Delivery)).all()) == 2


def test_who_unsubscribed_since_the_page_was_shown_is_not_invited(invitable, house):
    alice, path = invitable["alice"], invitable["path"]
    sent = shown(alice.get(path))
    with house.open() as make:
        campaign = db.session.get_one(Campaign, invitable["campaign"])
        subscriptions.unsubscribe(make.subscription(campaign, "ana@example.org"))
    refused = alice.post(path, sent)
    assert refused.status_code == 422
    assert "Has unsubscribed: 1" in text(refused)
    confirm(alice, path)
    with house.open():
        assert [one.subscription.email for one in db.session.scalars(select(Delivery).where(*WAITING))] == [
            "carla@example.org"
        ]


def test_undoing_says_how_many_emails_were_sent_already(invitable, house):
    alice = invitable["alice"]
    _said, undo = told(alice, confirm(alice, invitable["path"]))
    with house.open():
        db.session.execute(update(Delivery).where(Delivery.id == 1).values(sent_at=clock.now()))
    said, _undo = told(alice, alice.post(undo, {}))
    assert "1 was left as it is, because an email was sent already or something has changed since." in said


def test_nobody_else_invites_people_to_a_campaign(invitable):
    path = invitable["path"]
    assert invitable["bob"].get(path).status_code == 403
    assert "invite to a campaign’s digest" not in text(invitable["bob"].get("/people"))
    assert "invite to a campaign’s digest" in text(invitable["alice"].get("/people"))
    assert not re.search("Ana|Carla|Peace", text(invitable["dora"].get(path)))
    assert invitable["charlie"].get(path).status_code == 404


def test_more_than_can_be_invited_together_is_said(invitable, monkeypatch):
    monkeypatch.setattr(invitations, "MOST", 2)
    assert "At most 2 can be changed at once." in text(invitable["alice"].get(invitable["path"]))
    assert confirm(invitable["alice"], invitable["path"]).status_code == 422


def test_the_address_of_an_invited_person_is_shown_only_to_those_who_can_see_her(invitable, house):
    confirm(invitable["alice"], invitable["path"])
    with house.open() as make:
        campaign = db.session.get_one(Campaign, invitable["campaign"])
        make.grant(db.session.get_one(User, invitable["ids"]["dora"]), Role.COORDINATOR, campaign=campaign)
        make.subscription(campaign, "carla@example.org", confirmed=False)
    listed = f"/campaigns/{invitable['campaign']}/subscribers"
    assert "ana@example.org" in text(invitable["alice"].get(listed))
    page = text(invitable["dora"].get(listed))
    assert page.count("A person who was invited") == 1
    assert "ana@example.org" not in page
    assert "carla@example.org" in page  # she has requested it herself
    assert not re.search("A person who|@example", text(invitable["dora"].get(f"{listed}?q=ana")))
    assert "ana@example.org" in text(invitable["alice"].get(f"{listed}?q=ana"))
    with house.open():
        [first, _second] = db.session.scalars(select(Subscription).order_by(Subscription.id))
        subscriptions.confirm(first, db.session.get_one(SubscriptionRequest, 1))
    assert "ana@example.org" in text(invitable["dora"].get(listed))
