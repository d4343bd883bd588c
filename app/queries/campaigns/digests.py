"""Digests."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.extensions import db
from app.models.campaigns.digests import OPEN, Digest, DigestItem, DigestPart, DigestStatus, DigestVersion
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.holds import HoldReason, HoldState, SendingHold
from app.models.mail.totals import DeliveryTotal
from app.models.press.articles import Article
from app.queries.lookup import one
from app.queries.paging import PAGE, Page, page_of

_FOLLOWED = (DigestStatus.APPROVED, DigestStatus.DISCARDED)
"""The statuses in which a digest that was queued or discarded for some of its members follows for the others."""
_UNQUEUED = (Digest.queued_up_to.is_not(None), Digest.status.in_((*_FOLLOWED, DigestStatus.PAUSED)))
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


def being_queued(campaign_id: int) -> bool:
    """Return whether a digest of a campaign is still to be queued or discarded for some of its members, or taken back."""
    unfinished = or_(and_(*_UNQUEUED), Digest.status == DigestStatus.REOPENING)
    found = select(Digest.id).where(Digest.campaign_id == campaign_id, unfinished)
    return db.session.scalar(found.limit(1)) is not None


def next_to_queue() -> Digest | None:
    """Return and lock a digest that is still to be queued or discarded for some of its members."""
    return _locked(select(Digest).where(*_UNQUEUED, Digest.status.in_(_FOLLOWED)))


def next_to_reopen(after: int) -> Digest | None:
    """Return and lock the next digest after an id of which some emails are still to be taken back."""
    return _locked(select(Digest).where(Digest.status == DigestStatus.REOPENING, Digest.id > after))


def _locked(found: Select[Any]) -> Digest | None:
    first = found.order_by(Digest.id).limit(1).with_for_update()
    digest: Digest | None = db.session.scalar(first.execution_options(populate_existing=True))
    return digest


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


def sent_among(article_ids: Iterable[int]) -> set[int]:
    """Return the articles that were in a digest of any campaign of which at least one email was sent."""
    version, item = DigestVersion.__table__, DigestItem.__table__
    sent = (
        select(version.c.article_id)
        .join(item, item.c.id == version.c.item_id)
        .where(version.c.article_id.in_(list(article_ids)), item.c.dropped.is_(False), _was_sent(item.c.digest_id))
    )
    return set(db.session.scalars(sent.execution_options(unscoped="a text is public whichever campaign sent it")))


def is_text_public(article: Article) -> bool:
    """Return whether everyone may read the text of an article: its license allows it, and a digest with it was sent."""
    return article.id in public_texts([article])


def public_texts(articles: Iterable[Article]) -> set[int]:
    """Return the ids of the articles whose texts everyone may read: see `is_text_public`."""
    return sent_among(one.id for one in articles if one.has_public_text)


def _has_left() -> ColumnElement[bool]:
    return _was_sent(Digest.id)


def _was_sent(digest_id: Any) -> ColumnElement[bool]:
    """Return the condition that an email of a digest was sent, even if the delivery is no longer kept."""
    delivery, total = Delivery.__table__.c, DeliveryTotal.__table__.c
    one = select(delivery.id).where(delivery.digest_id == digest_id, *_digest_sent(delivery))
    kept = select(total.id).where(total.digest_id == digest_id, total.kind == DeliveryKind.DIGEST, total.sent > 0)
    return or_(one.exists(), kept.exists())


def _digest_sent(delivery: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions for a sent email of a digest; `delivery` is the model or its columns."""
    return delivery.kind == DeliveryKind.DIGEST, delivery.sent_at.is_not(None)


def unsubscribed_since(digest: Digest) -> int:
    """Return how many members unsubscribed after this email and before the next one."""
    own, later = aliased(Delivery), aliased(Delivery)
    got = (own.subscription_id == Subscription.id, own.digest_id == digest.id, *_digest_sent(own))
    next_one = select(later.id).where(
        later.subscription_id == Subscription.id,
        later.kind == DeliveryKind.DIGEST,
        later.sent_at > own.sent_at,
        later.sent_at <= Subscription.unsubscribed_at,
    )
    was_last = select(own.id).where(*got, own.sent_at <= Subscription.unsubscribed_at, ~next_one.exists())
    left = select(func.count()).where(
        Subscription.campaign_id == digest.campaign_id,
        Subscription.unsubscribed_at >= (digest.approved_at or digest.composed_at),
        was_last.exists(),
    )
    return db.session.scalar(left) or 0


def paused_by_themselves() -> Sequence[Digest]:
    """Return the digests in scope whose sending was paused because too many emails were not taken."""
    held = select(SendingHold.digest_id).where(
        SendingHold.state == HoldState.PAUSED, SendingHold.reason == HoldReason.REFUSALS
    )
    found = select(Digest).where(Digest.id.in_(held)).options(joinedload(Digest.campaign, innerjoin=True))
    return db.session.scalars(found.order_by(Digest.id)).all()
