"""Emails that the relay refuses, beside others of the same batch, and those that nobody wants any more when they are sent."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.campaigns import approvals, digests, subscriptions
from app.domain.people import consents, mailings
from app.domain.privacy import bounces
from app.domain.privacy.suppressions import hold_back
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail import batches
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.bounces import Bounce, BounceKind
from app.models.mail.deliveries import Delivery
from app.models.people.consents import ConsentMeans, ConsentPurpose
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.privacy import suppressions

GONE, FULL, BLOCKED = "gone@example.org", "full@example.org", "blocked@example.org"
ANSWERS = {
    GONE: "550 5.1.1 gone@example.org: user unknown",
    FULL: "552 5.2.2 mailbox full",
    BLOCKED: "554 5.7.1 blocked by a list: your IP has a bad reputation",
}


@pytest.fixture
def campaign(house, make, mail_server):
    house.with_settings(mail_url=mail_server.url)
    campaign = make.campaign()
    make.cite(make.article(), campaign)
    return campaign


def approve(campaign):
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    db.session.commit()
    return digest


def test_one_refused_address_never_releases_or_repeats_its_batch(make, campaign, mail_server, at):
    for address in (*ANSWERS, *(f"member{number}@example.org" for number in range(8))):
        make.subscription(campaign, address)
    deliver_due()
    mail_server.messages.clear()
    mail_server.on_rcpt = ANSWERS.get
    digest = approve(campaign)
    for hours in (0, 1, 24):
        at(clock.now() + timedelta(hours=hours))
        deliver_due()
    sent = Counter(message["To"] for message in mail_server.messages)
    assert sent == {f"member{number}@example.org": 1 for number in range(8)}
    noted = db.session.execute(
        select(Subscription.email, Bounce.kind, Bounce.code)
        .join(Delivery, Bounce.delivery_id == Delivery.id)
        .join(Subscription, Delivery.subscription_id == Subscription.id)
        .where(Delivery.digest_id == digest.id)
    )
    assert {tuple(row) for row in noted} == {
        (GONE, BounceKind.HARD, "5.1.1"), (FULL, BounceKind.SOFT, "5.2.2"), (BLOCKED, BounceKind.REFUSED, "5.7.1"),
    }  # fmt: skip
    assert suppressions.among(set(ANSWERS)) == {GONE}
    failed = db.session.scalars(select(Delivery).where(Delivery.failed_at.is_not(None))).all()
    assert len(failed) == 3
    assert all("@" not in (one.last_error or "") for one in failed)


def test_an_address_that_does_not_exist_does_not_get_the_next_digest(make, campaign, mail_server, at):
    make.subscription(campaign, GONE)
    deliver_due()
    mail_server.on_rcpt = ANSWERS.get
    approve(campaign)
    deliver_due()
    mail_server.on_rcpt = None
    mail_server.messages.clear()
    at(clock.now() + timedelta(days=8))
    make.cite(make.article("Another one"), campaign)
    approve(campaign)
    deliver_due()
    assert mail_server.messages == []


def test_an_email_that_was_postponed_for_a_week_counts_once(make, campaign, mail_server, at):
    make.subscription(campaign, FULL)
    deliver_due()
    mail_server.on_rcpt = lambda _address: "452 4.2.2 over quota"
    approve(campaign)
    for _attempt in range(25):
        at(clock.now() + timedelta(hours=14))
        deliver_due()
    assert list(db.session.scalars(select(Bounce.kind))) == [BounceKind.SOFT]
    assert bounces.TOO_MUCH > 1
    assert suppressions.among({FULL}) == set()


def unsubscribe(address):
    subscriptions.unsubscribe(db.session.scalars(select(Subscription).where(Subscription.email == address)).one())


def bounce(address):
    hold_back(address)


@pytest.mark.parametrize("leave", [unsubscribe, bounce])
def test_a_member_who_leaves_or_cannot_be_reached_while_a_digest_is_sent_does_not_get_it(
    make, house, campaign, mail_server, monkeypatch, leave
):
    monkeypatch.setattr(batches, "_LOOK_EVERY", 0)
    for number in range(30):
        make.subscription(campaign, f"member{number}@example.org")
    deliver_due()
    mail_server.messages.clear()
    approve(campaign)
    delivery = db.session.scalars(select(Delivery).order_by(Delivery.due_at.desc(), Delivery.id.desc())).first()
    last = db.session.get_one(Subscription, delivery.subscription_id).email

    mail_server.on_rcpt = once(house, lambda: leave(last))
    deliver_due()
    assert len(mail_server.messages) == 29
    assert last not in {message["To"] for message in mail_server.messages}


def test_a_person_who_takes_the_consent_back_while_a_mailing_is_sent_does_not_get_it(
    make, house, mail_server, monkeypatch
):
    monkeypatch.setattr(batches, "_LOOK_EVERY", 0)
    house.with_settings(mail_url=mail_server.url)
    congress = make.congress()
    people = [make.person(f"Name{one}", congress=congress, email=f"p{one}@example.org") for one in range(20)]
    for one in people:
        make.consent(one)
    mailing = make.mailing(congress=congress)
    mailings.approve(mailing, by=None, shown=mailings.reviewed(mailing, mailings.audience(mailing)))
    db.session.commit()
    last = db.session.scalars(select(Delivery).order_by(Delivery.id.desc())).first().person
    last_id, address = last.id, last.email

    def withdraw():
        consent = consents.state(db.session.get(Person, last_id))[ConsentPurpose.EMAIL]
        consents.withdraw(consent, clock.now().date(), ConsentMeans.PHONE, by=None)

    mail_server.on_rcpt = once(house, withdraw)
    deliver_due()
    assert len(mail_server.messages) == 19
    assert address not in {message["To"] for message in mail_server.messages}


def once(house, act):
    """Return what a mail server does for each recipient: at the first one, somebody acts elsewhere."""
    done = []

    def on_rcpt(_address):
        if not done:
            done.append(True)
            with house.app.app_context():
                enter_scope(EVERYTHING)
                act()
                db.session.commit()

    return on_rcpt
