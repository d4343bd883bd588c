"""Campaigns."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models.campaigns import Campaign
from app.models.digests import Subscription, SubscriptionStatus
from app.queries.lookup import one


def get(campaign_id: int) -> Campaign:
    """Return one campaign."""
    return one(Campaign, Campaign.id == campaign_id)


def listing() -> Sequence[Campaign]:
    """Return campaigns, the latest first."""
    return db.session.scalars(select(Campaign).order_by(Campaign.start_date.desc(), Campaign.id)).all()


def open_id(slug: str) -> int | None:
    """Return the id of the campaign that the public may subscribe to under this word."""
    every = Campaign.__table__.c  # the table and not the class: the public has no scope
    return db.session.scalar(select(every.id).where(every.slug == slug, every.open_to_subscribers))


def feed_id(slug: str) -> int | None:
    """Return the id of the campaign whose articles anybody may read as a feed under this word."""
    every = Campaign.__table__.c  # the table and not the class: the public has no scope
    return db.session.scalar(select(every.id).where(every.slug == slug, every.public_feed))


def due_for_digest() -> list[int]:
    """Return the campaigns whose hour for a digest has come."""
    due = select(Campaign.id).where(Campaign.next_digest_at <= clock.now()).order_by(Campaign.next_digest_at)
    return list(db.session.scalars(due))


def subscriber_counts(campaign_id: int) -> dict[SubscriptionStatus, int]:
    """Return how many subscriptions a campaign has in each status."""
    counted = select(Subscription.status, func.count()).where(Subscription.campaign_id == campaign_id)
    counts = dict(db.session.execute(counted.group_by(Subscription.status)).all())
    return {status: counts.get(status, 0) for status in SubscriptionStatus}


def subscriptions(campaign_id: int) -> Sequence[Subscription]:
    """Return the subscriptions of a campaign, the latest first."""
    listed = select(Subscription).where(Subscription.campaign_id == campaign_id)
    return db.session.scalars(listed.order_by(Subscription.id.desc())).all()


def subscription(campaign_id: int, subscription_id: int) -> Subscription:
    """Return one subscription of a campaign."""
    return one(Subscription, Subscription.id == subscription_id, Subscription.campaign_id == campaign_id)
