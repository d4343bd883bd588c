"""Route problems, in the words of GTFS-Realtime and SIRI-SX: what happened, when, and what it touches."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.scoping import InCongress
from app.models.travel import Place
from app.models.types import CountryCode, Instant, Name, PrimaryKey, Short, WebAddress, one_of


class Cause(StrEnum):
    """Why; the words that GTFS-Realtime lacks are ours and leave the house as OTHER_CAUSE."""

    AIRSPACE_CLOSED = "airspace_closed"
    CARRIER_WITHDRAWN = "carrier_withdrawn"
    BORDER_CLOSED = "border_closed"
    TRANSIT_REFUSED = "transit_refused"
    SANCTIONS = "sanctions"
    FUEL_SHORTAGE = "fuel_shortage"
    INSECURITY = "insecurity"
    STRIKE = "strike"
    DEMONSTRATION = "demonstration"
    WEATHER = "weather"
    POLICE_ACTIVITY = "police_activity"
    TECHNICAL_PROBLEM = "technical_problem"
    OTHER_CAUSE = "other_cause"


class Effect(StrEnum):
    """What it does to the routes it touches. Only NO_SERVICE closes them; the others are warnings."""

    NO_SERVICE = "no_service"
    REDUCED_SERVICE = "reduced_service"
    SIGNIFICANT_DELAYS = "significant_delays"
    DETOUR = "detour"
    MODIFIED_SERVICE = "modified_service"
    UNKNOWN_EFFECT = "unknown_effect"


class Severity(StrEnum):
    """How much it weighs."""

    INFO = "info"
    WARNING = "warning"
    SEVERE = "severe"


class Verification(StrEnum):
    """Who has confirmed it (SIRI)."""

    UNKNOWN = "unknown"
    UNVERIFIED = "unverified"
    VERIFIED = "verified"


class EntityKind(StrEnum):
    """What kind of thing a problem informs about."""

    COUNTRY_AIRSPACE = "country_airspace"
    COUNTRY = "country"
    PLACE = "place"
    CARRIER = "carrier"


class RouteProblem(Base, InCongress):
    """A closure, a withdrawal, a danger: something on the way that can keep delegations from arriving."""

    __tablename__ = "route_problems"

    id: Mapped[PrimaryKey]
    cause: Mapped[Cause] = mapped_column(one_of(Cause))
    effect: Mapped[Effect] = mapped_column(one_of(Effect))
    severity_level: Mapped[Severity] = mapped_column(one_of(Severity))
    cause_detail: Mapped[str | None]
    verification: Mapped[Verification] = mapped_column(one_of(Verification))
    reference: Mapped[Short | None]
    source_url: Mapped[WebAddress | None]
    end_estimated: Mapped[bool]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]

    active_periods: Mapped[list["ActivePeriod"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivePeriod.starts_at"
    )
    informed_entities: Mapped[list["InformedEntity"]] = relationship(
        cascade="all, delete-orphan", order_by="InformedEntity.id"
    )


class ActivePeriod(Base, InCongress):
    """When a problem holds: from `starts_at` until just before `ends_at`, or with no end in sight."""

    __tablename__ = "active_periods"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="times"),)

    id: Mapped[PrimaryKey]
    problem_id: Mapped[int] = mapped_column(ForeignKey("route_problems.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant | None]


class InformedEntity(Base, InCongress):
    """What a problem touches; which of the columns is filled follows from the kind."""

    __tablename__ = "informed_entities"
    __table_args__ = (
        CheckConstraint(
            "(kind IN ('country_airspace', 'country') AND country IS NOT NULL)"
            " OR (kind = 'place' AND place_id IS NOT NULL) OR (kind = 'carrier' AND carrier IS NOT NULL)",
            name="subject",
        ),
    )

    id: Mapped[PrimaryKey]
    problem_id: Mapped[int] = mapped_column(ForeignKey("route_problems.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EntityKind] = mapped_column(one_of(EntityKind))
    country: Mapped[CountryCode | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    carrier: Mapped[Name | None]

    place: Mapped[Place | None] = relationship(lazy="joined")
