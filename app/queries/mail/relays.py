"""Relays that take no emails at the moment, and where recipients of bulk emails are."""

from collections.abc import Collection

from sqlalchemy import select

from app.extensions import db
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery
from app.models.mail.relays import RelayTrouble


def in_trouble() -> list[RelayTrouble]:
    """Return the relays that take no emails, by name."""
    return list(db.session.scalars(select(RelayTrouble).order_by(RelayTrouble.relay)))


def zones(delivery_ids: Collection[int]) -> list[tuple[int, str | None]]:
    """Return the time zone of the recipient of each of some emails, None where it is not known."""
    found = select(Delivery.id, Subscription.timezone).outerjoin(Delivery.subscription)
    return [(number, zone) for number, zone in db.session.execute(found.where(Delivery.id.in_(delivery_ids))).all()]
