"""Digests to members, as many of them are sent at once."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from app.dialects.many_rows import any_of
from app.extensions import db
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mail.deliveries import Delivery


class MemberLetter(NamedTuple):
    """An email of a digest that was rendered for a group, and the member who gets it."""

    delivery_id: int
    message_id: str
    part_id: int
    subscription_id: int
    email: str
    campaign_id: int
    link_number: int
    is_confirmed: bool


def rendered(delivery_ids: Collection[int]) -> list[MemberLetter]:
    """Return those of some emails that are digests and rendered: nothing else to a member has a part.

    The kind is not asked for, because SQLite would read all digests by its index.
    """
    found = select(
        Delivery.id, Delivery.message_id, Delivery.digest_part_id, Subscription.id, Subscription.email,
        Subscription.campaign_id, Subscription.link_number,
        Subscription.status == SubscriptionStatus.CONFIRMED,
    )  # fmt: skip
    found = found.join(Subscription, Delivery.subscription_id == Subscription.id).where(
        any_of(db.session, Delivery.id, delivery_ids), Delivery.digest_part_id.is_not(None)
    )
    return [MemberLetter._make(row) for row in db.session.execute(found)]
