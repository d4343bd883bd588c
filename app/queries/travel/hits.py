"""Whom route problems affect: legs, and through them journeys, delegations and travelers.

A problem hits a leg if the leg is covered by one of its informed entities and is there at some instant of an active
period, within the daily hours if there are any: at a closed destination around its arrival, at a closed origin around
its departure. Periods are half-open: a leg that departs the moment a period ends is not hit. Only problems with the
effect NO_SERVICE hit legs. Other effects cause warnings, and so does a closed airspace that a leg only flies over, and
a closed country that a leg over land probably passes through. If a leg is hit, later legs of its journey are missed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import String, select, type_coerce

from app.extensions import db
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.travel.hits import HitKind
from app.models.travel.journeys import HITTABLE, Direction, Journey, Leg, LegStatus
from app.models.travel.problems import RouteProblem
from app.queries.travel import being_there, parties, problems, touching
from app.queries.travel.joining import HARDEST_FIRST, holding
from app.queries.travel.parties import MANY, Parties
from app.queries.travel.touching import Touch


class Hit(NamedTuple):
    """A leg that a problem affects, and the informed entity that is the reason."""

    leg_id: int
    journey_id: int
    delegation_id: int
    direction: Direction
    problem_id: int
    entity_id: int
    kind: HitKind
    delegate_id: int | None = None
    """The affected traveler, if not everyone on the leg is affected."""


@dataclass(frozen=True, slots=True)
class Impact:
    """The effect of one or more problems on a congress."""

    hits: tuple[Hit, ...]
    """Legs affected directly."""
    knock_on: tuple[Hit, ...]
    """Legs that are missed because an earlier one is hit."""
    warnings: tuple[Hit, ...]
    """Detours around a closed airspace, and legs affected by problems other than closures."""
    traveler_ids: frozenset[int]
    """Delegates who travel on a hit or missed leg."""
    risk: Mapping[tuple[int, Direction], int]
    """Seats at risk, by delegation and direction."""

    @property
    def seats(self) -> int:
        """Seats of the congress at risk: for each delegation, the larger count of its two directions."""
        worst: dict[int, int] = defaultdict(int)
        for (delegation_id, _direction), count in self.risk.items():
            worst[delegation_id] = max(worst[delegation_id], count)
        return sum(worst.values())

    @property
    def travelers(self) -> int:
        """The number of delegates who travel on a hit or missed leg."""
        return len(self.traveler_ids)

    @property
    def leg_ids(self) -> frozenset[int]:
        """Legs that are hit directly."""
        return frozenset(hit.leg_id for hit in self.hits)

    @property
    def delegation_ids(self) -> frozenset[int]:
        """Delegations that are hit."""
        return frozenset(hit.delegation_id for hit in self.hits)

    @property
    def affects_anyone(self) -> bool:
        """Whether a leg still to be traveled is hit or has a warning."""
        return bool(self.hits or self.warnings)

    def by_delegation(self) -> dict[int, list[Hit]]:
        """Return direct hits and the legs missed because of them, by delegation."""
        return _by_delegation((*self.hits, *self.knock_on))

    def warnings_by_delegation(self) -> dict[int, list[Hit]]:
        """Return the warnings, by delegation."""
        return _by_delegation(self.warnings)


def _by_delegation(hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    grouped: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.delegation_id].append(hit)
    return grouped


_DIRECTIONS = {direction.value: direction for direction in Direction}
NOTHING = Impact((), (), (), frozenset(), {})


def impact(
    congress_id: int,
    problem_id: int | None = None,
    statuses: tuple[LegStatus, ...] = HITTABLE,
    *,
    delegation_id: int | None = None,
) -> Impact:
    """Return the impact of one or all problems of a congress on the legs with one of the statuses."""
    found = _find(congress_id, problem_id, statuses, delegation_id)
    return _impact_of(found.hits, *_brought_about(congress_id, found))


def leg_ids(congress_id: int, problem_id: int | None = None, *, delegation_id: int | None = None) -> set[int]:
    """Return the legs that are hit directly, without the legs missed because of them."""
    kept = _kept(congress_id, problem_id, HITTABLE, delegation_id)
    return {touch.leg_id for touch in kept if touch.kind is HitKind.DIRECT}


def survey(congress_id: int) -> tuple[Impact, dict[int, Impact]]:
    """Return the impact of all problems of a congress together, and of each one alone."""
    found = _find(congress_id, None, HITTABLE, None)
    knock_on, aboard = _brought_about(congress_id, found)
    missed = _by_problem(knock_on)
    alone = {
        problem_id: _impact_of(hits, missed[problem_id], aboard) for problem_id, hits in _by_problem(found.hits).items()
    }
    return _impact_of(found.hits, knock_on, aboard), alone


def of_current(recorded: Iterable[RouteProblem], impacts: Mapping[int, Impact]) -> dict[int, Impact]:
    """Return the impact of each recorded problem that is not over, including those that affect nobody."""
    return {one.id: impacts.get(one.id, NOTHING) for one in recorded if not problems.is_over(one)}


@dataclass(frozen=True, slots=True)
class _Found:
    hits: list[Hit]
    chains: Mapping[int, list[int]]
    """The legs of each affected journey, in order of departure."""


def _by_problem(hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    grouped: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.problem_id].append(hit)
    return grouped


def _brought_about(congress_id: int, found: _Found) -> tuple[Sequence[Hit], Parties | None]:
    """Return the legs missed because of direct hits, and who travels on either."""
    direct = [hit for hit in found.hits if hit.kind is HitKind.DIRECT]
    if not direct:
        return (), None
    aboard = parties.of(congress_id, {hit.delegation_id for hit in direct})
    return _knocked_on(direct, found.chains), aboard


def _impact_of(found: list[Hit], knock_on: Sequence[Hit], aboard: Parties | None) -> Impact:
    direct = tuple(hit for hit in found if hit.kind is HitKind.DIRECT)
    warnings = tuple(hit for hit in found if hit.kind is not HitKind.DIRECT)
    if aboard is None or not direct:
        return replace(NOTHING, warnings=warnings)
    travelers, risk = _counted((*direct, *knock_on), aboard)
    return Impact(direct, tuple(knock_on), warnings, travelers, risk)


def _find(
    congress_id: int, problem_id: int | None, statuses: tuple[LegStatus, ...], delegation_id: int | None
) -> _Found:
    """Return direct hits and warnings, one for each leg, problem and affected person."""
    kept = _kept(congress_id, problem_id, statuses, delegation_id)
    journeys, chains = _journeys(congress_id, {touch.leg_id for touch in kept}, statuses)
    hits = [
        Hit(touch.leg_id, *journeys[touch.leg_id], touch.problem_id, touch.entity_id, touch.kind, touch.delegate_id)
        for touch in kept
        if touch.leg_id in journeys  # unless the delegation or delegate can no longer attend
    ]
    return _Found(hits, chains)


def _kept(
    congress_id: int, problem_id: int | None, statuses: tuple[LegStatus, ...], delegation_id: int | None
) -> Collection[Touch]:
    """Return one touch for each leg, problem and affected person within daily hours: the main reason."""
    touches = list(touching.find(congress_id, problem_id, statuses, delegation_id))
    excused = being_there.missed(congress_id, touches)
    kept: dict[tuple[int, int, int | None], Touch] = {}
    groups = touching.groups(congress_id, problem_id)
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


def _journeys(
    congress_id: int, leg_ids: Collection[int], statuses: tuple[LegStatus, ...]
) -> tuple[dict[int, _Owner], dict[int, list[int]]]:
    """Return the journey, delegation and direction of legs, and the legs of their journeys in order of departure."""
    if not leg_ids:
        return {}, {}
    columns = (Leg.id, Leg.journey_id, Journey.delegation_id, type_coerce(Journey.direction, String).label("direction"))
    legs = select(*columns).join(Journey, Journey.id == Leg.journey_id).where(Leg.congress_id == congress_id)
    unable = select(Delegation.id).where(
        Delegation.congress_id == congress_id, Delegation.status == DelegationStatus.UNABLE_TO_ATTEND
    )
    legs = legs.where(Journey.delegation_id.not_in(unable.scalar_subquery()))
    if len(leg_ids) < MANY:
        touched = select(Leg.journey_id).where(Leg.id.in_(leg_ids)).scalar_subquery()
        legs = legs.where(Leg.journey_id.in_(touched))
    journeys: dict[int, _Owner] = {}
    chains: dict[int, list[int]] = defaultdict(list)
    owners: dict[int, _Owner] = {}
    ordered = legs.where(Leg.status.in_(statuses)).order_by(Leg.departs_at, Leg.id)
    # Half of the time of a page about thousands of hits is spent here: one owner for each journey, not for each leg.
    for row in db.session.execute(ordered):
        journey_id = row.journey_id
        owner = owners.get(journey_id)
        if owner is None:
            owner = owners[journey_id] = _Owner(journey_id, row.delegation_id, _DIRECTIONS[row.direction])
        journeys[row.id] = owner
        chains[journey_id].append(row.id)
    return journeys, chains


def _knocked_on(direct: Sequence[Hit], chains: Mapping[int, list[int]]) -> list[Hit]:
    """Return the legs that are missed because a problem hits an earlier leg of the journey."""
    grouped: dict[tuple[int, int, int | None], list[Hit]] = defaultdict(list)
    for hit in direct:
        grouped[hit.journey_id, hit.problem_id, hit.delegate_id].append(hit)
    return [missed for hits in grouped.values() for missed in _missed(chains[hits[0].journey_id], hits)]


def _missed(leg_ids: list[int], hits: list[Hit]) -> Iterator[Hit]:
    hit_ids = {hit.leg_id for hit in hits}
    first = next(place for place, leg_id in enumerate(leg_ids) if leg_id in hit_ids)
    entity_id = next(hit.entity_id for hit in hits if hit.leg_id == leg_ids[first])
    _, journey_id, delegation_id, direction, problem_id, _, _, delegate_id = hits[0]
    owner = (journey_id, delegation_id, direction)
    for leg_id in leg_ids[first + 1 :]:
        if leg_id not in hit_ids:
            yield Hit(leg_id, *owner, problem_id, entity_id, HitKind.KNOCK_ON, delegate_id)


def _counted(hits: Iterable[Hit], aboard: Parties) -> tuple[frozenset[int], dict[tuple[int, Direction], int]]:
    """Return the affected delegates, and the seats at risk by delegation and direction."""
    journeys: dict[_Owner, set[int] | None] = {}
    for hit in hits:
        key = _Owner(hit.journey_id, hit.delegation_id, hit.direction)
        persons = journeys.setdefault(key, set())
        if hit.delegate_id is None:
            journeys[key] = None
        elif persons is not None:
            persons.add(hit.delegate_id)
    travelers: set[int] = set()
    seats: dict[tuple[int, Direction], int] = defaultdict(int)
    for key, persons in journeys.items():
        travelers |= aboard.aboard(*key) if persons is None else persons
        seats[key.delegation_id, key.direction] += aboard.seats(*key) if persons is None else len(persons)
    return frozenset(travelers), seats
