"""Digest runs: windows that close, the articles cited in them, and the edits of coordinators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import select, update

from app import clock
from app.domain.accounts import audit
from app.domain.campaigns import approvals
from app.domain.campaigns.serving import Render
from app.domain.campaigns.windows import next_closing
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.campaigns import Approval, Campaign
from app.models.campaigns.digests import Digest, DigestItem, DigestStatus, DigestVersion
from app.models.mail.deliveries import DeliveryKind
from app.models.press.articles import Article, Citation
from app.queries.accounts import accounts
from app.queries.campaigns import digests as digest_queries
from app.queries.campaigns import subscriptions
from app.queries.press import versions
from app.text import N_


class Edits(TypedDict):
    """A coordinator's edits of a draft."""

    openings: dict[str, str]
    """Introductions by language."""
    excerpts: Mapping[int, str]
    """By version id."""
    order: Sequence[int]
    """Ids of the items, in order."""
    kept: set[int]
    """Ids of the items that are sent."""
    with_calls: bool
    figures: dict[str, Any] | None
    send_at: datetime | None


def run(campaign: Campaign, render: Render) -> Digest | None:
    """Compose what is due in a campaign by now, and approve it if the campaign requires no approval.

    Nothing is composed while an earlier digest is being queued: what its members have not got yet would be new to them.
    """
    if digest_queries.being_queued(campaign.id):
        return None
    digest = compose_scheduled(campaign) or compose_at_once(campaign)
    if digest is None:
        return None
    if digest.approval == Approval.NOBODY:
        approvals.approve(digest, render, by=None, revision=digest.revision)
    else:
        _tell_approvers(digest)
    return digest


def _tell_approvers(digest: Digest) -> None:
    """Queue an email to everyone who may approve that a draft is waiting, once for each draft even if it grows."""
    for user in accounts.approvers(digest.campaign_id):
        deliveries.queue(
            DeliveryKind.DRAFT, user=user, occasion=f"draft:{digest.id}", due_at=clock.now(), digest_id=digest.id
        )


def compose_scheduled(campaign: Campaign) -> Digest | None:
    """Close the campaign's window at the last of its hours that has passed, and compose what members are due.

    Missed runs are caught up in one. If two workers run at once, one advances `next_digest_at`, and the other sees
    that and does nothing.
    """
    now, due = clock.now(), campaign.next_digest_at
    if due is None or due > now:
        return None
    closes_at, next_at = due, next_closing(campaign, due)
    while next_at is not None and next_at <= now:
        closes_at, next_at = next_at, next_closing(campaign, next_at)
    moved = (
        update(Campaign)
        .where(Campaign.id == campaign.id, Campaign.next_digest_at == due)
        .values(next_digest_at=next_at)
        .returning(Campaign.id)
    )
    if db.session.execute(moved).first() is None or next_at is None:
        return None
    return _compose_for_members(campaign, closes_at, next_at)


def compose_at_once(campaign: Campaign) -> Digest | None:
    """Compose what is due for members who want each article as soon as it is cited."""
    if campaign.id not in subscriptions.campaigns_with_impatient_members():
        return None
    now = clock.now()
    return _compose_for_members(campaign, now, now)


def compose_now(campaign: Campaign) -> Digest | None:
    """Compose a digest for all members before their hours, at a coordinator's request."""
    if digest_queries.being_queued(campaign.id):
        raise DomainError(
            None, N_("The previous digest is still being prepared for its members. Try again in a minute.")
        )
    now = clock.now()
    _count, opens_at = subscriptions.audience(campaign.id, None)
    return _compose(campaign, opens_at or _last_end(campaign) or campaign.created_at, now, None)


def unchanged(digest: Digest) -> Edits:
    """Return the edits that leave a draft unchanged."""
    return Edits(
        openings=digest.openings,
        excerpts={},
        order=[item.id for item in digest.items],
        kept={item.id for item in digest.items if not item.dropped},
        with_calls=digest.with_calls,
        figures=digest.figures,
        send_at=digest.send_at,
    )


def edit(digest: Digest, edits: Edits) -> None:
    """Change the text of a draft. Anyone who was asked to approve it is asked again."""
    approvals.require_open(digest)
    if not edits["kept"] & {item.id for item in digest.items}:
        raise DomainError(None, N_("A digest needs at least one article. Discard it if there is nothing to send."))
    place = {number: position for position, number in enumerate(edits["order"])}
    with audit.changing(digest, _facts):
        for item in digest.items:
            item.dropped, item.position = item.id not in edits["kept"], place.get(item.id, item.position)
            for version in item.versions:
                version.excerpt = edits["excerpts"].get(version.id, version.excerpt)
        digest.openings = {locale: words for locale, words in edits["openings"].items() if words}
        digest.with_calls, digest.figures, digest.send_at = edits["with_calls"], edits["figures"], edits["send_at"]
        _changed(digest)
    db.session.expire(digest, ["items"])


def _facts(digest: Digest) -> audit.Facts:
    kept = sorted(digest.kept, key=lambda item: item.position)
    facts = audit.facts_of(digest, ("status", "openings", "with_calls", "send_at"))
    return facts | {
        "articles": [item.article.headline for item in kept],
        "excerpts": {version.id: version.excerpt for item in digest.items for version in item.versions},
        "with_figures": bool(digest.figures),
    }


