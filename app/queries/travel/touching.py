"""Which legs a problem touches: one statement for each kind of informed entity.

Every statement returns the same columns (COLUMNS) and follows an index: from the entity to the places, carriers or
people, and from there to the legs.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, exists, func, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.people import Person
from app.models.travel.hits import HitKind
from app.models.travel.journeys import Journey, Leg, LegStatus, Overflight, Traveler
from app.models.travel.places import Carrier, Crossing, Mode, Place
from app.models.travel.problems import ActivePeriod, Effect, EntityKind, InformedEntity, RouteProblem
from app.queries.travel.parties import among
from app.routing.hours import meets

_E = InformedEntity
COLUMNS: tuple[Any, ...] = (
    Leg.id.label("leg_id"),
    _E.problem_id,
    _E.id.label("entity_id"),
    ActivePeriod.id.label("period_id"),
    RouteProblem.effect,
)
"""The columns of each statement, followed by the delegate if only one is affected."""
OF_PERSONS = (EntityKind.NATIONALITY, EntityKind.PERSON)
Statement = Select[Any]
CONGRESS = bindparam("congress", type_=Integer)
"""The id of the congress: a parameter, because a join would make SQLite read all legs."""
OVER_LAND = (Mode.RAIL, Mode.ROAD, Mode.RIVER, Mode.FOOT)
"""Modes that cross a land border; air and sea have their own points of entry."""
ON_ROADS = (Mode.ROAD, Mode.FOOT)


@cache
def statements(kind: EntityKind) -> tuple[Statement, ...]:
    """Return the statements that find what an entity of this kind touches, with the delegate if only one is affected."""
    return tuple(_timed(make(_base(kind))) for make in _BY_KIND[kind])


@cache
def overflights() -> Statement:
    """Return the statement that finds the legs that fly over a closed airspace without landing there."""
    kinds = (EntityKind.COUNTRY_AIRSPACE, EntityKind.COUNTRY)
    over = (
        select(*COLUMNS, null().label("delegate_id")).select_from(_E).join(Overflight, Overflight.country == _E.country)
    )
    return _timed(_leg(over, Leg.id == Overflight.leg_id)).where(_E.kind.in_(kinds))


def _base(kind: EntityKind) -> Statement:
    person_alone = kind in OF_PERSONS
    return (
        select(*COLUMNS, (Delegate.id if person_alone else null()).label("delegate_id"))
        .select_from(_E)
        .where(_E.kind == kind)
    )


def _timed(statement: Statement) -> Statement:
    """Join the problem and its periods: the leg is traveled at any instant of a period, which is half-open."""
    overlap = and_(
        Leg.arrives_at > ActivePeriod.starts_at,
        or_(ActivePeriod.ends_at.is_(None), Leg.departs_at < ActivePeriod.ends_at),
    )
    return (
        statement.join(RouteProblem, RouteProblem.id == _E.problem_id)
        .join(ActivePeriod, and_(ActivePeriod.problem_id == RouteProblem.id, overlap))
        .where(Leg.congress_id == CONGRESS, _E.congress_id == CONGRESS, RouteProblem.called_off_at.is_(None))
    )


def _of_delegation(statement: Statement, kind: EntityKind | None, delegation_id: int) -> Statement:
    """Limit a statement to the legs of one delegation.

    Journeys are joined only here or for a person, because the join makes SQLite read all legs of a congress.
    """
    if kind not in OF_PERSONS:
        statement = statement.join(Journey, Journey.id == Leg.journey_id)
    return statement.where(Journey.delegation_id == delegation_id)


def _leg(statement: Statement, match: ColumnElement[bool]) -> Statement:
    return statement.join(Leg, match)


def _at_place(
    end: InstrumentedAttribute[int], match: ColumnElement[bool], *more: ColumnElement[bool]
) -> Callable[[Statement], Statement]:
    """Match legs that begin or end at a place for which `match` holds."""
    return lambda statement: _leg(statement.join(Place, match), end == Place.id).where(*more)


def _by_leg(match: ColumnElement[bool]) -> Callable[[Statement], Statement]:
    return lambda statement: _leg(statement, match)


def _by_carriers(match: ColumnElement[bool]) -> Callable[[Statement], Statement]:
    return lambda statement: _leg(statement.join(Carrier, match), Leg.carrier_id == Carrier.id)


def _at_crossing(end: InstrumentedAttribute[int]) -> Callable[[Statement], Statement]:
    return lambda statement: _leg(statement.join(Crossing, Crossing.id == _E.crossing_id), end == Crossing.place_id)


def _over_border(statement: Statement) -> Statement:
    origin, destination = aliased(Place), aliased(Place)
    out = and_(
        origin.country == _E.country, func.coalesce(_E.other_country, destination.country) == destination.country
    )
    back = and_(destination.country == _E.country, func.coalesce(_E.other_country, origin.country) == origin.country)
    found = _leg(statement, and_(Leg.congress_id == CONGRESS, Leg.mode.in_(OVER_LAND)))
    found = found.join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    return found.where(origin.country != destination.country, or_(out, back))


def _by_mode(statement: Statement) -> Statement:
    origin, destination = aliased(Place), aliased(Place)
    found = _leg(statement, and_(Leg.congress_id == CONGRESS, Leg.mode == _E.mode))
    found = found.join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    return found.where(or_(_E.country.is_(None), origin.country == _E.country, destination.country == _E.country))


def _refused(statement: Statement) -> Statement:
    """Match legs that enter the country with a traveler of the refused nationality, by default the delegation's."""
    origin, destination = aliased(Place), aliased(Place)
    found = _leg(
        statement.join(destination, destination.country == _E.country), Leg.destination_id == destination.id
    ).join(origin, and_(origin.id == Leg.origin_id, origin.country != _E.country))
    is_national = Person.nationality_digest == _E.nationality_digest
    is_taken_for_one = and_(Person.nationality_digest.is_(None), Delegation.country == _E.nationality)
    return (
        found.join(Journey, Journey.id == Leg.journey_id)
        .join(Delegation, Delegation.id == Journey.delegation_id)
        .join(Delegate, Delegate.delegation_id == Delegation.id)
        .join(Person, Person.id == Delegate.person_id)
        .where(or_(is_national, is_taken_for_one), _aboard())
    )


