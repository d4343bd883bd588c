"""Outbound and return journeys of delegations, their travelers, and their legs."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Numeric,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.congress.delegations import LEAST_SEATS, MOST_SEATS, Delegate, Delegation
from app.models.removing import HiddenWith, hidden_ids, plain
from app.models.scoping import InCongress
from app.models.travel.places import Carrier, Crossing, Mode, Place
from app.models.types import CountryCode, Instant, PrimaryKey, Revised, Sealed, Short, one_of


class Direction(StrEnum):
    """Outbound (to the congress) or return."""

    OUT = "out"
    BACK = "back"


class LegStatus(StrEnum):
    """The status of a leg."""

    PLANNED = "planned"
    BOOKED = "booked"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"
    MISSED = "missed"
    REPLACED = "replaced"
    """Booked but replaced by another route; the booking remains until a person records its cancellation."""


HITTABLE = (LegStatus.PLANNED, LegStatus.BOOKED, LegStatus.UNDER_WAY)
"""A leg that is done, canceled, missed or replaced can no longer be hit."""
LOST = (LegStatus.CANCELLED, LegStatus.MISSED, LegStatus.REPLACED)
"""The statuses of legs lost to a closure."""


class Journey(Revised, Base, InCongress, HiddenWith):
    """An outbound or return journey of a delegation or of some of its people.

    A journey with named travelers is theirs; one without is for everyone in the delegation who is not named in another
    journey in that direction.
    """

    __tablename__ = "journeys"

    id: Mapped[PrimaryKey]
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id", ondelete="CASCADE"), index=True)
    direction: Mapped[Direction] = mapped_column(one_of(Direction))

    delegation: Mapped[Delegation] = relationship()
    legs: Mapped[list["Leg"]] = relationship(back_populates="journey", order_by="Leg.departs_at, Leg.id")
    travelers: Mapped[list["Traveler"]] = relationship(cascade="all, delete-orphan", order_by="Traveler.id")

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Hidden if all its named travelers are: it would otherwise become the journey of all the others."""
        traveler, hidden = plain(Traveler.__table__).c, hidden_ids(Delegate.__table__, until)
        left = select(traveler.journey_id).where(traveler.delegate_id.in_(hidden))
        staying = select(traveler.journey_id).where(traveler.journey_id.in_(left), traveler.delegate_id.not_in(hidden))
        journey = plain(cls.__table__).c
        return journey.id.in_(left) & journey.id.not_in(staying)


class Traveler(Base, InCongress):
    """A delegate with this journey instead of the delegation's shared one."""

    __tablename__ = "travelers"
    __table_args__ = (UniqueConstraint("journey_id", "delegate_id"),)

    id: Mapped[PrimaryKey]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journeys.id", ondelete="CASCADE"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegates.id", ondelete="CASCADE"), index=True)

    delegate: Mapped[Delegate] = relationship(lazy="joined", innerjoin=True)


class Leg(Revised, Base, InCongress):
    """A segment of a journey, in one vehicle or on foot."""

    __tablename__ = "legs"
    __table_args__ = (
        CheckConstraint("arrives_at > departs_at", name="times"),
        CheckConstraint(f"seats BETWEEN {LEAST_SEATS} AND {MOST_SEATS}", name="seats"),
        CheckConstraint("cost >= 0", name="cost"),
        Index("ix_legs_congress_id_departs_at", "congress_id", "departs_at"),
    )

    id: Mapped[PrimaryKey]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journeys.id", ondelete="CASCADE"), index=True)
    mode: Mapped[Mode] = mapped_column(one_of(Mode))
    carrier: Mapped[Short | None]
    carrier_key: Mapped[Short | None] = mapped_column(index=True)
    """The carrier's folded name, which closures are compared with."""
    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("carriers.id", ondelete="SET NULL"), index=True)
    """The known carrier with this name, or the one whose code the number starts with."""
    number: Mapped[Short | None]
    origin_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    destination_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    crossing_id: Mapped[int | None] = mapped_column(ForeignKey("crossings.id", ondelete="SET NULL"), index=True)
    departs_at: Mapped[Instant]
    arrives_at: Mapped[Instant]
    arrival_estimated: Mapped[bool] = mapped_column(default=False)
    """Whether nobody has recorded the arrival, and `arrives_at` follows from the mode and the distance."""
    status: Mapped[LegStatus] = mapped_column(one_of(LegStatus))
    around_id: Mapped[int | None] = mapped_column(ForeignKey("route_problems.id", ondelete="SET NULL"), index=True)
    """The problem for which it was planned as an alternative, or replaced by one."""
    booking_reference: Mapped[str | None] = mapped_column(Sealed("legs.booking_reference"))
    seats: Mapped[int | None]
    """Seats booked on it."""
    cost: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    """The total for all seats, in `currency`."""
    currency: Mapped[str | None] = mapped_column(String(3))

    journey: Mapped[Journey] = relationship(back_populates="legs")
    origin: Mapped[Place] = relationship(foreign_keys=[origin_id], lazy="joined", innerjoin=True)
    destination: Mapped[Place] = relationship(foreign_keys=[destination_id], lazy="joined", innerjoin=True)
    crossing: Mapped[Crossing | None] = relationship()
    known_carrier: Mapped[Carrier | None] = relationship(viewonly=True)

    @property
    def carrier_name(self) -> str | None:
        """The carrier as it was typed, or else the one that its number means: Iberia for IB6845."""
        return self.carrier or (self.known_carrier.name if self.known_carrier else None)

    @property
    def is_done(self) -> bool:
        """Whether its travelers have arrived."""
        return self.status is LegStatus.DONE

    @property
    def is_cancelled(self) -> bool:
        """Whether it is no longer used."""
        return self.status in (LegStatus.CANCELLED, LegStatus.REPLACED)

    @property
    def has_departed(self) -> bool:
        """Whether it is in progress or done."""
        return self.status in (LegStatus.UNDER_WAY, LegStatus.DONE)

    @property
    def is_lost(self) -> bool:
        """Whether it was canceled, missed or replaced."""
        return self.status in LOST


class Overflight(Base, InCongress):
    """A country that the great circle of an air leg crosses without landing there."""

    __tablename__ = "overflights"
    __table_args__ = (UniqueConstraint("leg_id", "country"),)

    id: Mapped[PrimaryKey]
    leg_id: Mapped[int] = mapped_column(ForeignKey("legs.id", ondelete="CASCADE"), index=True)
    country: Mapped[CountryCode] = mapped_column(index=True)


class Passage(Base, InCongress):
    """A country between the ends of a leg over land, which it passes through."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("leg_id", "country"),)

    id: Mapped[PrimaryKey]
    leg_id: Mapped[int] = mapped_column(ForeignKey("legs.id", ondelete="CASCADE"), index=True)
    country: Mapped[CountryCode] = mapped_column(index=True)
    recorded: Mapped[bool]
    """Whether the crossing recorded with the leg lies there; otherwise the fastest known way passes through it."""
