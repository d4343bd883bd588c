"""Members' subscriptions to a campaign and the digests that they receive."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.articles import Article
from app.models.campaigns import Campaign
from app.models.scoping import InCampaign
from app.models.types import EmailAddress, Instant, LanguageTag, PrimaryKey, Short, ZoneName, one_of


class SubscriptionStatus(StrEnum):
    """Double opt-in: only a confirmed subscription receives anything but the request to confirm."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"


class Subscription(Base, InCampaign):
    """A member's subscription to the digest of one campaign."""

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("campaign_id", "email"),)

    id: Mapped[PrimaryKey]
    email: Mapped[EmailAddress]
    language: Mapped[LanguageTag]
    timezone: Mapped[ZoneName]
    status: Mapped[SubscriptionStatus] = mapped_column(one_of(SubscriptionStatus))
    agreed_words: Mapped[str]
    """The sentence that the member agreed to, as it was shown."""
    requested_at: Mapped[Instant]
    confirmed_at: Mapped[Instant | None]
    unsubscribed_at: Mapped[Instant | None]

    campaign: Mapped[Campaign] = relationship()


class DigestStatus(StrEnum):
    """A digest is composed as a draft, approved by a coordinator, and then sent."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    DISCARDED = "discarded"


class Digest(Base, InCampaign):
    """One run: the articles cited from `period_start` until just before `period_end`."""

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("campaign_id", "period_start"),
        CheckConstraint("period_end > period_start", name="period"),
    )

    id: Mapped[PrimaryKey]
    period_start: Mapped[Instant]
    period_end: Mapped[Instant]
    status: Mapped[DigestStatus] = mapped_column(one_of(DigestStatus))
    opening: Mapped[str | None]
    """The coordinator's own opening words."""
    composed_at: Mapped[Instant]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    approved_at: Mapped[Instant | None]
    sent_at: Mapped[Instant | None]

    campaign: Mapped[Campaign] = relationship()
    items: Mapped[list["DigestItem"]] = relationship(order_by="DigestItem.position", cascade="all, delete-orphan")


class DigestItem(Base, InCampaign):
    """An article in a digest; once in a campaign, never again."""

    __tablename__ = "digest_items"
    __table_args__ = (UniqueConstraint("campaign_id", "article_id"),)

    id: Mapped[PrimaryKey]
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    excerpt: Mapped[str]
    dropped: Mapped[bool]

    article: Mapped[Article] = relationship(lazy="joined", innerjoin=True)


class DigestPart(Base, InCampaign):
    """The letter as it was approved, rendered once for each language, with a place for the member's own links."""

    __tablename__ = "digest_parts"
    __table_args__ = (UniqueConstraint("digest_id", "locale"),)

    id: Mapped[PrimaryKey]
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), index=True)
    locale: Mapped[Short]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
