"""Mailings: letters that organizers write to the people of a segment."""

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.naming import Named
from app.models.people.segments import Segment
from app.models.removing import Removable
from app.models.scoping import InEither
from app.models.types import Instant, LanguageTag, Name, PrimaryKey, Revised

if TYPE_CHECKING:
    from app.models.campaigns.campaigns import Campaign
    from app.models.congress.congresses import Congress


class MailingStatus(StrEnum):
    """What has been decided about a mailing."""

    DRAFT = "draft"
    APPROVED = "approved"
    PAUSED = "paused"
    """What had not been sent waits."""
    STOPPED = "stopped"
    """What had not been sent is not sent."""


class Mailing(Revised, Base, InEither, Named, Removable):
    """A letter to the people of a segment, of the same congress or campaign; each has a row in `deliveries`."""

    __tablename__ = "mailings"
    __table_args__ = (
        CheckConstraint("campaign_id IS NULL OR congress_id IS NULL", name="one_place"),
        CheckConstraint("stopped_at IS NULL OR approved_at IS NOT NULL", name="approved_first"),
        CheckConstraint("paused_at IS NULL OR approved_at IS NOT NULL", name="approved_before_pause"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    segment_id: Mapped[int | None] = mapped_column(ForeignKey("segments.id", ondelete="SET NULL"), index=True)
    subject: Mapped[Name]
    text: Mapped[str]
    """Plain paragraphs."""
    in_language: Mapped[LanguageTag]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    approved_at: Mapped[Instant | None]
    paused_at: Mapped[Instant | None]
    stopped_at: Mapped[Instant | None]

    segment: Mapped[Segment | None] = relationship()
    created_by: Mapped[User | None] = relationship(foreign_keys=[created_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    congress: Mapped["Congress | None"] = relationship(viewonly=True)
    campaign: Mapped["Campaign | None"] = relationship(viewonly=True)

    def searched_names(self) -> tuple[str | None, ...]:
        """Return the subject."""
        return (self.subject,)

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return the subject."""
        return (self.subject,)

    @property
    def needs_second_person(self) -> bool:
        """Whether its author may not approve it, as in the digests of its campaign."""
        return self.campaign is not None and self.campaign.needs_second_person

    @property
    def status(self) -> MailingStatus:
        """What has been decided; how far the sending is follows from the deliveries."""
        if self.stopped_at is not None:
            return MailingStatus.STOPPED
        if self.paused_at is not None:
            return MailingStatus.PAUSED
        return MailingStatus.DRAFT if self.approved_at is None else MailingStatus.APPROVED

    @property
    def is_draft(self) -> bool:
        """Whether nobody has approved it."""
        return self.status is MailingStatus.DRAFT

    @property
    def is_paused(self) -> bool:
        """Whether what had not been sent waits until it is resumed."""
        return self.status is MailingStatus.PAUSED

    @property
    def is_stopped(self) -> bool:
        """Whether what had not been sent is withdrawn."""
        return self.status is MailingStatus.STOPPED
