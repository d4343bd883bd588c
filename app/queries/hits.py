"""Whom a route problem hits: legs, and through them journeys, delegations and travellers."""

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from app.extensions import db
from app.models.delegations import Delegate, Delegation
from app.models.problems import ActivePeriod, Effect, EntityKind, InformedEntity, RouteProblem
from app.models.travel import Journey, Leg, LegStatus, Mode, Place

HITTABLE = (LegStatus.PLANNED, LegStatus.BOOKED, LegStatus.UNDER_WAY)
"""A leg that is done, cancelled or missed can no longer be hit."""
LOST = (LegStatus.CANCELLED, LegStatus.MISSED)
"""What became of legs that a closure took away."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One leg that a problem hits, and through which entity: the reason why."""

    leg: Leg
    problem_id: int
    entity: InformedEntity


@dataclass(frozen=True, slots=True)
class Impact:
    """What a problem, or several, do to a congress."""

    hits: tuple[Hit, ...]
    travellers: int
    """Delegates in the delegations that are hit."""
    seats: int
    """Seats of those delegations."""
    delegations: tuple[Delegation, ...] = field(default=())

    @property
    def leg_ids(self) -> frozenset[int]:
        """The legs that are hit."""
        return frozenset(hit.leg.id for hit in self.hits)

    @property
    def delegation_ids(self) -> frozenset[int]:
        """The delegations that are hit."""
        return frozenset(delegation.id for delegation in self.delegations)

    def of(self, delegation: Delegation) -> tuple[Hit, ...]:
        """Return the hits on one delegation."""
        return tuple(hit for hit in self.hits if hit.leg.journey.delegation_id == delegation.id)


def _touches(origin: type[Place], destination: type[Place]) -> ColumnElement[bool]:
    """Return the condition under which an informed entity is what a leg passes through."""
    at_either_end = or_(origin.country == InformedEntity.country, destination.country == InformedEntity.country)
    return or_(
        and_(InformedEntity.kind == EntityKind.COUNTRY_AIRSPACE, Leg.mode == Mode.AIR, at_either_end),
        and_(InformedEntity.kind == EntityKind.COUNTRY, at_either_end),
        and_(
            InformedEntity.kind == EntityKind.PLACE,
            or_(Leg.origin_id == InformedEntity.place_id, Leg.destination_id == InformedEntity.place_id),
        ),
        and_(
            InformedEntity.kind == EntityKind.CARRIER,
            func.lower(func.trim(Leg.carrier)) == func.lower(func.trim(InformedEntity.carrier)),
        ),
    )


def impact(congress_id: int, problem_id: int | None = None, statuses: tuple[LegStatus, ...] = HITTABLE) -> Impact:
    """Return whom the closures of a congress hit, or one of them, among legs with one of the statuses.

    A leg is hit where it is travelled at any instant of an active period (half-open: a leg that departs the moment the
    period ends is not) and touches an informed entity. Only NO_SERVICE hits; the other effects are warnings. One
    statement finds the legs, one counts the travellers.
    """
    origin, destination = aliased(Place), aliased(Place)
    overlap = and_(
        Leg.arrives_at > ActivePeriod.starts_at,
        or_(ActivePeriod.ends_at.is_(None), Leg.departs_at < ActivePeriod.ends_at),
    )
    found = (
        select(Leg, InformedEntity)
        .join(Leg.journey)
        .join(Journey.delegation)
        .join(origin, Leg.origin_id == origin.id)
        .join(destination, Leg.destination_id == destination.id)
        .join(RouteProblem, RouteProblem.congress_id == Leg.congress_id)
        .join(ActivePeriod, ActivePeriod.problem_id == RouteProblem.id)
        .join(InformedEntity, InformedEntity.problem_id == RouteProblem.id)
        .where(Leg.congress_id == congress_id, Leg.status.in_(statuses), RouteProblem.effect == Effect.NO_SERVICE)
        .where(overlap, _touches(origin, destination))
        .options(contains_eager(Leg.journey).contains_eager(Journey.delegation))
        .order_by(Leg.departs_at, Leg.id, InformedEntity.id)
    )
    if problem_id is not None:
        found = found.where(RouteProblem.id == problem_id)
    hits: dict[tuple[int, int], Hit] = {}
    for leg, entity in db.session.execute(found).unique():
        hits.setdefault((leg.id, entity.problem_id), Hit(leg, entity.problem_id, entity))
    return _summed(tuple(hits.values()))


def _summed(hits: tuple[Hit, ...]) -> Impact:
    delegations = {hit.leg.journey.delegation_id: hit.leg.journey.delegation for hit in hits}
    counted = select(func.count()).select_from(Delegate).where(Delegate.delegation_id.in_(delegations))
    return Impact(
        hits=hits,
        travellers=(db.session.scalar(counted) or 0) if delegations else 0,
        seats=sum(delegation.seats for delegation in delegations.values()),
        delegations=tuple(delegations.values()),
    )
