"""Whom a campaign asks for something: institutions, companies and officials, and what they have answered."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.people.organizations import Organization
from app.models.press.articles import Article
from app.models.removing import Removable
from app.models.scoping import InCampaign
from app.models.types import (
    CountryCode,
    EmailAddress,
    Instant,
    LanguageTag,
    Name,
    PrimaryKey,
    Revised,
    Short,
    WebAddress,
    one_of,
)


class TargetKind(StrEnum):
    """What a target is."""

    INSTITUTION = "institution"
    COMPANY = "company"
    OFFICIAL = "official"


class EntryKind(StrEnum):
    """What happened between a campaign and a target."""

    ASKED = "asked"
    REPLIED = "replied"
    COMMITTED = "committed"
    REFUSED = "refused"
    SIGNED = "signed"


class TargetStatus(StrEnum):
    """How a target has answered, which follows from its log."""

    NEW = "new"
    ASKED = "asked"
    REPLIED = "replied"
    COMMITTED = "committed"
    REFUSED = "refused"
    SIGNED = "signed"

    @property
    def is_won(self) -> bool:
        """Whether it does what is asked of it, so that nobody writes to it any more."""
        return self in (TargetStatus.COMMITTED, TargetStatus.SIGNED)


class Target(Revised, Base, InCampaign, Removable):
    """An institution, a company or an official of whom a campaign asks something."""

    __tablename__ = "targets"

    id: Mapped[PrimaryKey]
    kind: Mapped[TargetKind] = mapped_column(one_of(TargetKind))
    name: Mapped[Name]
    """Its name, as the public reads it."""
    post: Mapped[Name | None]
    """The position of an official."""
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id", ondelete="SET NULL"), index=True)
    """What it is in the records, or what the official belongs to."""
    country: Mapped[CountryCode | None]
    letter_language: Mapped[LanguageTag | None]
    """The language in which letters to it are offered first."""
    email: Mapped[EmailAddress | None]
    phone: Mapped[Short | None]
    postal_address: Mapped[str | None]
    website: Mapped[WebAddress | None]
    demand: Mapped[str | None]
    """What is asked of it."""
    open_to_letters: Mapped[bool] = mapped_column(server_default=true())
    """Whether the public may be asked to write to it."""
    closed_because: Mapped[Name | None]
    """Why not."""
    created_at: Mapped[Instant]

    campaign: Mapped[Campaign] = relationship()
    organization: Mapped[Organization | None] = relationship(lazy="joined")
    entries: Mapped[list["TargetEntry"]] = relationship(
        back_populates="target",
        cascade="all, delete-orphan",
        order_by="(TargetEntry.happened_on.desc(), TargetEntry.id.desc())",
    )

    @property
    def is_reachable(self) -> bool:
        """Whether it is said where a letter can be sent, or who can be called."""
        return bool(self.email or self.phone or self.postal_address)


class TargetEntry(Base, InCampaign):
    """One entry of a target's log: that it was asked, or what it answered."""

    __tablename__ = "target_entries"
    __table_args__ = (Index("ix_target_entries_log", "target_id", "happened_on", "id"),)

    id: Mapped[PrimaryKey]
    target_id: Mapped[int] = mapped_column(ForeignKey("targets.id", ondelete="CASCADE"))
    kind: Mapped[EntryKind] = mapped_column(one_of(EntryKind))
    happened_on: Mapped[date]
    text: Mapped[str | None]
    """What was asked or said."""
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"), index=True)
    """The article that reports it."""
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    recorded_at: Mapped[Instant]

    target: Mapped[Target] = relationship(back_populates="entries")
    article: Mapped[Article | None] = relationship(lazy="joined")
    recorded_by: Mapped[User | None] = relationship(lazy="joined")