def _of_person(statement: Statement) -> Statement:
    found = statement.join(Delegate, Delegate.id == _E.delegate_id)
    found = found.join(Journey, Journey.delegation_id == Delegate.delegation_id)
    return found.join(Leg, Leg.journey_id == Journey.id).where(_aboard())


def _aboard() -> ColumnElement[bool]:
    """Return the condition that the delegate travels on the journey (see Journey)."""
    other, there = aliased(Journey), aliased(Traveler)
    named_here = exists().where(Traveler.journey_id == Journey.id, Traveler.delegate_id == Delegate.id)
    names_any = exists().where(Traveler.journey_id == Journey.id)
    named_there = exists().where(
        there.delegate_id == Delegate.id,
        there.journey_id == other.id,
        other.delegation_id == Journey.delegation_id,
        other.direction == Journey.direction,
    )
    return or_(named_here, and_(~names_any, ~named_there))


def _both_ends(match: ColumnElement[bool], *more: ColumnElement[bool]) -> list[Callable[[Statement], Statement]]:
    return [_at_place(Leg.origin_id, match, *more), _at_place(Leg.destination_id, match, *more)]


_BY_KIND: dict[EntityKind, list[Callable[[Statement], Statement]]] = {
    EntityKind.COUNTRY_AIRSPACE: _both_ends(Place.country == _E.country, Leg.mode == Mode.AIR),
    EntityKind.FIR: _both_ends(Place.fir == _E.fir, Leg.mode == Mode.AIR),
    EntityKind.COUNTRY: _both_ends(Place.country == _E.country),
    EntityKind.BORDER: [_over_border],
    EntityKind.CROSSING: [
        _by_leg(Leg.crossing_id == _E.crossing_id), _at_crossing(Leg.origin_id), _at_crossing(Leg.destination_id),
    ],
    EntityKind.PLACE: [_by_leg(Leg.origin_id == _E.place_id), _by_leg(Leg.destination_id == _E.place_id)],
    EntityKind.ROAD: [
        _by_leg(and_(Leg.origin_id == start, Leg.destination_id == end, Leg.mode.in_(ON_ROADS)))
        for start, end in ((_E.place_id, _E.other_place_id), (_E.other_place_id, _E.place_id))
    ],
    EntityKind.MODE: [_by_mode],
    EntityKind.CARRIER: [_by_leg(Leg.carrier_key == _E.carrier_key), _by_leg(and_(_E.carrier_id.is_not(None), Leg.carrier_id == _E.carrier_id))],
    EntityKind.ALLIANCE: [_by_carriers(Carrier.alliance == _E.carrier)],
    EntityKind.CARRIERS_OF: [_by_carriers(Carrier.country == _E.country)],
    EntityKind.NATIONALITY: [_refused],
    EntityKind.LEG: [_by_leg(Leg.id == _E.leg_id)],
    EntityKind.PERSON: [_of_person],
}  # fmt: skip


