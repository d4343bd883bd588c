"""What a problem does to a congress, in numbers: the database counts, so that a page does not read thousands of legs.

The meaning is that of queries.hits, which counts where a statement cannot: for joined entities, for daily hours, where
only some of the people on a leg are affected, and for transfers that closed roads leave open.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    case,
    distinct,
    func,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.travel.journeys import HITTABLE, LOST, Direction, Journey, Leg
from app.models.travel.places import Place
from app.models.travel.problems import ActivePeriod, Effect, EntityKind, InformedEntity, RouteProblem
from app.queries.travel import hits, parties, touching
from app.queries.travel.being_there import VESSELS
from app.queries.travel.entity_legs import AT_PLACE, CONGRESS, IN_AREA, Presence, Statement
from app.queries.travel.impacts import seats_of

_NOT_COUNTED = {*touching.OF_PERSONS, EntityKind.MODE}
TOGETHER = 1_000_000
"""What a leg counts that departs with the first one that is hit: more than any journey has legs."""
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_YES: ColumnElement[int] = literal_column("1")
_NO: ColumnElement[int] = literal_column("0")


class Tally(NamedTuple):
    """Whom a problem affects, in numbers."""

    legs: int
    """Legs affected directly that can still be traveled."""
    missed: int
    """Legs that are missed because an earlier one is hit."""
    travelers: int
    seats: int
    delegation_ids: frozenset[int]
    warned_ids: frozenset[int]
    lost_legs: int
    """Legs canceled or missed while it lasted."""
    lost_ids: frozenset[int]
    """The delegations of those."""


def of(problem: RouteProblem) -> Tally:
    """Return whom a problem affects, in numbers."""
    journeys = _journeys(problem) if _can_count(problem) else None
    if journeys is None or any(one.since >= 2 * TOGETHER for one in journeys):
        return _of_impact(problem)
    legs = missed = lost_legs = 0
    hit: list[tuple[int, int, Direction, None]] = []
    warned, lost_ids = set(), set()
    for journey_id, hits_of_it, touched, lost, delegation_id, direction, since in journeys:  # thousands: not by name
        if hits_of_it:
            hit.append((journey_id, delegation_id, hits.DIRECTIONS[direction], None))
            legs += hits_of_it
            missed += since % TOGETHER + 1 - hits_of_it
        if touched > hits_of_it:
            warned.add(delegation_id)
        if lost:
            lost_legs += lost
            lost_ids.add(delegation_id)
    delegation_ids = frozenset(one[1] for one in hit)
    travelers, risk = parties.of(problem.congress_id, delegation_ids).counted(hit) if hit else ((), {})
    return Tally(
        legs, missed, len(travelers), seats_of(risk), delegation_ids, frozenset(warned), lost_legs, frozenset(lost_ids)
    )


def _of_impact(problem: RouteProblem) -> Tally:
    impact, lost = hits.present_and_lost(problem.congress_id, problem.id)
    return Tally(
        impact.legs, impact.missed, impact.travelers, impact.seats, impact.delegation_ids, impact.warned_ids,
        lost.legs, lost.delegation_ids,
    )  # fmt: skip


def _can_count(problem: RouteProblem) -> bool:
    entities = problem.informed_entities
    is_plain = all(one.kind not in _NOT_COUNTED and one.group_number is None for one in entities)
    return is_plain and all(period.daily_from is None for period in problem.active_periods)


def _journeys(problem: RouteProblem) -> list[Any]:
    """Return the journeys that a problem touches, each with how many legs it hits, touches and has hit (see _counted)."""
    entities, periods = problem.informed_entities, problem.active_periods
    kinds, firs = {one.kind for one in entities}, {one.fir for one in entities if one.fir}
    if not entities or not periods:
        return []
    listed = _counted(
        tuple(sorted(kinds)), tuple(sorted(firs)), len(periods), closes=problem.effect is Effect.NO_SERVICE
    )
    given = {"congress": problem.congress_id, "problem": problem.id} | _bounds(periods)
    return list(db.session.execute(listed, given))


def _bounds(periods: Iterable[ActivePeriod]) -> dict[str, Any]:
    """Return the values for `_is_there`: between when and when a leg has to depart or arrive to be there in a period."""
    found: dict[str, Any] = {}
    for number, one in enumerate(periods):
        found[f"period_{number}"] = one.id
        for lasts in (AT_PLACE, IN_AREA):
            found[f"from_{number}_{lasts.seconds}"] = one.starts_at - lasts
            found[f"until_{number}_{lasts.seconds}"] = one.ends_at + lasts if one.ends_at else _NEVER
    return found


@lru_cache(maxsize=256)
def _counted(kinds: tuple[EntityKind, ...], firs: tuple[str, ...], periods: int, *, closes: bool) -> Statement:
    """Return the statement that counts the legs that a problem touches, by journey.

    Of a journey it also counts the legs since the first that is hit. One that departs at the same time as that one counts
    TOGETHER, because which of them is first then depends on their ids. The statement is kept: to write it takes as long
    as to execute it.
    """
    touch = union_all(*_touches(kinds, firs, periods, closes=closes)).subquery().c
    ahead, direct = touch.lost == 0, touch.direct == 1
    hit = and_(ahead, direct)
    counted = select(
        touch.journey_id,
        func.count(distinct(case((hit, touch.leg_id)))).label("hit"),
        func.count(distinct(case((ahead, touch.leg_id)))).label("touched"),
        func.count(distinct(case((and_(~ahead, direct), touch.leg_id)))).label("lost"),
        func.min(case((hit, touch.departs_at))).label("first_at"),
    )
    one = counted.group_by(touch.journey_id).subquery().c
    since = select(func.sum(case((Leg.departs_at == one.first_at, TOGETHER), else_=1)))
    since = since.where(Leg.journey_id == one.journey_id, Leg.departs_at >= one.first_at, Leg.status.in_(HITTABLE))
    return (
        select(
            one.journey_id, one.hit, one.touched, one.lost, Journey.delegation_id,
            type_coerce(Journey.direction, String).label("direction"),
            func.coalesce(since.scalar_subquery(), 0).label("since"),
        )
        .join(Journey, Journey.id == one.journey_id)
        .join(Delegation, Delegation.id == Journey.delegation_id)
        .where(Journey.congress_id == CONGRESS, Delegation.status != DelegationStatus.UNABLE_TO_ATTEND)
    )  # fmt: skip


def _touches(
    kinds: tuple[EntityKind, ...], firs: tuple[str, ...], periods: int, *, closes: bool
) -> Iterator[Statement]:
    """Yield statements that find the legs that a problem touches: lost or not, and hit or only warned."""
    for kind in kinds:
        for statement, presence, sure in touching.statements(kind):
            hits_it = _NO if not closes else _YES if sure is None else case((sure, 1), else_=0)
            yield _narrowed(statement, hits_it).where(_is_there(presence, periods))
    for statement in touching.passing_over(kinds, firs) if closes else ():
        yield _narrowed(statement, _NO)


def _narrowed(statement: Statement, hits_it: ColumnElement[Any]) -> Statement:
    lost = case((Leg.status.in_(LOST), 1), else_=0).label("lost")
    columns = (Leg.id.label("leg_id"), Leg.journey_id, Leg.departs_at, lost, hits_it.label("direct"))
    here = (InformedEntity.problem_id == bindparam("problem", type_=Integer), Leg.status.in_((*HITTABLE, *LOST)))
    return statement.with_only_columns(*columns).where(*here)


def _is_there(presence: Presence, periods: int) -> ColumnElement[bool]:
    """Return the condition that a leg is at that end during the period: see being_there, which asks one at a time."""
    if not presence.end:
        return true()
    bound, side = f"{{}}_{{}}_{presence.lasts.seconds}", "from" if presence.end == "origin" else "until"
    meets = [
        and_(
            ActivePeriod.id == bindparam(f"period_{number}", type_=Integer),
            Leg.departs_at > bindparam(bound.format(side, number), type_=Leg.departs_at.type)
            if side == "from"
            else Leg.arrives_at < bindparam(bound.format(side, number), type_=Leg.arrives_at.type),
        )
        for number in range(periods)
    ]
    always: list[ColumnElement[bool]] = [Leg.mode.not_in(VESSELS)] if presence.only_vessels else []
    if presence.within:
        here, there = aliased(Place), aliased(Place)
        area, other = getattr(here, presence.within), getattr(there, presence.within)
        both = select(here.id).join(there, or_(area == other, and_(area.is_(None), other.is_(None))))
        always.append(both.where(here.id == Leg.origin_id, there.id == Leg.destination_id).exists())
    return or_(*meets, *always)
