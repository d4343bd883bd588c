"""Whom route problems hit: legs, and through them journeys, delegations and travellers.

A leg is hit where it is travelled at any instant of an active period (half-open: a leg that departs the moment the period
ends is not), within its daily hours if it has any, and touches what the problem informs about. Only NO_SERVICE hits; the
other effects warn, and so does a closed airspace that a leg only flies over. Legs after one that is hit are missed with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.extensions import db
from app.models.problems import ActivePeriod, Effect, EntityKind, InformedEntity, RouteProblem
from app.models.travel import HITTABLE, Direction, HitKind, Journey, Leg, LegStatus
from app.queries import parties, touching
from app.queries.parties import Parties, among
from app.routing.hours import meets


class Hit(NamedTuple):
    """One leg that a problem touches, and through which entity: the reason why."""

    leg_id: int
    journey_id: int
    delegation_id: int
    direction: Direction
    problem_id: int
    entity_id: int
    kind: HitKind
    delegate_id: int | None = None
    """The one traveller whom it concerns, where it does not concern all who take the leg."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What a problem, or several, do to a congress."""

    hits: tuple[Hit, ...]
    """Direct ones."""
    knock_on: tuple[Hit, ...]
    """Legs that are missed because one before them is hit."""
    warnings: tuple[Hit, ...]
    """Detours around a closed airspace, and legs touched by what is no closure."""
    traveller_ids: frozenset[int]
    """Delegates who travel on what is hit."""
    risk: Mapping[tuple[int, Direction], int]
    """Seats at risk, by delegation and direction."""

    @property
    def seats(self) -> int:
        """Seats of the congress at risk: of each delegation, in its worse direction."""
        worst: dict[int, int] = defaultdict(int)
        for (delegation_id, _direction), count in self.risk.items():
            worst[delegation_id] = max(worst[delegation_id], count)
        return sum(worst.values())

    @property
    def travellers(self) -> int:
        """How many delegates travel on what is hit."""
        return len(self.traveller_ids)

    @property
    def leg_ids(self) -> frozenset[int]:
        """The legs that are hit directly."""
        return frozenset(hit.leg_id for hit in self.hits)

    @property
    def delegation_ids(self) -> frozenset[int]:
        """The delegations that are hit."""
        return frozenset(hit.delegation_id for hit in self.hits)

    def by_delegation(self) -> dict[int, list[Hit]]:
        """Return direct hits and what they bring about, by delegation."""
        grouped: dict[int, list[Hit]] = defaultdict(list)
        for hit in (*self.hits, *self.knock_on):
            grouped[hit.delegation_id].append(hit)
        return grouped


_HARDEST_FIRST = (HitKind.DIRECT, HitKind.DETOUR, HitKind.WARNING)
NOTHING = Impact((), (), (), frozenset(), {})


def impact(
    congress_id: int,
    problem_id: int | None = None,
    statuses: tuple[LegStatus, ...] = HITTABLE,
    *,
    delegation_id: int | None = None,
) -> Impact:
    """Return whom the problems of a congress hit, or one of them, among legs with one of the statuses."""
    found = _find(congress_id, problem_id, statuses, delegation_id)
    return _told(found, *_brought_about(congress_id, found, statuses))


def impacts(congress_id: int, statuses: tuple[LegStatus, ...] = HITTABLE) -> dict[int, Impact]:
    """Return whom each problem of a congress hits, of those that touch any leg."""
    found = _find(congress_id, None, statuses, None)
    knock_on, aboard = _brought_about(congress_id, found, statuses)
    missed = _by_problem(knock_on)
    return {problem_id: _told(hits, missed[problem_id], aboard) for problem_id, hits in _by_problem(found).items()}


def _by_problem(hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    grouped: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.problem_id].append(hit)
    return grouped


def _brought_about(
    congress_id: int, found: list[Hit], statuses: tuple[LegStatus, ...]
) -> tuple[Sequence[Hit], Parties | None]:
    """Return the legs that are missed with those that are hit, and who travels on either."""
    direct = [hit for hit in found if hit.kind is HitKind.DIRECT]
    if not direct:
        return (), None
    aboard = parties.of(congress_id, {hit.delegation_id for hit in direct})
    return _knocked_on(congress_id, direct, statuses), aboard


def _told(found: list[Hit], knock_on: Sequence[Hit], aboard: Parties | None) -> Impact:
    direct = tuple(hit for hit in found if hit.kind is HitKind.DIRECT)
    warnings = tuple(hit for hit in found if hit.kind is not HitKind.DIRECT)
    if aboard is None or not direct:
        return replace(NOTHING, warnings=warnings)
    travellers, risk = _counted((*direct, *knock_on), aboard)
    return Impact(direct, tuple(knock_on), warnings, travellers, risk)


def _find(
    congress_id: int, problem_id: int | None, statuses: tuple[LegStatus, ...], delegation_id: int | None
) -> list[Hit]:
    """Return direct hits and warnings, one for each leg, problem and person concerned."""
    found: dict[tuple[int, int, int | None], Hit] = {}
    candidates = list(_candidates(congress_id, problem_id, statuses, delegation_id))
    excused = _outside_hours(congress_id, candidates)
    for hit, period_id in candidates:
        if (hit.leg_id, period_id) in excused:
            continue
        key = (hit.leg_id, hit.problem_id, hit.delegate_id)
        known = found.get(key)
        if known is None or _weight(hit) < _weight(known):
            found[key] = hit
    return list(found.values())


