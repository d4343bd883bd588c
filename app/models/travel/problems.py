"""Route problems, in the terms of GTFS-Realtime and SIRI-SX: cause, periods, and what they affect."""

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.congress.delegations import Delegate
from app.models.removing import HiddenWith, hidden_ids, plain
from app.models.scoping import InCongress
from app.models.travel.journeys import Leg
from app.models.travel.places import Crossing, Mode, Place
from app.models.types import (
    NATIONALITY,
    CountryCode,
    Instant,
    Name,
    PrimaryKey,
    Revised,
    Short,
    WebAddress,
    ZoneName,
    one_of,
)


class Cause(StrEnum):
    """The cause; causes that GTFS-Realtime does not have are exported as OTHER_CAUSE."""

    AIRSPACE_CLOSED = "airspace_closed"
    AIRPORT_CLOSED = "airport_closed"
    CARRIER_WITHDRAWN = "carrier_withdrawn"
    BORDER_CLOSED = "border_closed"
    VISA_REFUSED = "visa_refused"
    VISA_DELAYED = "visa_delayed"
    TRANSIT_REFUSED = "transit_refused"
    DETENTION = "detention"
    SANCTIONS = "sanctions"
    FUEL_SHORTAGE = "fuel_shortage"
    INSECURITY = "insecurity"
    STRIKE = "strike"
    DEMONSTRATION = "demonstration"
    ACCIDENT = "accident"
    HOLIDAY = "holiday"
    WEATHER = "weather"
    MAINTENANCE = "maintenance"
    CONSTRUCTION = "construction"
    POLICE_ACTIVITY = "police_activity"
    MEDICAL_EMERGENCY = "medical_emergency"
    TECHNICAL_PROBLEM = "technical_problem"
    UNKNOWN_CAUSE = "unknown_cause"
    OTHER_CAUSE = "other_cause"


class Effect(StrEnum):
    """The effect on routes. Only NO_SERVICE closes them; the others are warnings."""

    NO_SERVICE = "no_service"
    REDUCED_SERVICE = "reduced_service"
    SIGNIFICANT_DELAYS = "significant_delays"
    DETOUR = "detour"
    ADDITIONAL_SERVICE = "additional_service"
    MODIFIED_SERVICE = "modified_service"
    OTHER_EFFECT = "other_effect"
    UNKNOWN_EFFECT = "unknown_effect"
    STOP_MOVED = "stop_moved"
    NO_EFFECT = "no_effect"


class Severity(StrEnum):
    """The severity."""

    INFO = "info"
    WARNING = "warning"
    SEVERE = "severe"


class Verification(StrEnum):
    """Who has confirmed it (SIRI)."""

    UNKNOWN = "unknown"
    UNVERIFIED = "unverified"
    VERIFIED = "verified"


class EntityKind(StrEnum):
    """The kind of informed entity."""

    COUNTRY_AIRSPACE = "country_airspace"
    FIR = "fir"
    COUNTRY = "country"
    BORDER = "border"
    CROSSING = "crossing"
    PLACE = "place"
    ROAD = "road"
    MODE = "mode"
    CARRIER = "carrier"
    ALLIANCE = "alliance"
    CARRIERS_OF = "carriers_of"
    NATIONALITY = "nationality"
    LEG = "leg"
    PERSON = "person"


SUBJECTS: dict[EntityKind, tuple[str, ...]] = {
    EntityKind.COUNTRY_AIRSPACE: ("country",),
    EntityKind.FIR: ("fir",),
    EntityKind.COUNTRY: ("country",),
    EntityKind.BORDER: ("country",),
    EntityKind.CROSSING: ("crossing_id",),
    EntityKind.PLACE: ("place_id",),
    EntityKind.ROAD: ("place_id", "other_place_id"),
    EntityKind.MODE: ("mode",),
    EntityKind.CARRIER: ("carrier",),
    EntityKind.ALLIANCE: ("carrier",),
    EntityKind.CARRIERS_OF: ("country",),
    EntityKind.NATIONALITY: ("nationality", "country"),
    EntityKind.LEG: ("leg_id",),
    EntityKind.PERSON: ("delegate_id",),
}
"""The columns that an entity of each kind has to fill."""
_OPTIONAL = {EntityKind.BORDER: ("other_country",), EntityKind.MODE: ("country",)}


def columns_of(kind: EntityKind) -> tuple[str, ...]:
    """Return the columns that entities of a kind use, in the order in which the history keeps them."""
    return (*SUBJECTS[kind], *_OPTIONAL.get(kind, ()))