def _compose_for_members(campaign: Campaign, closes_at: datetime, serves_until: datetime) -> Digest | None:
    """Compose for members whose hour is before `serves_until`; if nothing is new to them, they wait for the next."""
    count, opens_at = subscriptions.audience(campaign.id, serves_until)
    if not count or opens_at is None:
        return None
    digest = _compose(campaign, opens_at, closes_at, serves_until)
    if digest is None:
        approvals.move_on(campaign.id, serves_until, closes_at)
    return digest


def _compose(
    campaign: Campaign, opens_at: datetime, closes_at: datetime, serves_until: datetime | None
) -> Digest | None:
    """Compose a draft of what was cited in the window, or add it to the waiting draft."""
    waiting = digest_queries.open_draft(campaign.id)
    opens_at = min(opens_at, waiting.period_start) if waiting else opens_at
    found = _cited(campaign.id, opens_at, closes_at) if closes_at > opens_at else {}
    if not found and not waiting:
        return None
    digest = waiting or _draft(campaign, opens_at, closes_at, serves_until)
    if waiting:
        waiting.period_start, waiting.period_end = opens_at, max(closes_at, waiting.period_end)
        waiting.serves_until = _later(waiting.serves_until, serves_until)
        _changed(waiting)
    _fill(digest, found)
    db.session.flush()
    db.session.expire(digest, ["items"])
    return digest


def _draft(campaign: Campaign, opens_at: datetime, closes_at: datetime, serves_until: datetime | None) -> Digest:
    digest = Digest(
        campaign_id=campaign.id,
        period_start=opens_at,
        period_end=closes_at,
        serves_until=serves_until,
        status=DigestStatus.DRAFT,
        approval=campaign.digest_approval,
        openings={},
        with_calls=True,
        composed_at=clock.now(),
    )
    db.session.add(digest)
    db.session.flush()
    return digest


@dataclass(frozen=True, slots=True)
class _Found:
    """A cited article, with all its versions that were or could have been cited by the end of the window."""

    versions: list[tuple[Article, datetime]]
    """Each with the time of its first citation, the original first."""


def _cited(campaign_id: int, opens_at: datetime, closes_at: datetime) -> dict[int, _Found]:
    """Return what was cited in a window, by the id of the original, in the order of first citation."""
    listed = select(Citation).where(Citation.campaign_id == campaign_id).order_by(Citation.cited_at, Citation.id)
    cited_at = {one.article_id: one.cited_at for one in db.session.scalars(listed)}
    new = [number for number, at in cited_at.items() if opens_at <= at < closes_at]
    articles = {one.id: one for one in db.session.scalars(select(Article).where(Article.id.in_(new)))}
    found: dict[int, _Found] = {}
    families = versions.families(articles.values())
    for root in dict.fromkeys(versions.original_id(articles[number]) for number in new):
        first = min(cited_at[one.id] for one in families[root] if one.id in cited_at)
        dated = [(one, cited_at.get(one.id, first)) for one in families[root]]
        found[root] = _Found([(one, at) for one, at in dated if at < closes_at])
    return found


def _fill(digest: Digest, found: Mapping[int, _Found]) -> None:
    """Add what is not in the draft yet, as it was in the previous digest: if it was shortened there, it is shortened here."""
    items = {item.article_id: item for item in digest.items}
    for root, one in found.items():
        item = items.get(root)
        if item is None:
            item = DigestItem(
                campaign_id=digest.campaign_id,
                article_id=root,
                position=len(digest.items),
                dropped=_was_dropped(digest.campaign_id, root),
            )
            digest.items.append(item)
        held = {version.article_id for version in item.versions}
        for article, cited_at in one.versions:
            if article.id not in held:
                excerpt = _last_excerpt(digest.campaign_id, article)
                item.versions.append(
                    DigestVersion(
                        campaign_id=digest.campaign_id, article_id=article.id, excerpt=excerpt, cited_at=cited_at
                    )
                )


def _last_excerpt(campaign_id: int, article: Article) -> str:
    last = select(DigestVersion.excerpt).where(
        DigestVersion.campaign_id == campaign_id, DigestVersion.article_id == article.id
    )
    return db.session.scalar(last.order_by(DigestVersion.id.desc()).limit(1)) or article.excerpt


def _was_dropped(campaign_id: int, article_id: int) -> bool:
    last = select(DigestItem.dropped).where(DigestItem.campaign_id == campaign_id, DigestItem.article_id == article_id)
    return bool(db.session.scalar(last.order_by(DigestItem.id.desc()).limit(1)))


def _changed(digest: Digest) -> None:
    digest.touch()
    digest.status, digest.proposed_by_id = DigestStatus.DRAFT, None
    db.session.flush()


def _last_end(campaign: Campaign) -> datetime | None:
    last = select(Digest.period_end).where(Digest.campaign_id == campaign.id).order_by(Digest.period_end.desc())
    return db.session.scalar(last.limit(1))


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later of two reaches; None means all members."""
    return max(one, other) if one and other else None
