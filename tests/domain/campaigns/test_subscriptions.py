"""Double opt-in and the way out."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.campaigns import subscriptions
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.deliveries import MailboxLetter as Letter


def ask(campaign, email="Ana@Example.org"):
    subscription = subscriptions.request(
        campaign, email=email, wishes=subscriptions.usual(campaign, ["es"]), agreed_words="Sí."
    )
    db.session.commit()
    deliver_due()
    return subscription


@pytest.mark.parametrize(
    "spelled", ["ana@xn--mnchen-3ya.de", "Ana@MÜNCHEN.de", "<ana@münchen.de>", "ana@münchen.de\ufeff"]
)
def test_an_address_is_one_member_however_it_is_written(make, spelled):
    campaign = make.campaign()
    assert ask(campaign, "ana@münchen.de") == ask(campaign, spelled)
    assert db.session.query(Subscription).one().email == "ana@münchen.de"


def letters():
    return db.session.query(Letter).count()


def test_asking_sends_one_letter_and_subscribes_nobody(make):
    subscription = ask(make.campaign())
    assert subscription.status == SubscriptionStatus.UNCONFIRMED
    assert subscription.agreed_words == "Sí."
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


def test_asking_for_a_confirmed_address_changes_nothing_and_sends_nothing(make, at):
    campaign = make.campaign()
    subscriptions.confirm(ask(campaign))
    at(clock.now() + timedelta(hours=2))
    assert ask(campaign).status == SubscriptionStatus.CONFIRMED
    assert letters() == 1


def test_an_old_link_does_not_undo_an_unsubscription(make):
    subscription = ask(make.campaign())
    subscriptions.confirm(subscription)
    subscriptions.unsubscribe(subscription)
    subscriptions.confirm(subscription)
    assert subscription.status == SubscriptionStatus.UNSUBSCRIBED


def test_whoever_left_can_come_back_by_confirming_again(make, at):
    campaign = make.campaign()
    subscription = ask(campaign)
    subscriptions.confirm(subscription)
    subscriptions.unsubscribe(subscription)
    at(clock.now() + timedelta(hours=2))
    assert ask(campaign).status == SubscriptionStatus.UNCONFIRMED
    subscriptions.confirm(subscription)
    assert subscription.status == SubscriptionStatus.CONFIRMED
    assert subscription.unsubscribed_at is None


def test_unsubscribing_withdraws_what_has_not_left(make):
    campaign = make.campaign()
    subscription = subscriptions.request(
        campaign, email="b@example.org", wishes=subscriptions.usual(campaign, ["es"]), agreed_words="Sí."
    )
    subscriptions.unsubscribe(subscription)
    db.session.commit()
    assert deliver_due() == 0
    assert db.session.query(Delivery).filter_by(kind=DeliveryKind.CONFIRMATION).one().withdrawn_at
