"""How a delegation gets there and back: journeys, their legs, and the places between."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.delegations import Delegation
from app.models.scoping import InCongress
from app.models.types import CountryCode, Instant, Name, PrimaryKey, Short, ZoneName, one_of


class PlaceKind(StrEnum):
    """What stands at a place."""

    AIRPORT = "airport"
    CITY = "city"
    CROSSING = "crossing"
    PORT = "port"


class Mode(StrEnum):
    """How one travels a leg."""

    AIR = "air"
    RAIL = "rail"
    ROAD = "road"
    SEA = "sea"
    RIVER = "river"
    FOOT = "foot"


class Direction(StrEnum):
    """To the congress or home."""

    OUT = "out"
    BACK = "back"


class LegStatus(StrEnum):
    """How far a leg has come."""

    PLANNED = "planned"
    BOOKED = "booked"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Place(Base):
    """A place where a leg begins or ends: public knowledge, shared by all congresses."""

    __tablename__ = "places"
    __table_args__ = (UniqueConstraint("name", "country", "kind"),)

    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    kind: Mapped[PlaceKind] = mapped_column(one_of(PlaceKind))
    code: Mapped[Short | None] = mapped_column(unique=True)
    """IATA code of an airport, UN/LOCODE of a port."""
    country: Mapped[CountryCode]
    timezone: Mapped[ZoneName]

    @property
    def label(self) -> str:
        """The place as it is typed and shown: `Bogotá (BOG), CO`."""
        return f"{self.name} ({self.code}), {self.country}" if self.code else f"{self.name}, {self.country}"


class Journey(Base, InCongress):
    """A delegation's way to the congress, or its way home."""

    __tablename__ = "journeys"
    __table_args__ = (UniqueConstraint("delegation_id", "direction"),)

    id: Mapped[PrimaryKey]
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id", ondelete="CASCADE"), index=True)
    direction: Mapped[Direction] = mapped_column(one_of(Direction))

    delegation: Mapped[Delegation] = relationship()
    legs: Mapped[list["Leg"]] = relationship(back_populates="journey", order_by="Leg.departs_at")


class Leg(Base, InCongress):
    """One stretch of a journey, in one vehicle or on foot."""

    __tablename__ = "legs"
    __table_args__ = (CheckConstraint("arrives_at > departs_at", name="times"),)

    id: Mapped[PrimaryKey]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journeys.id", ondelete="CASCADE"), index=True)
    mode: Mapped[Mode] = mapped_column(one_of(Mode))
    carrier: Mapped[Short | None]
    number: Mapped[Short | None]
    origin_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    destination_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    departs_at: Mapped[Instant]
    arrives_at: Mapped[Instant]
    status: Mapped[LegStatus] = mapped_column(one_of(LegStatus))

    journey: Mapped[Journey] = relationship(back_populates="legs")
    origin: Mapped[Place] = relationship(foreign_keys=[origin_id], lazy="joined", innerjoin=True)
    destination: Mapped[Place] = relationship(foreign_keys=[destination_id], lazy="joined", innerjoin=True)
