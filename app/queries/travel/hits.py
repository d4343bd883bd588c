"""Whom route problems affect: legs, and through them journeys, delegations and travelers.

A problem hits a leg if the leg is covered by one of its informed entities and is there at some instant of an active
period, within the daily hours if there are any: at a closed destination around its arrival, at a closed origin around
its departure. Periods are half-open: a leg that departs the moment a period ends is not hit. Only problems with the
effect NO_SERVICE hit legs. Other effects cause warnings, and so does a closed airspace that a leg only flies over, and
a closed country that a leg over land probably passes through. If a leg is hit, later legs of its journey are missed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, select, type_coerce

from app.extensions import db
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.travel.hits import HitKind
from app.models.travel.journeys import HITTABLE, LOST, Direction, Journey, LegStatus
from app.models.travel.problems import RouteProblem
from app.queries.travel import being_there, joining, parties, problems, touching
from app.queries.travel.impacts import NOTHING, Chains, Hit, Impact
from app.queries.travel.joining import HARDEST_FIRST, holding
from app.queries.travel.parties import Parties, among
from app.queries.travel.touching import Touch

_DEPARTURE = attrgetter("departs_at", "leg_id")
DIRECTIONS = {direction.value: direction for direction in Direction}


def impact(
    congress_id: int,
    problem_id: int | None = None,
    statuses: tuple[LegStatus, ...] = HITTABLE,
    *,
    delegation_id: int | None = None,
) -> Impact:
    """Return the impact of one or all problems of a congress on the legs with one of the statuses."""
    return _impact(congress_id, _kept(congress_id, problem_id, statuses, _one(delegation_id)), statuses)


def present_and_lost(congress_id: int, problem_id: int) -> tuple[Impact, Impact]:
    """Return the impact of a problem on the legs that can still be hit, and on those that were lost, read together."""
    ahead, lost = _split(_kept(congress_id, problem_id, (*HITTABLE, *LOST), None))
    return _impact(congress_id, ahead, HITTABLE), _impact(congress_id, lost, LOST)


def legs_of(problem: RouteProblem, delegation_ids: Collection[int]) -> tuple[Impact, Impact]:
    """Return the same for a few delegations, without travelers and seats."""
    congress_id = problem.congress_id
    owners = _owners(congress_id, Journey.delegation_id.in_(delegation_ids))
    touches = touching.of_journeys(problem, (*HITTABLE, *LOST), owners.keys())
    ahead, lost = _split(_main(congress_id, problem.id, touches, problem))
    return _legs_alone(congress_id, ahead, owners, HITTABLE), _legs_alone(congress_id, lost, owners, LOST)


def _split(kept: Collection[Touch]) -> tuple[list[Touch], list[Touch]]:
    """Return the touches of legs that can still be hit, and those of lost ones."""
    lost = {status.value for status in LOST}
    return [touch for touch in kept if touch.status not in lost], [touch for touch in kept if touch.status in lost]


def _legs_alone(
    congress_id: int, kept: Collection[Touch], owners: Mapping[int, "_Owner"], statuses: tuple[LegStatus, ...]
) -> Impact:
    found = _in_order(kept, owners)
    direct = tuple(hit for hit in found if hit.kind is HitKind.DIRECT)
    warnings = tuple(hit for hit in found if hit.kind is not HitKind.DIRECT)
    return replace(NOTHING, hits=direct, warnings=warnings, chains=Chains(congress_id, statuses))


def leg_ids(congress_id: int, problem_id: int | None = None, *, delegation_id: int | None = None) -> set[int]:
    """Return the legs that are hit directly, without the legs missed because of them."""
    kept = _kept(congress_id, problem_id, HITTABLE, _one(delegation_id))
    return {touch.leg_id for touch in kept if touch.kind is HitKind.DIRECT}


def _one(delegation_id: int | None) -> tuple[int] | None:
    return None if delegation_id is None else (delegation_id,)


def survey(congress_id: int) -> tuple[Impact, dict[int, Impact]]:
    """Return the impact of all problems of a congress together, and of each one alone."""
    found = _hits(congress_id, _kept(congress_id, None, HITTABLE, None))
    chains, aboard = Chains(congress_id, HITTABLE), _aboard(congress_id, found)
    by_problem: dict[int, list[Hit]] = defaultdict(list)
    for hit in found:
        by_problem[hit.problem_id].append(hit)
    alone = {problem_id: _impact_of(hits, aboard, chains) for problem_id, hits in by_problem.items()}
    return _impact_of(found, aboard, chains), alone


def of_current(recorded: Iterable[RouteProblem], impacts: Mapping[int, Impact]) -> dict[int, Impact]:
    """Return the impact of each recorded problem that is not over, including those that affect nobody."""
    return {one.id: impacts.get(one.id, NOTHING) for one in recorded if not problems.is_over(one)}


def _impact(congress_id: int, kept: Collection[Touch], statuses: tuple[LegStatus, ...]) -> Impact:
    found = _hits(congress_id, kept)
    return _impact_of(found, _aboard(congress_id, found), Chains(congress_id, statuses))


def _aboard(congress_id: int, found: Sequence[Hit]) -> Parties | None:
    """Return who travels with the delegations that are hit directly."""
    hit = {one.delegation_id for one in found if one.kind is HitKind.DIRECT}
    return parties.of(congress_id, hit) if hit else None


def _impact_of(found: list[Hit], aboard: Parties | None, chains: Chains) -> Impact:
    direct = tuple(hit for hit in found if hit.kind is HitKind.DIRECT)
    warnings = tuple(hit for hit in found if hit.kind is not HitKind.DIRECT)
    if aboard is None or not direct:
        return replace(NOTHING, warnings=warnings)
    return Impact(direct, warnings, *_counted(direct, aboard), chains)


def _hits(congress_id: int, kept: Collection[Touch]) -> list[Hit]:
    """Return direct hits and warnings in order of departure, one for each leg, problem and affected person."""
    journey_ids = {touch.journey_id for touch in kept}
    return _in_order(kept, _owners(congress_id, among(Journey.id, journey_ids)) if journey_ids else {})


def _in_order(kept: Collection[Touch], owners: Mapping[int, "_Owner"]) -> list[Hit]:
    return [
        Hit(touch.leg_id, *owners[touch.journey_id], touch.problem_id, touch.entity_id, touch.kind, touch.delegate_id)
        for touch in sorted(kept, key=_DEPARTURE)
        if touch.journey_id in owners  # unless the delegation or delegate can no longer attend
    ]


def _kept(
    congress_id: int, problem_id: int | None, statuses: tuple[LegStatus, ...], delegation_ids: Collection[int] | None
) -> Collection[Touch]:
    return _main(congress_id, problem_id, list(touching.find(congress_id, problem_id, statuses, delegation_ids)))


def _main(
    congress_id: int, problem_id: int | None, touches: Sequence[Touch], problem: RouteProblem | None = None
) -> Collection[Touch]:
    """Return one touch for each leg, problem and affected person within daily hours: the main reason.

    If the problem itself is given, its entities and periods need not be read again.
    """
    excused = being_there.missed(congress_id, touches, problem)
    kept: dict[tuple[int, int, int | None], Touch] = {}
    groups = joining.groups(congress_id, problem_id, problem)
    for touch in holding(touches, excused, groups) if groups or excused else touches:
        key = (touch.leg_id, touch.problem_id, touch.delegate_id)
        known = kept.setdefault(key, touch)
        if known is not touch and _weight(touch) < _weight(known):
            kept[key] = touch
    return kept.values()


def _weight(touch: Touch) -> tuple[int, int]:
    """Return the sort key that selects the main reason for a hit: the most serious, then the first recorded."""
    return HARDEST_FIRST.index(touch.kind), touch.entity_id


class _Owner(NamedTuple):
    """The journey, delegation and direction of a leg."""

    journey_id: int
    delegation_id: int
    direction: Direction


def _owners(congress_id: int, which: ColumnElement[bool]) -> dict[int, _Owner]:
    """Return journeys with their delegation and direction, except of delegations that cannot attend."""
    columns = (Journey.id, Journey.delegation_id, type_coerce(Journey.direction, String).label("direction"))
    unable = select(Delegation.id).where(
        Delegation.congress_id == congress_id, Delegation.status == DelegationStatus.UNABLE_TO_ATTEND
    )
    listed = select(*columns).where(Journey.congress_id == congress_id, which)
    listed = listed.where(Journey.delegation_id.not_in(unable.scalar_subquery()))
    return {one.id: _Owner(one.id, one.delegation_id, DIRECTIONS[one.direction]) for one in db.session.execute(listed)}


def _counted(hits: Iterable[Hit], aboard: Parties) -> tuple[frozenset[int], dict[tuple[int, Direction], int]]:
    """Return the affected delegates, and the seats at risk by delegation and direction."""
    journeys: dict[int, set[int] | None] = {}
    owners: dict[int, _Owner] = {}
    for hit in hits:
        journey_id = hit.journey_id
        if journey_id not in owners:
            owners[journey_id] = _Owner(journey_id, hit.delegation_id, hit.direction)
        persons = journeys.setdefault(journey_id, set())
        if hit.delegate_id is None:
            journeys[journey_id] = None
        elif persons is not None:
            persons.add(hit.delegate_id)
    return aboard.counted((*owners[journey_id], persons) for journey_id, persons in journeys.items())
