"""Addresses that are never written to again: suppressed, withheld from letters, and written to again when the owner asks."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.campaigns import subscriptions
from app.domain_errors import DomainError
from app.email_addresses import normalized
from app.extensions import db
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest
from app.models.mail.bounces import BounceScore
from app.models.mail.deliveries import Delivery, DeliveryKind, Priority
from app.models.people.people import Person
from app.models.privacy.suppressions import Suppression, SuppressionReason
from app.models.scoping import in_every_scope
from app.queries.privacy import suppressions as suppression_queries
from app.text import N_

_WEAKER = {
    SuppressionReason.BOUNCED: (),
    SuppressionReason.COMPLAINED: (SuppressionReason.BOUNCED,),
    SuppressionReason.ASKED: (SuppressionReason.BOUNCED, SuppressionReason.COMPLAINED),
    SuppressionReason.ERASED: (SuppressionReason.BOUNCED, SuppressionReason.COMPLAINED),
}
"""The reasons that each one replaces: what an organizer may lift never hides what only the owner may."""
_ALWAYS = (DeliveryKind.HELP_CALL, DeliveryKind.ALARM)
"""Letters of accounts that are sent even where emails do not arrive: somebody is in danger, or the house is."""


def suppress(addresses: Collection[str], reason: SuppressionReason) -> None:
    """Never write to these addresses again, and end their subscriptions to all campaigns."""
    found = sorted(set(map(normalized, addresses)))
    _list(found, reason)
    db.session.execute(delete(BounceScore).where(BounceScore.digest.in_(found)))
    with in_every_scope():
        subscribed = select(Subscription).where(Subscription.email.in_(found)).order_by(Subscription.id)
        subscriptions.unsubscribe_all(db.session.scalars(subscribed).all())


def hold_back(address: str) -> None:
    """Write no more to an address where nothing arrives. Its subscriptions stay, for the day when it is lifted."""
    _list([normalized(address)], SuppressionReason.BOUNCED)


def _list(addresses: Collection[str], reason: SuppressionReason) -> None:
    """Enter normalized addresses; a wish of the owner counts more than what was known before."""
    now = clock.now()
    rows = [{"digest": one, "reason": reason, "at": now} for one in addresses]
    insert_missing(db.session, Suppression.__table__, rows)  # type: ignore[arg-type]
    weaker = update(Suppression).where(Suppression.digest.in_(addresses), Suppression.reason.in_(_WEAKER[reason]))
    db.session.execute(weaker.values(reason=reason, at=now).execution_options(synchronize_session=False))


def suppress_person(person: Person) -> None:
    """Never write to any address of a person again."""
    suppress(person.email_addresses, SuppressionReason.ASKED)


def lift(address: str) -> None:
    """Let an address be written to again, because its owner wants it."""
    for model in (Suppression, BounceScore):
        db.session.execute(delete(model).where(model.digest == normalized(address)))


def lift_bounced(addresses: Collection[str]) -> None:
    """Let those of some addresses be written to again where emails did not arrive; no owner's wish is touched."""
    held = suppression_queries.reasons_among(set(map(normalized, addresses)))
    for address, reason in held.items():
        if reason is SuppressionReason.BOUNCED:
            lift(address)


def lift_known(address: str) -> None:
    """Let an address be written to again; raises DomainError on `email` if it is not suppressed."""
    if suppression_queries.find(normalized(address)) is None:
        raise DomainError("email", N_("This address is not on the list."))
    lift(address)


def withholds(delivery: Delivery, address: str) -> bool:
    """Return whether a letter must not be sent, because its address is suppressed.

    The letter that asks to confirm a subscription which the owner of the address has asked for is sent, because people may
    change their minds. The letters of an account are sent, except for the one that invites somebody to have one; but where
    emails do not arrive, only what somebody waits for is tried, once, and calls for help and alarms always.
    """
    found = None if _was_asked_for(delivery) else suppression_queries.find(normalized(address))
    if found is None:
        return False
    if delivery.user is None:
        return True
    is_invited = delivery.kind is DeliveryKind.INVITATION and delivery.user.password_hash is None
    if found.reason is not SuppressionReason.BOUNCED:
        return is_invited
    if delivery.kind in _ALWAYS:
        return False
    return is_invited or delivery.priority != Priority.FIRST or _was_tried(delivery.user_id, since=found.at)


def _was_tried(user_id: int | None, *, since: datetime) -> bool:
    """Return whether something that the owner of an account waited for was sent although emails do not arrive."""
    tried = select(Delivery.id).where(
        Delivery.user_id == user_id, Delivery.priority == Priority.FIRST, Delivery.kind.not_in(_ALWAYS), Delivery.sent_at > since
    )  # fmt: skip
    return db.session.scalar(tried.limit(1)) is not None


def _was_asked_for(delivery: Delivery) -> bool:
    if delivery.kind is not DeliveryKind.CONFIRMATION or delivery.subscription_request_id is None:
        return False
    asked = db.session.get(SubscriptionRequest, delivery.subscription_request_id)
    return asked is not None and asked.invited_by_id is None