class RouteProblem(Revised, Base, InCongress, HiddenWith):
    """A closure, a withdrawal, a danger: anything on the route that can keep delegations from arriving."""

    __tablename__ = "route_problems"

    id: Mapped[PrimaryKey]
    cause: Mapped[Cause] = mapped_column(one_of(Cause))
    effect: Mapped[Effect] = mapped_column(one_of(Effect))
    severity_level: Mapped[Severity] = mapped_column(one_of(Severity))
    cause_detail: Mapped[str | None]
    verification: Mapped[Verification] = mapped_column(one_of(Verification))
    reference: Mapped[Short | None]
    source_url: Mapped[WebAddress | None]
    source_quote: Mapped[str | None]
    """The quotation from the source, verbatim."""
    end_estimated: Mapped[bool]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    verified_at: Mapped[Instant | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
    called_off_at: Mapped[Instant | None]
    """When it was called off; it stays recorded and affects nobody."""
    called_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    created_by: Mapped[User | None] = relationship(foreign_keys=[created_by_id])
    called_off_by: Mapped[User | None] = relationship(foreign_keys=[called_off_by_id])
    verified_by: Mapped[User | None] = relationship(foreign_keys=[verified_by_id])
    active_periods: Mapped[list["ActivePeriod"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivePeriod.starts_at"
    )
    informed_entities: Mapped[list["InformedEntity"]] = relationship(
        back_populates="problem", cascade="all, delete-orphan", order_by="InformedEntity.id"
    )

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Hidden if it is only about hidden legs and delegates."""
        entity, problem = plain(InformedEntity.__table__).c, plain(cls.__table__).c
        legs, delegates = hidden_ids(Leg.__table__, until), hidden_ids(Delegate.__table__, until)
        concerned = select(entity.problem_id).where(or_(entity.leg_id.in_(legs), entity.delegate_id.in_(delegates)))
        others = select(entity.problem_id).where(
            or_(entity.leg_id.is_(None), entity.leg_id.not_in(legs)),
            or_(entity.delegate_id.is_(None), entity.delegate_id.not_in(delegates)),
        )
        return problem.id.in_(concerned) & problem.id.not_in(others)

    @property
    def closes(self) -> bool:
        """Whether it closes what it affects and so hits legs; otherwise it is a warning."""
        return self.effect is Effect.NO_SERVICE

    @property
    def is_verified(self) -> bool:
        """Whether someone has verified it."""
        return self.verification is Verification.VERIFIED

    @property
    def groups(self) -> list[list["InformedEntity"]]:
        """Its informed entities as alternatives; what is in one of them holds together."""
        found: dict[tuple[bool, int], list[InformedEntity]] = {}
        for place, entity in enumerate(self.informed_entities):
            number = entity.group_number
            found.setdefault((number is None, place if number is None else number), []).append(entity)
        return list(found.values())

    @property
    def has_several_entities(self) -> bool:
        """Whether one of its informed entities can be removed, with those that are joined to it."""
        return len(self.groups) > 1

    @property
    def has_several_periods(self) -> bool:
        """Whether one of its periods can be removed."""
        return len(self.active_periods) > 1


class ActivePeriod(Base, InCongress):
    """When a problem applies: from `starts_at` until just before `ends_at`, or without a known end.

    With daily hours it applies only between them, every day in the local time of `timezone`; hours that end before
    they start, or when they start, end on the next day.
    """

    __tablename__ = "active_periods"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint(
            "(daily_from IS NULL) = (daily_until IS NULL) AND (daily_from IS NULL) = (timezone IS NULL)", name="daily"
        ),
    )

    id: Mapped[PrimaryKey]
    problem_id: Mapped[int] = mapped_column(ForeignKey("route_problems.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant | None]
    daily_from: Mapped[time | None]
    daily_until: Mapped[time | None]
    timezone: Mapped[ZoneName | None]


def _subject(kind: EntityKind) -> str:
    filled = " AND ".join(f"{column} IS NOT NULL" for column in SUBJECTS[kind])
    return f"(kind = '{kind.value}' AND {filled})"


class InformedEntity(Base, InCongress):
    """What a problem affects; the kind determines which columns are used (SUBJECTS)."""

    __tablename__ = "informed_entities"
    __table_args__ = (CheckConstraint(" OR ".join(_subject(kind) for kind in EntityKind), name="subject"),)

    id: Mapped[PrimaryKey]
    problem_id: Mapped[int] = mapped_column(ForeignKey("route_problems.id", ondelete="CASCADE"), index=True)
    group_number: Mapped[int | None]
    """Entities of a problem with the same number are joined: only what all of them cover is affected. Alone if empty."""
    kind: Mapped[EntityKind] = mapped_column(one_of(EntityKind))
    country: Mapped[CountryCode | None]
    """The closed country; for a border, one side; for a refusal, the country that refuses."""
    other_country: Mapped[CountryCode | None]
    """The other side of a border; empty for all of its land borders."""
    fir: Mapped[Short | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    other_place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"))
    """The other end of a road."""
    crossing_id: Mapped[int | None] = mapped_column(ForeignKey("crossings.id", ondelete="CASCADE"), index=True)
    mode: Mapped[Mode | None] = mapped_column(one_of(Mode))
    carrier: Mapped[Name | None]
    """The name of a carrier, or of an alliance of carriers."""
    carrier_key: Mapped[Name | None]
    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("carriers.id", ondelete="SET NULL"))
    nationality: Mapped[CountryCode | None]
    nationality_digest: Mapped[str | None] = mapped_column(NATIONALITY)
    """By which people of this nationality are found."""
    leg_id: Mapped[int | None] = mapped_column(ForeignKey("legs.id", ondelete="CASCADE"), index=True)
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegates.id", ondelete="CASCADE"), index=True)

    problem: Mapped[RouteProblem] = relationship(back_populates="informed_entities")
    place: Mapped[Place | None] = relationship(foreign_keys=[place_id])
    other_place: Mapped[Place | None] = relationship(foreign_keys=[other_place_id])
    crossing: Mapped[Crossing | None] = relationship()
    leg: Mapped[Leg | None] = relationship()
    delegate: Mapped[Delegate | None] = relationship()

    @validates("nationality")
    def _find_by_nationality(self, _name: str, value: str | None) -> str | None:
        self.nationality_digest = value
        return value