def _weight(hit: Hit) -> tuple[int, int]:
    """Return what decides which of two reasons for the same hit is told: the harder one, then the first one named."""
    return _HARDEST_FIRST.index(hit.kind), hit.entity_id


def _candidates(
    congress_id: int, problem_id: int | None, statuses: tuple[LegStatus, ...], delegation_id: int | None
) -> Iterator[tuple[Hit, int]]:
    """Yield what the statements find, with the period in which it was found."""
    here = [InformedEntity.congress_id == congress_id]
    if problem_id is not None:
        here.append(InformedEntity.problem_id == problem_id)
    kinds = set(db.session.scalars(select(InformedEntity.kind).where(*here).distinct()))
    narrowed = [*here, Leg.status.in_(statuses)]
    if delegation_id is not None:
        narrowed.append(Journey.delegation_id == delegation_id)
    for kind in sorted(kinds):
        for statement in touching.statements(kind):
            for row in db.session.execute(statement.where(*narrowed)):
                closes = row.effect is Effect.NO_SERVICE
                yield _hit(row, HitKind.DIRECT if closes else HitKind.WARNING, row.delegate_id), row.period_id
    if kinds & {EntityKind.COUNTRY_AIRSPACE, EntityKind.COUNTRY}:
        for row in db.session.execute(
            touching.overflights().where(*narrowed, RouteProblem.effect == Effect.NO_SERVICE)
        ):
            yield _hit(row, HitKind.DETOUR), row.period_id


def _hit(row: Any, kind: HitKind, delegate_id: int | None = None) -> Hit:
    leg_id, journey_id, delegation_id, direction, problem_id, entity_id = row[:6]
    return Hit(leg_id, journey_id, delegation_id, direction, problem_id, entity_id, kind, delegate_id)


def _outside_hours(congress_id: int, candidates: list[tuple[Hit, int]]) -> set[tuple[int, int]]:
    """Return those pairs of leg and period with daily hours in which the leg is travelled outside the hours."""
    daily = select(ActivePeriod).where(ActivePeriod.congress_id == congress_id, ActivePeriod.daily_from.is_not(None))
    periods = {period.id: period for period in db.session.scalars(daily)} if candidates else {}
    concerned = {(hit.leg_id, period_id) for hit, period_id in candidates if period_id in periods} if periods else set()
    if not concerned:
        return set()
    travelled = select(Leg.id, Leg.departs_at, Leg.arrives_at).where(
        Leg.congress_id == congress_id, among(Leg.id, {leg_id for leg_id, _ in concerned})
    )
    times = {leg_id: (departs_at, arrives_at) for leg_id, departs_at, arrives_at in db.session.execute(travelled)}
    return {(leg_id, period_id) for leg_id, period_id in concerned if not _meets(times[leg_id], periods[period_id])}


def _meets(travelled: tuple[datetime, datetime], period: ActivePeriod) -> bool:
    starts = max(travelled[0], period.starts_at)
    ends = travelled[1] if period.ends_at is None else min(travelled[1], period.ends_at)
    if period.daily_from is None or period.daily_until is None or period.timezone is None:
        return True
    return meets(starts, ends, period.daily_from, period.daily_until, period.timezone)


def _knocked_on(congress_id: int, direct: Sequence[Hit], statuses: tuple[LegStatus, ...]) -> list[Hit]:
    """Return the legs that each problem takes away because an earlier leg of the journey is hit."""
    legs = select(Leg.journey_id, Leg.id, Leg.departs_at).where(Leg.congress_id == congress_id)
    legs = legs.where(Leg.status.in_(statuses), among(Leg.journey_id, {hit.journey_id for hit in direct}))
    order: dict[int, list[int]] = defaultdict(list)
    for journey_id, leg_id, _departs_at in db.session.execute(legs.order_by(Leg.departs_at, Leg.id)):
        order[journey_id].append(leg_id)
    chains: dict[tuple[int, int, int | None], list[Hit]] = defaultdict(list)
    for hit in direct:
        chains[hit.journey_id, hit.problem_id, hit.delegate_id].append(hit)
    return [missed for hits in chains.values() for missed in _missed(order[hits[0].journey_id], hits)]


def _missed(leg_ids: list[int], hits: list[Hit]) -> Iterator[Hit]:
    hit_ids = {hit.leg_id for hit in hits}
    first = min(hits, key=lambda hit: leg_ids.index(hit.leg_id))
    for leg_id in leg_ids[leg_ids.index(first.leg_id) + 1 :]:
        if leg_id not in hit_ids:
            yield first._replace(leg_id=leg_id, kind=HitKind.KNOCK_ON)


def _counted(hits: Iterable[Hit], aboard: Parties) -> tuple[frozenset[int], dict[tuple[int, Direction], int]]:
    """Return who travels on what is hit, and how many seats are at risk by delegation and direction."""
    journeys: dict[tuple[int, int, Direction], set[int] | None] = {}
    for hit in hits:
        key = (hit.journey_id, hit.delegation_id, hit.direction)
        persons = journeys.setdefault(key, set())
        if hit.delegate_id is None:
            journeys[key] = None
        elif persons is not None:
            persons.add(hit.delegate_id)
    travellers: set[int] = set()
    seats: dict[tuple[int, Direction], int] = defaultdict(int)
    for key, persons in journeys.items():
        travellers |= aboard.aboard(*key) if persons is None else persons
        seats[key[1], key[2]] += aboard.seats(*key) if persons is None else len(persons)
    return frozenset(travellers), seats
