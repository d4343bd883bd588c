"""Double opt-in and unsubscribing."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.campaigns import subscriptions
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.campaigns import Frequency
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.deliveries import MailboxLetter as Letter
from app.queries.campaigns import subscriptions as subscription_queries


def ask(campaign, email="Ana@Example.org", *, preferences=None, consent_text="Sí."):
    defaults = subscriptions.default_preferences(campaign, ["es"])
    subscription = subscriptions.request(
        campaign, email=email, preferences=defaults | (preferences or {}), consent_text=consent_text
    )
    db.session.commit()
    deliver_due()
    return subscription


@pytest.mark.parametrize(
    "spelled", ["ana@xn--mnchen-3ya.de", "Ana@MÜNCHEN.de", "<ana@münchen.de>", "ana@münchen.de\ufeff"]
)
def test_an_address_in_any_spelling_is_one_member(make, spelled):
    campaign = make.campaign()
    assert ask(campaign, "ana@münchen.de") == ask(campaign, spelled)
    assert db.session.query(Subscription).one().email == "ana@münchen.de"


def sent():
    """Return the kinds of emails that were sent, in order."""
    return [one.kind for one in db.session.query(Delivery).filter(Delivery.sent_at.is_not(None)).order_by(Delivery.id)]


def letters():
    return db.session.query(Letter).count()


def test_a_request_sends_one_email_and_subscribes_nobody(make):
    subscription = ask(make.campaign())
    assert subscription.status == SubscriptionStatus.UNCONFIRMED
    assert subscription.consent_text == "Sí."
    assert letters() == 1


def test_nobody_can_fill_a_strangers_mailbox(make, at):
    campaign = make.campaign()
    now = clock.now().replace(minute=5)
    at(now)
    for _ in range(5):
        ask(campaign)
    assert letters() == 1
    at(now + timedelta(hours=1))
    ask(campaign)
    assert letters() == 2
    assert db.session.query(Subscription).count() == 1


def test_a_member_who_subscribes_again_gets_their_link_once_a_day_and_nothing_changes(make, at):
    campaign, now = make.campaign(), clock.now().replace(hour=9)
    at(now)
    subscriptions.confirm(ask(campaign))
    for _ in range(3):
        assert ask(campaign, preferences={"languages": ["fr"]}).status == SubscriptionStatus.CONFIRMED
    assert db.session.query(Subscription).one().languages == "es"
    assert sent() == [DeliveryKind.CONFIRMATION, DeliveryKind.MEMBER_LINK]
    at(now + timedelta(days=1))
    ask(campaign)
    assert sent()[2:] == [DeliveryKind.MEMBER_LINK]


def test_confirming_applies_exactly_the_confirmed_request(make, at):
    campaign, now = make.campaign(), clock.now()
    subscription = ask(campaign, preferences={"languages": ["es", "pt"], "frequency": Frequency.DAILY})
    at(now + timedelta(minutes=90))
    ask(campaign, preferences={"languages": ["fr"], "frequency": Frequency.WEEKLY}, consent_text="Oui.")
    first, _second = subscription_queries.requests_of(subscription)
    assert subscription.languages == "es,pt"
    subscriptions.confirm(subscription, first)
    assert (subscription.languages, subscription.frequency) == ("es,pt", Frequency.DAILY)
    assert subscription.consent_text == "Sí."
    assert subscription_queries.requests_of(subscription) == []


def test_a_later_request_can_also_be_confirmed_and_then_applies(make):
    campaign = make.campaign()
    subscription = ask(campaign)
    ask(campaign, preferences={"languages": ["fr"], "frequency": Frequency.MONTHLY}, consent_text="Oui.")
    _first, second = subscription_queries.requests_of(subscription)
    subscriptions.confirm(subscription, second)
    assert (subscription.languages, subscription.frequency) == ("fr", Frequency.MONTHLY)
    assert subscription.consent_text == "Oui."


def test_requests_with_changing_preferences_cannot_fill_a_mailbox_either(make, at):
    campaign, now = make.campaign(), clock.now()
    for minute in range(40):
        at(now + timedelta(minutes=minute))
        ask(campaign, preferences={"languages": ["es"], "hour": minute % 24})
    assert letters() == subscriptions.MOST_REQUESTS_A_DAY
    at(now + timedelta(days=1, hours=1))
    ask(campaign)
    assert letters() == subscriptions.MOST_REQUESTS_A_DAY + 1


def test_a_request_from_before_an_unsubscription_cannot_be_confirmed(make, at):
    campaign, now = make.campaign(), clock.now()
    subscription = ask(campaign)
    old = subscription_queries.requests_of(subscription)[0]
    subscriptions.unsubscribe(subscription)
    at(now + timedelta(hours=2))
    ask(campaign)
    subscriptions.confirm(subscription, old)
    assert subscription.status == SubscriptionStatus.UNCONFIRMED


def test_an_old_link_does_not_undo_an_unsubscription(make):
    subscription = ask(make.campaign())
    subscriptions.confirm(subscription)
    subscriptions.unsubscribe(subscription)
    subscriptions.confirm(subscription)
    assert subscription.status == SubscriptionStatus.UNSUBSCRIBED


def test_a_former_member_can_return_by_confirming_again(make, at):
    campaign = make.campaign()
    subscription = ask(campaign)
    subscriptions.confirm(subscription)
    subscriptions.unsubscribe(subscription)
    at(clock.now() + timedelta(hours=2))
    assert ask(campaign).status == SubscriptionStatus.UNCONFIRMED
    subscriptions.confirm(subscription)
    assert subscription.status == SubscriptionStatus.CONFIRMED
    assert subscription.unsubscribed_at is None


def test_unsubscribing_withdraws_unsent_emails(make):
    campaign = make.campaign()
    subscription = subscriptions.request(
        campaign,
        email="b@example.org",
        preferences=subscriptions.default_preferences(campaign, ["es"]),
        consent_text="Sí.",
    )
    subscriptions.unsubscribe(subscription)
    db.session.commit()
    assert deliver_due() == 0
    assert db.session.query(Delivery).filter_by(kind=DeliveryKind.CONFIRMATION).one().withdrawn_at