class Touch(NamedTuple):
    """An entity that touches a leg in a period, before the leg's journey is known."""

    leg_id: int
    problem_id: int
    entity_id: int
    period_id: int
    kind: HitKind
    delegate_id: int | None


def find(
    congress_id: int, problem_id: int | None, statuses: tuple[LegStatus, ...], delegation_id: int | None
) -> Iterator[Touch]:
    """Yield what one or all problems of a congress touch, running only the statements that are needed."""
    here = [InformedEntity.congress_id == congress_id]
    if problem_id is not None:
        here.append(InformedEntity.problem_id == problem_id)
    kinds = set(db.session.scalars(select(InformedEntity.kind).where(*here).distinct()))
    asked = [(kind, statement) for kind in sorted(kinds) for statement in statements(kind)]
    for kind, statement in asked:
        for row in _rows(statement, kind, delegation_id, *here, Leg.status.in_(statuses), congress_id=congress_id):
            reach = HitKind.DIRECT if row.effect is Effect.NO_SERVICE else HitKind.WARNING
            yield Touch(row.leg_id, row.problem_id, row.entity_id, row.period_id, reach, row.delegate_id)
    if kinds & {EntityKind.COUNTRY_AIRSPACE, EntityKind.COUNTRY}:
        closing = (*here, Leg.status.in_(statuses), RouteProblem.effect == Effect.NO_SERVICE)
        for row in _rows(overflights(), None, delegation_id, *closing, congress_id=congress_id):
            yield Touch(row.leg_id, row.problem_id, row.entity_id, row.period_id, HitKind.DETOUR, None)


def _rows(
    statement: Statement, kind: EntityKind | None, delegation_id: int | None, *narrowed: ColumnElement[bool],
    congress_id: int,
) -> Iterable[Any]:  # fmt: skip
    if delegation_id is not None:
        statement = _of_delegation(statement, kind, delegation_id)
    return db.session.execute(statement.where(*narrowed), {"congress": congress_id})


def outside_hours(congress_id: int, touches: list[Touch]) -> set[tuple[int, int]]:
    """Return the pairs of leg and period whose daily hours do not overlap with the leg."""
    daily = select(ActivePeriod).where(ActivePeriod.congress_id == congress_id, ActivePeriod.daily_from.is_not(None))
    periods = {period.id: period for period in db.session.scalars(daily)} if touches else {}
    concerned = {(one.leg_id, one.period_id) for one in touches if one.period_id in periods} if periods else set()
    if not concerned:
        return set()
    traveled = select(Leg.id, Leg.departs_at, Leg.arrives_at).where(
        Leg.congress_id == congress_id, among(Leg.id, {leg_id for leg_id, _ in concerned})
    )
    times = {row.id: row for row in db.session.execute(traveled)}
    return {(leg_id, period_id) for leg_id, period_id in concerned if not _meets(times[leg_id], periods[period_id])}


def _meets(traveled: Any, period: ActivePeriod) -> bool:
    """Return whether a leg overlaps with the daily hours of a period; `traveled` has `departs_at` and `arrives_at`."""
    starts = max(traveled.departs_at, period.starts_at)
    ends = traveled.arrives_at if period.ends_at is None else min(traveled.arrives_at, period.ends_at)
    if period.daily_from is None or period.daily_until is None or period.timezone is None:
        return True
    return meets(starts, ends, period.daily_from, period.daily_until, period.timezone)
