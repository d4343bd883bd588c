"""The closures and refusals that affect travel to a congress, as input for the routing engine."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from app import clock
from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.people import Person
from app.models.travel.journeys import Direction, Journey, Traveler
from app.models.travel.places import Carrier
from app.models.travel.problems import ActivePeriod, Effect, EntityKind, InformedEntity, RouteProblem
from app.routing.closures import Closure, Period

_OF_NO_WAY = (EntityKind.LEG, EntityKind.PERSON)
"""Problems of one leg or one person close no route for others."""
_BY_CARRIER = (EntityKind.CARRIER, EntityKind.ALLIANCE, EntityKind.CARRIERS_OF)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A country that refuses entry to a nationality, and when."""

    nationality: str
    country: str
    closure: Closure
    """What is closed to them: the country, or of it only what other entities cover that are joined with the refusal."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, what it covers, and the nationality that it is about, if any."""

    problem: RouteProblem
    closure: Closure
    nationality: str = ""


def of_congress(congress_id: int) -> tuple[list[Closure], list[Refusal]]:
    """Return the closures of a congress, and which nationalities are refused where. Warnings close nothing."""
    closures, refusals = [], []
    for _problem, entity, closure in _declared(congress_id, RouteProblem.effect == Effect.NO_SERVICE):
        if entity.kind is EntityKind.NATIONALITY:
            refusals.append(Refusal(entity.nationality or "", entity.country or "", closure))
        elif closure.parts or entity.kind not in _BY_CARRIER or closure.carrier_ids:
            closures.append(closure)
    return closures, refusals


def warnings_of_congress(congress_id: int) -> list[Warned]:
    """Return the warnings of a congress, with what they cover and when."""
    declared = _declared(congress_id, RouteProblem.effect != Effect.NO_SERVICE)
    return [
        Warned(problem, closure, entity.nationality or "")
        for problem, entity, closure in declared
        if closure.parts or entity.kind not in _BY_CARRIER or closure.carrier_ids
    ]


def _declared(congress_id: int, of_kind: ColumnElement[bool]) -> Iterator[tuple[RouteProblem, InformedEntity, Closure]]:
    """Yield what the problems of one kind are about, unless it concerns only one leg or one person.

    Of entities that are joined, the one about a nationality is yielded with what all of them cover.
    """
    whole = (selectinload(RouteProblem.active_periods), selectinload(RouteProblem.informed_entities))
    declared = select(RouteProblem).where(
        RouteProblem.congress_id == congress_id, of_kind, RouteProblem.called_off_at.is_(None)
    )
    for problem in db.session.scalars(declared.options(*whole).order_by(RouteProblem.id)).unique():
        periods = tuple(_period(period) for period in problem.active_periods)
        for group in problem.groups:
            if any(entity.kind in _OF_NO_WAY for entity in group):
                continue
            if group[0].group_number is None:
                yield problem, group[0], _closure(group[0], periods)
            elif closure := _joined(group, periods):
                yield problem, next((one for one in group if one.kind is EntityKind.NATIONALITY), group[0]), closure


def is_ahead(closure: Closure) -> bool:
    """Return whether a closure is or will be in effect."""
    now = clock.now()
    return any(period.ends_at is None or period.ends_at > now for period in closure.periods)


def nationalities(congress_id: int, delegation_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return the nationalities in each delegation; the delegation's country stands in for an unknown one.

    Delegates with a separate outbound itinerary are left out, unless nobody else is left.
    """
    apart = select(Traveler.delegate_id).join(Journey, Journey.id == Traveler.journey_id)
    apart = apart.where(Journey.congress_id == congress_id, Journey.direction == Direction.OUT)
    wanted = (
        select(Delegation.id, Delegation.country, Person.nationality, Delegate.id.in_(apart).label("apart"))
        .outerjoin(Delegate, Delegate.delegation_id == Delegation.id)
        .outerjoin(Person, Person.id == Delegate.person_id)
        .where(Delegation.congress_id == congress_id, Delegation.id.in_(list(delegation_ids)))
    )
    together: dict[int, set[str]] = defaultdict(set)
    everybody: dict[int, set[str]] = defaultdict(set)
    for row in db.session.execute(wanted):
        code = row.nationality or row.country
        everybody[row.id].add(code)
        if not row.apart:
            together[row.id].add(code)
    return {delegation_id: frozenset(together[delegation_id] or codes) for delegation_id, codes in everybody.items()}


def refusing(
    refusals: Iterable[Refusal], codes: frozenset[str], starts: datetime, ends: datetime
) -> tuple[Closure, ...]:
    """Return the refusals of entry to any of these nationalities that are in effect at some time between two instants."""
    concerned = (one.closure for one in refusals if one.nationality in codes)
    return tuple(dict.fromkeys(one for one in concerned if one.concerns(starts, ends)))


def _period(period: ActivePeriod) -> Period:
    return Period(period.starts_at, period.ends_at, period.daily_from, period.daily_until, period.timezone or "UTC")


def _closure(entity: InformedEntity, periods: tuple[Period, ...]) -> Closure:
    return Closure(
        kind=entity.kind.value,
        periods=periods,
        country=entity.country or "",
        other_country=entity.other_country or "",
        fir=entity.fir or "",
        place_id=entity.place_id or 0,
        other_place_id=entity.other_place_id or 0,
        crossing_id=entity.crossing_id or 0,
        way=entity.mode.value if entity.mode else "",
        carrier_ids=_carriers(entity),
    )


def _joined(group: list[InformedEntity], periods: tuple[Period, ...]) -> Closure | None:
    """Return the closure of what all entities of a group cover; none if nobody has all its nationalities, or a carrier is not known."""
    parts = tuple(_closure(entity, periods) for entity in group)
    refused = [entity for entity in group if entity.kind is EntityKind.NATIONALITY]
    if (
        len(group) == 1
        or len({entity.nationality for entity in refused}) > 1
        or any(entity.kind in _BY_CARRIER and not part.carrier_ids for entity, part in zip(group, parts, strict=True))
    ):
        return None
    return Closure(kind="joined", periods=periods, country=(refused[0].country or "") if refused else "", parts=parts)


def _carriers(entity: InformedEntity) -> frozenset[int]:
    """Return the carriers that an entity covers: one by name, all of an alliance, or all of a country."""
    if entity.kind is EntityKind.CARRIER:
        named = or_(Carrier.id == entity.carrier_id, Carrier.key == entity.carrier_key)
    elif entity.kind is EntityKind.ALLIANCE:
        named = Carrier.alliance == entity.carrier
    elif entity.kind is EntityKind.CARRIERS_OF:
        named = Carrier.country == entity.country
    else:
        return frozenset()
    return frozenset(db.session.scalars(select(Carrier.id).where(named)))
