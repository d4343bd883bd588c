"""Brigades of a campaign: teams with roles to fill, and their members."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.people.people import Person
from app.models.removing import Removable
from app.models.scoping import InCampaign
from app.models.types import CountryCode, Instant, Name, PrimaryKey, Revised, ZoneName, one_of

LEAST_NEEDED, MOST_NEEDED = 1, 500
"""The limits of the number of people that a role needs."""


class RoleKind(StrEnum):
    """What somebody does in a brigade."""

    COORDINATOR = "coordinator"
    PRESS = "press"
    LEGAL = "legal"
    TRANSPORT = "transport"
    TRANSLATION = "translation"
    LOGISTICS = "logistics"
    HEALTH = "health"
    FOOD = "food"
    CHILDCARE = "childcare"
    SAFETY = "safety"
    TRAINING = "training"
    OTHER = "other"
    """A role that the brigade names itself."""


class MemberStatus(StrEnum):
    """Whether a person takes part in a brigade."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    LEFT = "left"


class Channel(StrEnum):
    """How a member wants to be asked."""

    EMAIL = "email"
    PHONE = "phone"


class Brigade(Revised, Base, InCampaign, Removable):
    """A team of a campaign; one that is removed is in no list, and neither are its members and its shifts."""

    __tablename__ = "brigades"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    purpose: Mapped[str | None]
    """What it does."""
    country: Mapped[CountryCode | None]
    locality: Mapped[Name | None]
    languages: Mapped[list[str]] = mapped_column(JSON)
    """The codes of the languages that it works in."""
    timezone: Mapped[ZoneName]
    created_at: Mapped[Instant]

    campaign: Mapped[Campaign] = relationship(viewonly=True)
    roles: Mapped[list["BrigadeRole"]] = relationship(
        back_populates="brigade", cascade="all, delete-orphan", order_by="BrigadeRole.id"
    )
    members: Mapped[list["BrigadeMember"]] = relationship(back_populates="brigade", order_by="BrigadeMember.id")


class BrigadeRole(Revised, Base, InCampaign):
    """A role in a brigade, and how many people it needs."""

    __tablename__ = "brigade_roles"
    __table_args__ = (
        CheckConstraint(f"needed BETWEEN {LEAST_NEEDED} AND {MOST_NEEDED}", name="needed"),
        CheckConstraint("(kind = 'other') = (name IS NOT NULL)", name="name"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    brigade_id: Mapped[int] = mapped_column(ForeignKey("brigades.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RoleKind] = mapped_column(one_of(RoleKind))
    name: Mapped[Name | None]
    """Only of a role that the brigade names itself."""
    needed: Mapped[int]

    brigade: Mapped[Brigade] = relationship(back_populates="roles")


class BrigadeMember(Revised, Base, InCampaign):
    """A person's part in a brigade, asked or confirmed; who has left stays listed."""

    __tablename__ = "brigade_members"
    __table_args__ = (
        UniqueConstraint("brigade_id", "person_id"),
        CheckConstraint("until >= since", name="dates"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    brigade_id: Mapped[int] = mapped_column(ForeignKey("brigades.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    role_id: Mapped[int | None] = mapped_column(ForeignKey("brigade_roles.id", ondelete="SET NULL"), index=True)
    """None if the person helps wherever it is needed."""
    status: Mapped[MemberStatus] = mapped_column(one_of(MemberStatus))
    since: Mapped[date | None]
    until: Mapped[date | None]
    """The last day."""
    skills: Mapped[Name | None]
    languages: Mapped[list[str]] = mapped_column(JSON)
    """The codes of the languages that the person speaks."""
    channel: Mapped[Channel] = mapped_column(one_of(Channel))
    created_at: Mapped[Instant]

    brigade: Mapped[Brigade] = relationship(back_populates="members")
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    role: Mapped[BrigadeRole | None] = relationship()

    @property
    def is_confirmed(self) -> bool:
        """Whether the person takes part."""
        return self.status is MemberStatus.CONFIRMED

    @property
    def has_left(self) -> bool:
        """Whether the person no longer takes part."""
        return self.status is MemberStatus.LEFT


Person.seen_through.append(
    lambda: (
        select(BrigadeMember.person_id)
        .join(Brigade, Brigade.id == BrigadeMember.brigade_id)
        .where(BrigadeMember.criteria(), Brigade.removed_at.is_(None))
    )
)
