"""Members' subscriptions: asked for, confirmed, ended."""

from sqlalchemy import select

from app import clock
from app.domain import deliveries
from app.extensions import db
from app.models.campaigns import Campaign
from app.models.deliveries import DeliveryKind
from app.models.digests import Subscription, SubscriptionStatus


def request(campaign: Campaign, *, email: str, language: str, timezone: str, agreed_words: str) -> Subscription:
    """Note that somebody asked for the digest at an address, and promise a letter in which its owner can confirm.

    Asking again for a confirmed address changes nothing and sends nothing; for another, at most one letter an hour:
    nobody can fill a stranger's mailbox.
    """
    email, now = email.lower(), clock.now()
    same = select(Subscription).where(Subscription.campaign_id == campaign.id, Subscription.email == email)
    subscription = db.session.scalar(same)
    if subscription is None:
        subscription = Subscription(campaign_id=campaign.id, email=email)
        db.session.add(subscription)
    elif subscription.status == SubscriptionStatus.CONFIRMED:
        return subscription
    subscription.language, subscription.timezone = language, timezone
    subscription.status = SubscriptionStatus.UNCONFIRMED
    subscription.agreed_words, subscription.requested_at = agreed_words, now
    db.session.flush()
    deliveries.promise(
        DeliveryKind.CONFIRMATION, subscription=subscription, occasion=f"request:{now:%Y-%m-%dT%H}", due_at=now
    )
    return subscription


def confirm(subscription: Subscription) -> None:
    """Confirm: from the next digest on, the member receives them. An old link does not undo an unsubscription."""
    if subscription.status == SubscriptionStatus.UNCONFIRMED:
        subscription.status = SubscriptionStatus.CONFIRMED
        subscription.confirmed_at, subscription.unsubscribed_at = clock.now(), None
        db.session.flush()


def unsubscribe(subscription: Subscription) -> None:
    """End the subscription; letters that have not left are withdrawn."""
    if subscription.status != SubscriptionStatus.UNSUBSCRIBED:
        subscription.status, subscription.unsubscribed_at = SubscriptionStatus.UNSUBSCRIBED, clock.now()
        db.session.flush()
    deliveries.withdraw_subscription(subscription.id)
