"""Brigades of a campaign: teams with roles to fill, and their members."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.people.people import ContactType, Person
from app.models.removing import Removable
from app.models.scoping import InCampaign
from app.models.types import CountryCode, Instant, Name, PrimaryKey, Revised, ZoneName, one_of

MOST_HOURS = 720
"""The earliest deadline for giving a shift back, in hours before it."""
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
    __table_args__ = (CheckConstraint(f"give_back_hours BETWEEN 0 AND {MOST_HOURS}", name="give_back"), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    purpose: Mapped[str | None]
    """What it does."""
    country: Mapped[CountryCode | None]
    locality: Mapped[Name | None]
    languages: Mapped[list[str]] = mapped_column(JSON)
    """The codes of the languages that it works in."""
    timezone: Mapped[ZoneName]
    is_open: Mapped[bool] = mapped_column(server_default=false())
    """Whether anyone may ask to join, on the public page of the campaign."""
    needs_approval: Mapped[bool] = mapped_column(server_default=false())
    """Whether a coordinator approves who takes or swaps a shift."""
    give_back_hours: Mapped[int] = mapped_column(server_default="24")
    """Until how many hours before a shift a member can give it back without asking."""
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
    link_number: Mapped[int] = mapped_column(default=1, server_default="1")
    calendar_number: Mapped[int] = mapped_column(default=1, server_default="1")
    """The number of the address of her calendar; it rises when she replaces it."""
    """The number of the member's personal link; incrementing it invalidates older links."""
    no_more_asks_at: Mapped[Instant | None]
    """When she said that she does not want to be asked again after each shift."""
    created_at: Mapped[Instant]

    brigade: Mapped[Brigade] = relationship(back_populates="members")
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    role: Mapped[BrigadeRole | None] = relationship()

    @property
    def is_confirmed(self) -> bool:
        """Whether the person takes part."""
        return self.status is MemberStatus.CONFIRMED

    @property
    def reached_at(self) -> str | None:
        """The address or number at which the person is asked."""
        return self.person.contact(self._kind)

    @property
    def is_hidden(self) -> bool:
        """Whether there is such an address or number that the reader may not see."""
        return self.person.hides(self._kind)

    @property
    def _kind(self) -> ContactType:
        return ContactType.EMAIL if self.channel is Channel.EMAIL else ContactType.PHONE

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
