"""Subscribing several people with their consent: who is left out and why, and undoing it."""

from datetime import date

import pytest
from sqlalchemy import select, update

from app import clock
from app.domain.bulk import Left
from app.domain.campaigns import enrollments, subscriptions
from app.domain.mail import deliveries
from app.domain.recording import recording_many
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.people.consents import ConsentPurpose
from tests.domain.people.test_bulk import counted


def consenting(make, name="Ana", email="ana@example.org", *, language=None, **changes):
    """Return a person with an address and a consent to emails."""
    person = make.person(name, "Luz", email=email, preferred_language=language)
    make.consent(person, **changes)
    return person


def subscribe(make, campaign, *people):
    ids = [one.id for one in people]
    with recording_many("enrolling.subscribe", "Peace", by=make.user(), campaign_id=campaign.id) as entry:
        outcome = enrollments.subscribe(campaign, enrollments.plan(campaign, ids))
    db.session.commit()
    return outcome, entry


def subscription(email="ana@example.org"):
    return db.session.scalar(select(Subscription).where(Subscription.email == email))


def test_a_person_who_consented_is_subscribed_with_those_words_in_her_language(make):
    campaign = make.campaign()
    outcome, _entry = subscribe(make, campaign, consenting(make, language="pt-BR", words="Escreva-me."))
    found = subscription()
    assert (found.status, found.consent_text, found.reads) == (SubscriptionStatus.CONFIRMED, "Escreva-me.", ["pt"])
    assert found.next_letter_at > clock.now() >= found.covered_until
    assert (len(outcome.done), outcome.already, sum(outcome.left.values())) == (1, 0, 0)
    assert subscribe(make, campaign, *[])[0].done == []


def test_all_others_are_left_out_with_the_reason(make):
    campaign = make.campaign()
    make.subscription(campaign, "known@example.org")
    subscriptions.unsubscribe(make.subscription(campaign, "left@example.org"))
    people = {
        Left.NO_EMAIL: consenting(make, email=None),
        Left.NO_CONSENT: make.person("Bea", "Luz", email="bea@example.org"),
        Left.WITHDRAWN: consenting(
            make, email="w@example.org", withdrawn_at=date(2025, 7, 1), given_at=date(2025, 3, 1)
        ),
        Left.UNSUBSCRIBED: consenting(make, email="left@example.org"),
    }
    make.consent(people[Left.NO_CONSENT], ConsentPurpose.PHOTOS)
    known, first = consenting(make, email="known@example.org"), consenting(make)
    same = consenting(make, "Eva")
    planned = enrollments.plan(campaign, [one.id for one in (known, *people.values(), first, same)])
    expected = {reason: [person.id] for reason, person in (people | {Left.SAME_ADDRESS: same}).items()}
    assert planned.left == expected
    assert planned.already == [known.id]
    assert [one.person_id for one in planned.new] == [first.id]


def test_a_request_that_waits_for_confirmation_becomes_the_subscription_and_undoing_restores_it(make):
    campaign = make.campaign()
    waiting = make.subscription(campaign, "ana@example.org", confirmed=False)
    words = waiting.consent_text
    _outcome, entry = subscribe(make, campaign, consenting(make))
    db.session.refresh(waiting)
    assert (waiting.is_confirmed, waiting.consent_text) == (True, "Write to me.")
    undo(entry, by=make.user())
    db.session.commit()
    db.session.refresh(waiting)
    assert (waiting.is_unconfirmed, waiting.consent_text, waiting.confirmed_at) == (True, words, None)


def test_undoing_ends_subscriptions_to_which_nothing_was_sent(make):
    campaign = make.campaign()
    people = [consenting(make), consenting(make, "Bea", "bea@example.org"), consenting(make, "Eva", "eva@example.org")]
    _outcome, entry = subscribe(make, campaign, *people)
    for email in ("ana@example.org", "bea@example.org"):
        deliveries.queue(DeliveryKind.DIGEST, subscription=subscription(email), occasion="digest:1", due_at=clock.now())
    db.session.execute(
        update(Delivery).where(Delivery.subscription_id == subscription().id).values(sent_at=clock.now())
    )
    db.session.commit()
    assert undo(entry, by=make.user()) == 1
    db.session.commit()
    assert [one.email for one in db.session.scalars(select(Subscription))] == ["ana@example.org"]
    assert len(db.session.scalars(select(Delivery)).all()) == 1


def test_a_member_who_has_changed_something_stays_subscribed(make):
    campaign = make.campaign()
    _outcome, entry = subscribe(make, campaign, consenting(make))
    subscriptions.unsubscribe(subscription())
    db.session.commit()
    with pytest.raises(DomainError):
        undo(entry, by=make.user())
    assert subscription().is_unsubscribed


def test_the_number_of_statements_does_not_grow_with_the_number_of_people(make):
    campaign, needed = make.campaign(), []
    for size in (1, 2, 12):
        people = [consenting(make, "Ana", f"ana{size}-{one}@example.org") for one in range(size)]
        with counted() as sent:
            subscribe(make, campaign, *people)
        needed.append(len(sent))
    assert needed[1] == needed[2]
