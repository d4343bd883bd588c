"""Members' changes of address: requested with their link, confirmed from the new address, undone from the old one."""

from collections.abc import Iterable

from app import clock
from app.domain.campaigns.subscriptions import reopen, unsubscribe
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.email_addresses import checked
from app.extensions import db
from app.models.campaigns.subscriptions import AddressChange, Subscription, SubscriptionStatus
from app.models.mail.deliveries import DeliveryKind
from app.queries.campaigns import subscriptions as subscription_queries
from app.text import N_


def request(subscription: Subscription, email: str) -> AddressChange:
    """Record that a member wants to use another address, and queue an email that asks for confirmation there.

    Earlier requests that were not confirmed expire. Raises DomainError on `email` if it is the member's current
    address. It does not reveal whether someone else uses it.
    """
    email, now = checked(email), clock.now()
    if email == subscription.email:
        raise DomainError("email", N_("This is already your address."))
    for one in subscription_queries.changes_of(subscription):
        if one.confirmed_at is None:
            db.session.delete(one)
    change = AddressChange(
        campaign_id=subscription.campaign_id,
        subscription_id=subscription.id,
        old_email=subscription.email,
        new_email=email,
        requested_at=now,
        moved_ids=[],
        moved_in_ids=[],
    )
    db.session.add(change)
    db.session.flush()
    _queue(DeliveryKind.ADDRESS_CHANGE, change, subscription)
    return change


def is_open(change: AddressChange, subscription: Subscription) -> bool:
    """Return whether a change can still be confirmed: the member has neither unsubscribed nor changed the address since."""
    return (
        change.confirmed_at is None
        and subscription.status == SubscriptionStatus.CONFIRMED
        and subscription.email == change.old_email
    )


def confirm(change: AddressChange, subscriptions: Iterable[Subscription]) -> None:
    """Move the confirmed subscriptions of the old address to the new address, and notify the old one."""
    moved = [one for one in subscriptions if one.status == SubscriptionStatus.CONFIRMED]
    for one in moved:
        _move(one, change.new_email)
    change.confirmed_at = clock.now()
    change.moved_ids, change.moved_in_ids = [one.id for one in moved], [one.campaign_id for one in moved]
    db.session.flush()
    subscription = subscription_queries.get(change.campaign_id, change.subscription_id)
    _queue(DeliveryKind.ADDRESS_CHANGED, change, subscription)


def undo(change: AddressChange, subscriptions: Iterable[Subscription]) -> None:
    """Move back the subscriptions that a change moved, wherever they are now, and reopen those ended since.

    The owner of the old address wanted none of it. Links sent in the meantime stop working.
    """
    for one in subscriptions:
        if one.email != change.old_email:
            _move(one, change.old_email)
        if one.email == change.old_email and one.status == SubscriptionStatus.UNSUBSCRIBED:
            reopen(one)
    change.undone_at = clock.now()
    db.session.flush()


def _move(subscription: Subscription, email: str) -> None:
    """Use another address from now on; if that one already subscribes, end this subscription instead."""
    other = subscription_queries.of_campaign_at(subscription.campaign_id, email)
    if other is not None and other.status == SubscriptionStatus.CONFIRMED:
        unsubscribe(subscription)
        return
    if (
        other is not None
    ):  # requested once or unsubscribed: the address is free, and nothing that was sent to it is sent again
        sent = [one.covered_until for one in (subscription, other) if one.covered_until is not None]
        subscription.covered_until = max(sent, default=None)
        db.session.delete(other)
        db.session.flush()
    subscription.email = email
    subscription.link_number += 1
    db.session.flush()


def _queue(kind: DeliveryKind, change: AddressChange, subscription: Subscription) -> None:
    deliveries.queue(
        kind,
        subscription=subscription,
        occasion=f"change:{change.id}",
        due_at=clock.now(),
        address_change_id=change.id,
    )
