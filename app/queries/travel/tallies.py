"""What a problem does to a congress, in numbers: the database counts, so that a page does not read thousands of legs.

The meaning is that of queries.hits, which counts where a statement cannot: for joined entities, for daily hours, where
only some of the people on a leg are affected, and for transfers that closed roads leave open.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.dialects import found_by, in_a_list
from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation, DelegationStatus
from app.models.people.organizations import Organization
from app.models.travel.journeys import HITTABLE, LOST, Journey, Leg, Traveler
from app.models.travel.places import Place
from app.models.travel.problems import ActivePeriod, EntityKind, InformedEntity, RouteProblem
from app.queries.naming import by_country, by_name
from app.queries.travel import hits, parties, touching
from app.queries.travel.being_there import VESSELS
from app.queries.travel.entity_legs import AT_PLACE, CONGRESS, IN_AREA, THROUGHOUT, Presence, Statement
from app.queries.travel.impacts import seats_of

_NOT_COUNTED = {*touching.OF_PERSONS, EntityKind.MODE}
TOGETHER = 1_000_000
"""What a leg counts that departs with the first one that is hit: more than any journey has legs."""
_NO_TIME = timedelta()
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_YES: ColumnElement[int] = literal_column("1")
_NO: ColumnElement[int] = literal_column("0")
_PROBLEM = bindparam("problem", type_=Integer)


class Tally(NamedTuple):
    """Whom a problem affects, in numbers. Delegations are sorted by country and organization."""

    legs: int = 0
    """Legs affected directly that can still be traveled."""
    missed: int = 0
    """Legs that are missed because an earlier one is hit."""
    travelers: int = 0
    seats: int = 0
    delegation_ids: tuple[int, ...] = ()
    warned_ids: tuple[int, ...] = ()
    lost_legs: int = 0
    """Legs canceled or missed while it lasted."""
    lost_ids: tuple[int, ...] = ()
    """The delegations of those."""


def of(problem: RouteProblem, language: str) -> Tally:
    """Return whom a problem affects, in numbers; the delegations are sorted by their names in `language`."""
    if problem.called_off_at or not problem.informed_entities or not problem.active_periods:
        return Tally()
    touched = _journeys(problem, language) if _can_count(problem) else None
    if touched is None or (touched.since or 0) >= 2 * TOGETHER:
        return _of_impact(problem, language)
    return _added_up(problem.congress_id, touched)


def _added_up(congress_id: int, touched: Any) -> Tally:
    """Return the tally of the journeys that `_counted` finds: its lists are in the order of the delegations."""
    directions = [hits.DIRECTIONS[one] for one in touched.directions or ()]
    seats = dict(zip(touched.delegation_ids or (), touched.seats or (), strict=True))
    people = dict(zip(touched.delegation_ids or (), touched.people or (), strict=True))
    ways = Counter(zip(touched.delegation_ids or (), directions, strict=True))
    risk = {way: journeys * seats[way[0]] for way, journeys in ways.items()}
    travelers = sum(people.values())
    apart = set(touched.apart_ids or ())
    if apart:
        hit = zip(touched.journey_ids, touched.delegation_ids, directions, strict=True)
        theirs = [(*one, None) for one in hit if one[1] in apart]
        aboard, seats_of_them = parties.of(congress_id, apart).counted(theirs)
        travelers += len(aboard) - sum(people[one] for one in apart)
        risk |= seats_of_them
    return Tally(
        int(touched.legs or 0), int(touched.missed or 0), travelers, seats_of(risk),
        tuple(people), _each_once(touched.warned_ids), int(touched.lost_legs or 0), _each_once(touched.lost_ids),
    )  # fmt: skip


def _each_once(ids: Sequence[int] | None) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids or ()))


def _of_impact(problem: RouteProblem, language: str) -> Tally:
    impact, lost = hits.present_and_lost(problem.congress_id, problem.id)
    listed = (impact.delegation_ids, impact.warned_ids, lost.delegation_ids)
    order = _in_order(problem.congress_id, frozenset().union(*listed), language)
    hit, warned, lost_ids = (tuple(one for one in order if one in ids) for ids in listed)
    return Tally(impact.legs, impact.missed, impact.travelers, impact.seats, hit, warned, lost.legs, lost_ids)


def _in_order(congress_id: int, delegation_ids: Collection[int], language: str) -> Sequence[int]:
    """Return the ids of delegations in the order of their names, perhaps with those of others."""
    listed = select(Delegation.id).join(Organization, Organization.id == Delegation.organization_id)
    listed = listed.where(Delegation.congress_id == congress_id, parties.among(Delegation.id, delegation_ids))
    return db.session.scalars(listed.order_by(*_by_names(language))).all() if delegation_ids else ()


def _by_names(language: str) -> tuple[ColumnElement[Any], ...]:
    return by_country(Delegation.country, language), by_name(Organization.sort_key, language), Delegation.id.expression


def _can_count(problem: RouteProblem) -> bool:
    entities = problem.informed_entities
    is_plain = all(one.kind not in _NOT_COUNTED and one.group_number is None for one in entities)
    return is_plain and all(period.daily_from is None for period in problem.active_periods)


def _journeys(problem: RouteProblem, language: str) -> Any:
    """Return the journeys that a problem touches, in one row (see _counted)."""
    entities, periods = problem.informed_entities, problem.active_periods
    kinds, firs = {one.kind for one in entities}, {one.fir for one in entities if one.fir}
    listed = _counted(tuple(sorted(kinds)), tuple(sorted(firs)), len(periods), language, closes=problem.closes)
    given = {"congress": problem.congress_id, "problem": problem.id} | _bounds(periods)
    return db.session.execute(listed, given).one()


def _bounds(periods: Iterable[ActivePeriod]) -> dict[str, Any]:
    """Return the values for `_is_there`: when the periods start and end, and the same with the time at a place."""
    found: dict[str, Any] = {}
    for number, one in enumerate(periods):
        for lasts in (_NO_TIME, AT_PLACE, IN_AREA):
            found[f"from_{number}_{lasts.seconds}"] = one.starts_at - lasts
            found[f"until_{number}_{lasts.seconds}"] = one.ends_at + lasts if one.ends_at else _NEVER
    return found


@lru_cache(maxsize=256)
def _counted(
    kinds: tuple[EntityKind, ...], firs: tuple[str, ...], periods: int, language: str, *, closes: bool
) -> Statement:
    """Return the statement that counts the legs that a problem touches.

    It returns one row: numbers, and what is needed of each journey as lists, in the order of the delegations, because
    thousands of rows take longer to hand over than to count. The statement is kept: to write it takes as long as to
    execute it.
    """
    journey = _by_journey(union_all(*_touches(kinds, firs, periods, closes=closes)), language)
    is_hit = journey.hit > 0
    named = select(Journey.delegation_id).join(Traveler, Traveler.journey_id == Journey.id)
    is_apart = journey.delegation_id.in_(named.where(Traveler.congress_id == CONGRESS))
    return select(
        func.sum(journey.hit).label("legs"),
        func.sum(case((is_hit, journey.since % TOGETHER + 1 - journey.hit))).label("missed"),
        func.sum(journey.lost).label("lost_legs"),
        func.max(journey.since).label("since"),
        in_a_list(journey.journey_id).filter(is_hit).label("journey_ids"),
        in_a_list(journey.delegation_id).filter(is_hit).label("delegation_ids"),
        in_a_list(journey.direction).filter(is_hit).label("directions"),
        in_a_list(journey.seats).filter(is_hit).label("seats"),
        in_a_list(journey.people).filter(is_hit).label("people"),
        in_a_list(journey.delegation_id).filter(is_hit, is_apart).label("apart_ids"),
        in_a_list(journey.delegation_id).filter(journey.touched > journey.hit).label("warned_ids"),
        in_a_list(journey.delegation_id).filter(journey.lost > 0).label("lost_ids"),
    )


def _by_journey(touches: CompoundSelect[Any], language: str) -> ReadOnlyColumnCollection[str, Any]:
    """Return what is counted of each journey that is touched, in the order of the delegations.

    `since` counts its legs since the first that is hit. One that departs at the same time as that one counts TOGETHER,
    because which of them is first then depends on their ids.
    """
    touch = touches.subquery().c
    each = select(touch.journey_id, touch.departs_at, touch.lost, func.max(touch.direct).label("direct"))
    leg = each.group_by(touch.journey_id, touch.leg_id, touch.departs_at, touch.lost).subquery().c
    hit = and_(leg.lost == 0, leg.direct == 1)
    counted = select(
        leg.journey_id,
        func.sum(case((hit, 1), else_=0)).label("hit"),
        func.sum(1 - leg.lost).label("touched"),
        func.sum(case((leg.lost == 1, leg.direct), else_=0)).label("lost"),
        func.min(case((hit, leg.departs_at))).label("first_at"),
    )
    one = counted.group_by(leg.journey_id).subquery().c
    since = select(func.sum(case((Leg.departs_at == one.first_at, TOGETHER), else_=1)))
    since = since.where(Leg.journey_id == one.journey_id, Leg.departs_at >= one.first_at, Leg.status.in_(HITTABLE))
    people = select(func.count(Delegate.id)).where(Delegate.delegation_id == Delegation.id)
    return (
        select(
            one.journey_id, Journey.delegation_id, type_coerce(Journey.direction, String).label("direction"),
            Delegation.seats, people.scalar_subquery().label("people"), one.hit, one.touched, one.lost,
            func.coalesce(since.scalar_subquery(), 0).label("since"),
        )
        .join(Journey, Journey.id == one.journey_id)
        .join(Delegation, Delegation.id == Journey.delegation_id)
        .join(Organization, Organization.id == Delegation.organization_id)
        .where(Journey.congress_id == CONGRESS, Delegation.status != DelegationStatus.UNABLE_TO_ATTEND)
        .order_by(*_by_names(language), one.journey_id)
        .subquery()
        .c
    )  # fmt: skip


def _touches(
    kinds: tuple[EntityKind, ...], firs: tuple[str, ...], periods: int, *, closes: bool
) -> Iterator[Statement]:
    """Yield statements that find the legs that a problem touches: lost or not, and hit or only warned."""
    for kind in kinds:
        for statement, presence, sure in touching.at_any_time(kind):
            hits_it = _NO if not closes else _YES if sure is None else case((sure, 1), else_=0)
            yield _narrowed(statement, hits_it, _is_there(presence, periods)).where(*_in_areas(presence))
    for statement in touching.passing_over(kinds, firs) if closes else ():
        yield _narrowed(statement, _NO, _is_there(THROUGHOUT, periods))


def _narrowed(statement: Statement, hits_it: ColumnElement[Any], is_there: ColumnElement[bool]) -> Statement:
    lost = case((Leg.status.in_(LOST), 1), else_=0).label("lost")
    columns = (Leg.id.label("leg_id"), Leg.journey_id, Leg.departs_at, lost, hits_it.label("direct"))
    here = (InformedEntity.problem_id == _PROBLEM, Leg.congress_id == CONGRESS, Leg.status.in_((*HITTABLE, *LOST)))
    return statement.with_only_columns(*columns).where(*here, is_there)


def _in_areas(presence: Presence) -> Iterator[found_by]:
    """Yield what follows from a presence at the end of a leg: the place is in one of the closed areas."""
    if presence.within:
        in_one = getattr(InformedEntity, presence.within) == getattr(Place, presence.within)
        places = select(Place.id).join(InformedEntity, in_one).where(InformedEntity.problem_id == _PROBLEM)
        end = Leg.origin_id if presence.end == "origin" else Leg.destination_id
        yield found_by(end, places.correlate(None).scalar_subquery())


def _is_there(presence: Presence, periods: int) -> ColumnElement[bool]:
    """Return the condition that a leg is where the entity is during a period: see being_there, which asks one at a time."""
    always: list[ColumnElement[bool]] = [Leg.mode.not_in(VESSELS)] if presence.only_vessels else []
    if presence.within:
        here, there = aliased(Place), aliased(Place)
        area, other = getattr(here, presence.within), getattr(there, presence.within)
        both = select(here.id).join(there, or_(area == other, and_(area.is_(None), other.is_(None))))
        always.append(both.where(here.id == Leg.origin_id, there.id == Leg.destination_id).exists())
    meets = []
    for number in range(periods):
        traveled = [Leg.arrives_at > _bound("from", number), Leg.departs_at < _bound("until", number)]
        if presence.end == "origin":
            traveled.append(or_(Leg.departs_at > _bound("from", number, presence.lasts), *always))
        elif presence.end:
            traveled.append(or_(Leg.arrives_at < _bound("until", number, presence.lasts), *always))
        meets.append(and_(*traveled))
    return or_(*meets)


def _bound(side: str, number: int, lasts: timedelta = _NO_TIME) -> ColumnElement[datetime]:
    return bindparam(f"{side}_{number}_{lasts.seconds}", type_=Leg.departs_at.type)
