"""Digest runs: composed on schedule, approved by a coordinator, sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app import clock
from app.domain import campaigns, deliveries
from app.domain.errors import DomainError
from app.extensions import db
from app.models.accounts import User
from app.models.articles import Article, Citation
from app.models.campaigns import Campaign
from app.models.deliveries import Delivery
from app.models.digests import Digest, DigestItem, DigestPart, DigestStatus, Subscription, SubscriptionStatus
from app.queries.deliveries import WAITING
from app.text import N_


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """A digest letter in one language, as it will be sent."""

    subject: str
    text: str
    html: str


def compose_scheduled(campaign: Campaign) -> Digest | None:
    """Compose the digest of a campaign whose hour has come, or nothing where no article is new.

    The window closes at the last scheduled hour that has passed: runs that were missed are caught up in one. Two
    workers at once: one of them moves `next_digest_at` on, the other finds it moved and does nothing.
    """
    now, due = clock.now(), campaign.next_digest_at
    if due is None or due > now:
        return None
    closes_at, next_at = due, campaigns.next_digest(campaign, due)
    while next_at is not None and next_at <= now:
        closes_at, next_at = next_at, campaigns.next_digest(campaign, next_at)
    moved = (
        update(Campaign)
        .where(Campaign.id == campaign.id, Campaign.next_digest_at == due)
        .values(next_digest_at=next_at)
        .returning(Campaign.id)
    )
    if db.session.execute(moved).first() is None:
        return None
    return compose(campaign, closes_at)


def compose(campaign: Campaign, closes_at: datetime) -> Digest | None:
    """Compose a draft of the articles cited before `closes_at` that no digest of the campaign has held yet."""
    opens_at = _last_end(campaign) or campaign.created_at
    articles = _new_articles(campaign, closes_at)
    if not articles or closes_at <= opens_at:
        return None
    digest = Digest(
        campaign_id=campaign.id,
        period_start=opens_at,
        period_end=closes_at,
        status=DigestStatus.DRAFT,
        composed_at=clock.now(),
        items=[
            DigestItem(
                campaign_id=campaign.id, article=article, position=position, excerpt=article.excerpt, dropped=False
            )
            for position, article in enumerate(articles)
        ],
    )
    db.session.add(digest)
    db.session.flush()
    return digest


def edit(digest: Digest, *, opening: str | None, excerpts: Mapping[int, str], kept: set[int]) -> None:
    """Change the opening words, the excerpts by item id, and which items are kept."""
    _require_draft(digest)
    if not kept & {item.id for item in digest.items}:
        raise DomainError("kept", N_("Keep at least one article, or discard the digest."))
    digest.opening = opening
    for item in digest.items:
        item.dropped = item.id not in kept
        item.excerpt = excerpts.get(item.id, item.excerpt)
    db.session.flush()


def approve(digest: Digest, parts: Mapping[str, RenderedPart], *, by: User | None) -> int:
    """Approve a digest as it was shown, by language, and promise it to every confirmed subscriber; return how many.

    Approving it twice promises nothing twice.
    """
    _require_draft(digest)
    digest.status, digest.approved_at, digest.approved_by_id = DigestStatus.APPROVED, clock.now(), by.id if by else None
    for locale, part in parts.items():
        db.session.add(
            DigestPart(
                campaign_id=digest.campaign_id,
                digest_id=digest.id,
                locale=locale,
                subject=part.subject,
                text=part.text,
                html=part.html,
            )
        )
    db.session.flush()
    confirmed = select(Subscription).where(
        Subscription.campaign_id == digest.campaign_id, Subscription.status == SubscriptionStatus.CONFIRMED
    )
    return deliveries.promise_digest(digest.id, db.session.scalars(confirmed.order_by(Subscription.id)))


def discard(digest: Digest) -> None:
    """Do not send it. Its articles do not come back in a later one."""
    _require_draft(digest)
    digest.status = DigestStatus.DISCARDED
    db.session.flush()


def finish() -> None:
    """Note as sent every approved digest none of whose letters waits any longer."""
    waiting = select(Delivery.id).where(Delivery.digest_id == Digest.id, *WAITING).exists()
    done = update(Digest).where(Digest.status == DigestStatus.APPROVED, ~waiting)
    db.session.execute(
        done.values(status=DigestStatus.SENT, sent_at=clock.now()).execution_options(synchronize_session=False)
    )


def _require_draft(digest: Digest) -> None:
    """Lock the digest and see that nobody has approved or discarded it meanwhile."""
    db.session.refresh(digest, ["status"], with_for_update=True)
    if digest.status != DigestStatus.DRAFT:
        raise DomainError(None, N_("This digest is no longer a draft."))


def _last_end(campaign: Campaign) -> datetime | None:
    last = select(Digest.period_end).where(Digest.campaign_id == campaign.id).order_by(Digest.period_end.desc())
    return db.session.scalar(last.limit(1))


def _new_articles(campaign: Campaign, closes_at: datetime) -> list[Article]:
    held = select(DigestItem.article_id).where(DigestItem.campaign_id == campaign.id)
    cited = (
        select(Article)
        .join(Citation, Citation.article_id == Article.id)
        .where(Citation.campaign_id == campaign.id, Citation.cited_at < closes_at, Article.id.not_in(held))
    )
    return list(db.session.scalars(cited.order_by(Citation.cited_at, Citation.id)))
