"""Digests: the articles that a campaign sends to its members, as composed, approved and sent."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import partial_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Approval, Campaign
from app.models.press.articles import Article
from app.models.scoping import InCampaign
from app.models.types import Instant, PrimaryKey, Revised, Short, one_of


class DigestStatus(StrEnum):
    """A digest is composed as a draft, perhaps proposed to a second person, approved, and then sent."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PAUSED = "paused"
    STOPPED = "stopped"
    REOPENING = "reopening"
    """It was stopped and becomes a draft again."""
    SENT = "sent"
    DISCARDED = "discarded"


OPEN = (DigestStatus.DRAFT, DigestStatus.PROPOSED)
"""The statuses in which a digest can still be changed."""


class Digest(Revised, Base, InCampaign):
    """One run: the articles cited from `period_start` until just before `period_end`, for the members who are due.

    The approver has to have seen its latest revision.

    A campaign has one open draft at a time: while it waits for approval, later windows are added to it.
    """

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("campaign_id", "period_end"),
        CheckConstraint("period_end > period_start", name="period"),
        partial_index("uq_digests_open", "campaign_id", where="status IN ('draft', 'proposed')", unique=True),
    )

    id: Mapped[PrimaryKey]
    period_start: Mapped[Instant]
    period_end: Mapped[Instant]
    serves_until: Mapped[Instant | None]
    """It is sent to the members whose next hour is before this instant; none: to all of them, outside the schedule."""
    status: Mapped[DigestStatus] = mapped_column(one_of(DigestStatus))
    approval: Mapped[Approval] = mapped_column(one_of(Approval))
    """Who has to approve it: the campaign's setting when it was composed."""
    openings: Mapped[dict[str, str]] = mapped_column(JSON)
    """The coordinators' introduction, by language."""
    with_calls: Mapped[bool]
    """Whether it includes open calls to action."""
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The key figures of the congress at the time when a person with access added them."""
    send_at: Mapped[Instant | None]
    """No email is sent before this instant."""
    composed_at: Mapped[Instant]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    approved_at: Mapped[Instant | None]
    sent_at: Mapped[Instant | None]
    queued_up_to: Mapped[int | None]
    """The last subscription for which it was queued or discarded, while the others follow; otherwise none."""

    campaign: Mapped[Campaign] = relationship()
    proposed_by: Mapped[User | None] = relationship(foreign_keys=[proposed_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    items: Mapped[list["DigestItem"]] = relationship(order_by="DigestItem.position", cascade="all, delete-orphan")

    @property
    def kept(self) -> list["DigestItem"]:
        """The items that were not dropped, in order."""
        return [item for item in self.items if not item.dropped]

    @property
    def needs_proposal(self) -> bool:
        """Whether it has to be proposed to a second person before it can be approved."""
        return self.status is DigestStatus.DRAFT and self.approval is Approval.SECOND_PERSON

    @property
    def is_proposed(self) -> bool:
        """Whether a second person is asked to approve it."""
        return self.status is DigestStatus.PROPOSED

    @property
    def is_approved(self) -> bool:
        """Whether its emails are being sent."""
        return self.status is DigestStatus.APPROVED

    @property
    def is_paused(self) -> bool:
        """Whether unsent emails wait until it is resumed."""
        return self.status is DigestStatus.PAUSED

    @property
    def is_stopped(self) -> bool:
        """Whether unsent emails are withdrawn."""
        return self.status is DigestStatus.STOPPED

    @property
    def is_reopening(self) -> bool:
        """Whether its unsent emails are being taken back, so that it becomes a draft again."""
        return self.status is DigestStatus.REOPENING

    @property
    def is_discarded(self) -> bool:
        """Whether it was discarded."""
        return self.status is DigestStatus.DISCARDED


class DigestItem(Base, InCampaign):
    """An article in a digest, with all its versions."""

    __tablename__ = "digest_items"
    __table_args__ = (UniqueConstraint("digest_id", "article_id"),)

    id: Mapped[PrimaryKey]
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="RESTRICT"), index=True)
    """The original of all its versions."""
    position: Mapped[int]
    dropped: Mapped[bool]

    article: Mapped[Article] = relationship(lazy="joined", innerjoin=True)
    versions: Mapped[list["DigestVersion"]] = relationship(
        order_by="DigestVersion.id", cascade="all, delete-orphan", lazy="selectin"
    )


class DigestVersion(Base, InCampaign):
    """One version of an article in a digest; a member gets the one in their most preferred language."""

    __tablename__ = "digest_versions"
    __table_args__ = (UniqueConstraint("item_id", "article_id"),)

    id: Mapped[PrimaryKey]
    item_id: Mapped[int] = mapped_column(ForeignKey("digest_items.id", ondelete="CASCADE"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="RESTRICT"), index=True)
    excerpt: Mapped[str]
    cited_at: Mapped[Instant]
    """When it was first cited in the campaign; for a version that never was, the first citation of the others."""

    article: Mapped[Article] = relationship(lazy="joined", innerjoin=True)


class DigestPart(Base, InCampaign):
    """The approved email, rendered once for all members who get the same, with placeholders for their own links."""

    __tablename__ = "digest_parts"
    __table_args__ = (UniqueConstraint("digest_id", "key"),)

    id: Mapped[PrimaryKey]
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), index=True)
    key: Mapped[Short]
    """What distinguishes it from the others: language, versions, window and zone."""
    locale: Mapped[Short]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
