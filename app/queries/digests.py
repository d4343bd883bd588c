"""Digests."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.digests import Digest, DigestPart, DigestStatus, Subscription, SubscriptionStatus
from app.queries.lookup import one

_WHOLE = (joinedload(Digest.campaign, innerjoin=True), selectinload(Digest.items))


def get(campaign_id: int, digest_id: int) -> Digest:
    """Return one digest of a campaign with its items."""
    return one(Digest, Digest.id == digest_id, Digest.campaign_id == campaign_id, options=_WHOLE)


def of_campaign(campaign_id: int) -> Sequence[Digest]:
    """Return the digests of a campaign, the latest first."""
    listed = select(Digest).where(Digest.campaign_id == campaign_id).options(*_WHOLE)
    return db.session.scalars(listed.order_by(Digest.period_end.desc())).all()


def waiting_for_approval() -> Sequence[Digest]:
    """Return the drafts that the scope shows, the oldest first."""
    drafts = select(Digest).where(Digest.status == DigestStatus.DRAFT).options(*_WHOLE)
    return db.session.scalars(drafts.order_by(Digest.period_end)).all()


def languages(campaign_id: int) -> list[str]:
    """Return the languages that a campaign's confirmed members read."""
    read = select(Subscription.language).where(
        Subscription.campaign_id == campaign_id, Subscription.status == SubscriptionStatus.CONFIRMED
    )
    return list(db.session.scalars(read.distinct().order_by(Subscription.language)))


def part(digest_id: int, locale: str) -> DigestPart:
    """Return an approved digest as it was rendered for one language."""
    return one(DigestPart, DigestPart.digest_id == digest_id, DigestPart.locale == locale)
