"""Inviting several people to a digest: who is left out and why, the letter, confirming it, and undoing it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app import clock
from app.domain.bulk import Left
from app.domain.campaigns import invitations, subscriptions
from app.domain.campaigns.invitations import AGAIN_AFTER, HELD
from app.domain.recording import recording_many
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.emails.campaigns import confirmations
from app.emails.rendering import from_house
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest, SubscriptionStatus
from app.models.mail.deliveries import Delivery, MailboxLetter
from app.queries.mail.deliveries import WAITING
from tests.domain.people.test_bulk import counted
from tests.factories import utc

WORDS = {"es": "Quiero.", "en": "I want it.", "pt": "Quero.", "fr": "Je veux."}
NOW, A_MINUTE = utc("2026-03-02 12:00"), timedelta(minutes=1)


def invited(make, campaign, *people, by=None):
    """Invite people, and return the outcome and the entry that undoes it."""
    user = by or make.user()
    with recording_many("enrolling.invite", "Peace", by=user, campaign_id=campaign.id) as entry:
        planned = invitations.plan(campaign, [one.id for one in people])
        outcome = invitations.invite(campaign, planned, WORDS, by=user)
    db.session.commit()
    return outcome, entry


def ana(make, name="Ana", email="ana@example.org", **changes):
    return make.person(name, "Luz", email=email, **changes)


def every(model):
    return db.session.scalars(select(model).order_by(model.id)).all()


def waiting():
    return db.session.scalars(select(Delivery).where(*WAITING)).all()


def test_an_invited_person_is_subscribed_only_by_confirming_and_with_the_usual_preferences(make):
    campaign, alice = make.campaign(), make.user("Alice")
    outcome, _entry = invited(make, campaign, ana(make, preferred_language="pt-BR"), by=alice)
    [subscription], [asked] = every(Subscription), every(SubscriptionRequest)
    assert (len(outcome.done), outcome.already, sum(outcome.left.values())) == (1, 0, 0)
    assert (subscription.is_unconfirmed, subscription.next_letter_at) == (True, None)
    assert (asked.invited_by, asked.consent_text) == (alice, "Quero.")
    assert subscriptions.preferences_of(asked) == subscriptions.default_preferences(campaign, ["pt"])
    subscriptions.confirm(subscription, asked)
    assert (subscription.is_confirmed, subscription.reads, subscription.consent_text) == (True, ["pt"], "Quero.")


def test_an_unknown_language_is_spanish(make):
    invited(make, make.campaign(), ana(make), ana(make, "Eva", "eva@example.org", preferred_language="qu"))
    assert [one.reads for one in every(Subscription)] == [["es"], ["es"]]


def test_all_others_are_left_out_with_the_reason(make):
    campaign = make.campaign()
    make.subscription(campaign, "known@example.org")
    make.subscription(campaign, "asked@example.org", confirmed=False)
    subscriptions.unsubscribe(make.subscription(campaign, "gone@example.org"))
    known, first = ana(make, email="known@example.org"), ana(make)
    people = {
        Left.NO_EMAIL: ana(make, email=None),
        Left.WITHDRAWN: ana(make, email="w@example.org"),
        Left.UNSUBSCRIBED: ana(make, email="gone@example.org"),
        Left.INVITED: ana(make, email="asked@example.org"),
    }
    make.consent(people[Left.WITHDRAWN], withdrawn_at=date(2025, 7, 1))
    same = ana(make, "Eva")
    planned = invitations.plan(campaign, [one.id for one in (known, *people.values(), first, same)])
    assert planned.left == {reason: [one.id] for reason, one in (people | {Left.SAME_ADDRESS: same}).items()}
    assert planned.already == [known.id]
    assert [one.person_id for one in planned.new] == [first.id]


def test_who_has_not_answered_is_invited_again_only_after_some_time(make, at):
    at(NOW)
    campaign, person = make.campaign(), ana(make)
    invited(make, campaign, person)
    at(NOW + AGAIN_AFTER)
    assert invitations.plan(campaign, [person.id]).left == {Left.INVITED: [person.id]}
    at(NOW + AGAIN_AFTER + A_MINUTE)
    _outcome, entry = invited(make, campaign, person)
    assert (len(every(Subscription)), len(every(SubscriptionRequest))) == (1, 2)
    undo(entry, by=make.user())
    db.session.commit()
    [first] = every(SubscriptionRequest)
    assert first.requested_at - NOW < A_MINUTE
    assert [one.subscription_request_id for one in waiting()] == [first.id]


def test_who_has_asked_for_it_as_well_is_not_invited_again(make, at):
    at(NOW)
    campaign, person = make.campaign(), ana(make)
    invited(make, campaign, person)
    at(NOW + timedelta(days=1))
    make.subscription(campaign, "ana@example.org", confirmed=False)
    at(NOW + AGAIN_AFTER + timedelta(days=2))
    assert invitations.plan(campaign, [person.id]).left == {Left.INVITED: [person.id]}


def test_the_emails_wait_and_undoing_withdraws_all_that_were_not_sent(make, at):
    at(NOW)
    campaign = make.campaign()
    _outcome, entry = invited(make, campaign, ana(make), ana(make, "Eva", "eva@example.org"))
    at(NOW + HELD - A_MINUTE)
    assert deliver_due() == 0
    assert undo(entry, by=make.user()) == 0
    db.session.commit()
    at(NOW + HELD + A_MINUTE)
    assert deliver_due() == 0
    assert (every(Subscription), every(SubscriptionRequest), waiting()) == ([], [], [])


def test_undoing_leaves_and_counts_those_whose_email_was_sent(make):
    campaign = make.campaign()
    _outcome, entry = invited(make, campaign, ana(make), ana(make, "Eva", "eva@example.org"))
    first, _second = every(Subscription)
    sent = update(Delivery).where(Delivery.subscription_id == first.id).values(sent_at=clock.now())
    db.session.execute(sent)
    db.session.commit()
    assert undo(entry, by=make.user()) == 1
    db.session.commit()
    assert [one.email for one in every(Subscription)] == ["ana@example.org"]
    assert len(every(SubscriptionRequest)) == 1


def test_undoing_says_that_every_email_was_sent(make, at):
    at(NOW)
    _outcome, entry = invited(make, make.campaign(), ana(make))
    at(NOW + HELD + A_MINUTE)
    assert deliver_due() == 1
    with pytest.raises(DomainError, match="sent already"):
        undo(entry, by=make.user())


def test_who_unsubscribes_before_the_email_is_sent_gets_none(make, at):
    at(NOW)
    invited(make, make.campaign(), ana(make))
    [subscription] = every(Subscription)
    subscriptions.unsubscribe(subscription)
    db.session.commit()
    at(NOW + HELD + A_MINUTE)
    assert deliver_due() == 0
    assert subscription.status is SubscriptionStatus.UNSUBSCRIBED


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", ["Alice, de la campaña “Peace”, le invita", "cada semana, en español", "90 días"]),
        ("en", ["Alice of the campaign “Peace” invites you", "every week, in English", "90 days"]),
        ("pt", ["Alice, da campanha “Peace”, convida você", "toda semana, em português", "90 dias"]),
        ("fr", ["Alice, de la campagne « Peace », vous invite", "chaque semaine, en français", "90 jours"]),
    ],
)
def test_the_email_says_who_invites_to_what_in_the_language_of_the_person(make, language, said):
    invited(make, make.campaign("Peace"), ana(make, preferred_language=language), by=make.user("Alice"))
    [asked] = every(SubscriptionRequest)
    with from_house():
        letter = confirmations.compose(db.session.get_one(Subscription, asked.subscription_id), asked)
    assert letter.address == "ana@example.org"
    assert letter.language == language
    assert "Peace" in letter.subject
    for part in (letter.text, letter.html):
        words = " ".join(part.replace("\xa0", " ").replace("\u202f", " ").split())
        assert [one for one in said if one not in words] == []
        assert words.count("/confirm/") == 1


def test_a_letter_is_delivered_with_the_same_content(make, at):
    at(NOW)
    invited(make, make.campaign("Peace"), ana(make, preferred_language="en"), by=make.user("Alice"))
    at(NOW + HELD + A_MINUTE)
    assert deliver_due() == 1
    assert every(MailboxLetter)[0].subject == "Invitation: Peace"


def test_the_number_of_statements_does_not_grow_with_the_number_of_people(make):
    campaign, needed = make.campaign(), []
    for size in (1, 2, 12):
        people = [ana(make, email=f"ana{size}-{one}@example.org") for one in range(size)]
        with counted() as sent:
            invited(make, campaign, *people)
        needed.append(len(sent))
    assert needed[1] == needed[2]
    assert invited(make, campaign)[0].done == []
