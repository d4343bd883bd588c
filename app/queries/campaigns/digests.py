"""Digests."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.campaigns.digests import OPEN, Digest, DigestPart, DigestStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.lookup import one
from app.queries.paging import PAGE, Page, page_of

_WHOLE = (joinedload(Digest.campaign, innerjoin=True), selectinload(Digest.items))


def get(campaign_id: int, digest_id: int) -> Digest:
    """Return a digest of a campaign with its items."""
    return one(Digest, Digest.id == digest_id, Digest.campaign_id == campaign_id, options=_WHOLE)


def find(campaign_id: int, status: str, number: int, *, size: int = PAGE) -> Page[Digest]:
    """Return a page of the digests of a campaign, latest first; `status` is a DigestStatus, or empty for all."""
    found = select(Digest).where(Digest.campaign_id == campaign_id).options(*_WHOLE)
    if status:
        found = found.where(Digest.status == DigestStatus(status))
    return page_of(found.order_by(Digest.period_end.desc(), Digest.id.desc()), number, size=size)


def waiting_for_approval() -> Sequence[Digest]:
    """Return the drafts in scope, oldest first."""
    drafts = select(Digest).where(Digest.status.in_(OPEN)).options(*_WHOLE)
    return db.session.scalars(drafts.order_by(Digest.period_end)).all()


def open_draft(campaign_id: int) -> Digest | None:
    """Return and lock the draft of a campaign that can still be changed; there is at most one."""
    waiting = select(Digest).where(Digest.campaign_id == campaign_id, Digest.status.in_(OPEN))
    return db.session.scalar(waiting.with_for_update())


def part(digest_id: int, key: str) -> DigestPart | None:
    """Return the rendered email shared by all members with this key, or None if it has not been rendered."""
    return db.session.scalar(select(DigestPart).where(DigestPart.digest_id == digest_id, DigestPart.key == key))


def part_in(digest_id: int, locale: str) -> DigestPart | None:
    """Return the longest rendered email in a language: that of the members who received everything."""
    rendered = select(DigestPart).where(DigestPart.digest_id == digest_id, DigestPart.locale == locale)
    return db.session.scalar(rendered.order_by(func.length(DigestPart.text).desc(), DigestPart.id).limit(1))


def get_public(campaign_id: int, digest_id: int) -> Digest:
    """Return a digest of a campaign if at least one of its emails was sent."""
    return one(Digest, Digest.id == digest_id, Digest.campaign_id == campaign_id, _has_left(), options=_WHOLE)


def find_public(campaign_id: int, number: int) -> Page[Digest]:
    """Return a page of the digests of which at least one email was sent, latest first."""
    found = select(Digest).where(Digest.campaign_id == campaign_id, _has_left()).options(*_WHOLE)
    return page_of(found.order_by(Digest.period_end.desc(), Digest.id.desc()), number)


def _has_left() -> ColumnElement[bool]:
    left = select(Delivery.id).where(
        Delivery.digest_id == Digest.id, Delivery.kind == DeliveryKind.DIGEST, Delivery.sent_at.is_not(None)
    )
    return left.exists()
