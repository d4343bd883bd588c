"""The effect of problems: legs that are hit, legs that are missed because of them, warnings, travelers and seats."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models.travel.hits import HitKind
from app.models.travel.journeys import HITTABLE, Direction, Leg, LegStatus
from app.queries.travel.parties import MANY

_MOST_IDS = 20_000
"""So many ids fit into one statement of both databases."""


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


class Chains:
    """The legs of journeys in order of departure, read when they are asked for: a page of a problem shows few of them."""

    def __init__(self, congress_id: int, statuses: tuple[LegStatus, ...]) -> None:
        """Read nothing yet; only legs with one of the statuses belong to a chain."""
        self._legs = Leg.congress_id == congress_id, Leg.status.in_(statuses)
        self._known: dict[int, list[int]] = {}

    def of(self, journey_ids: Collection[int]) -> Mapping[int, list[int]]:
        """Return the legs of some journeys, by journey."""
        unknown = set(journey_ids) - self._known.keys()
        if unknown:
            listed = select(Leg.journey_id, Leg.id).where(*self._legs).order_by(Leg.departs_at, Leg.id)
            if len(unknown) < MANY:
                listed = listed.where(Leg.journey_id.in_(unknown))
            read: dict[int, list[int]] = defaultdict(list)
            for journey_id, leg_id in db.session.execute(listed):
                read[journey_id].append(leg_id)
            self._known |= read
        return self._known

    def count_after(self, leg_ids: Collection[int]) -> int:
        """Return how many legs come after one of the given legs, of which each is of another journey."""
        hit = aliased(Leg)
        later = or_(Leg.departs_at > hit.departs_at, (Leg.departs_at == hit.departs_at) & (Leg.id > hit.id))
        following = select(func.count(Leg.id)).join(hit, (hit.journey_id == Leg.journey_id) & later)
        return db.session.scalars(following.where(hit.id.in_(leg_ids), *self._legs)).one()


@dataclass(frozen=True)
class Impact:
    """The effect of one or more problems on a congress."""

    hits: tuple[Hit, ...]
    """Legs affected directly, in order of departure."""
    warnings: tuple[Hit, ...]
    """Detours around a closed airspace, and legs affected by problems other than closures."""
    traveler_ids: frozenset[int]
    """Delegates who travel on a hit or missed leg."""
    risk: Mapping[tuple[int, Direction], int]
    """Seats at risk, by delegation and direction."""
    chains: Chains = field(compare=False)

    @cached_property
    def knock_on(self) -> tuple[Hit, ...]:
        """Legs that are missed because an earlier one is hit."""
        return tuple(self._after(self.hits))

    @cached_property
    def missed_ids(self) -> frozenset[int]:
        """Legs that are missed because an earlier one is hit."""
        return frozenset(hit.leg_id for hit in self.knock_on)

    @cached_property
    def missed(self) -> int:
        """The number of legs that are missed because an earlier one is hit."""
        whole_journeys = all(hit.delegate_id is None for hit in self.hits)
        if not whole_journeys or len({hit.problem_id for hit in self.hits}) != 1 or len(self.hits) > _MOST_IDS:
            return len(self.missed_ids)
        first: dict[int, int] = {}
        for hit in self.hits:
            first.setdefault(hit.journey_id, hit.leg_id)
        return self.chains.count_after(first.values()) - (len(self.hits) - len(first))

    @property
    def seats(self) -> int:
        """Seats of the congress at risk: for each delegation, the larger count of its two directions."""
        return seats_of(self.risk)

    @property
    def travelers(self) -> int:
        """The number of delegates who travel on a hit or missed leg."""
        return len(self.traveler_ids)

    @property
    def legs(self) -> int:
        """The number of legs that are hit directly."""
        return len(self.leg_ids)

    @cached_property
    def leg_ids(self) -> frozenset[int]:
        """Legs that are hit directly."""
        return frozenset(hit.leg_id for hit in self.hits)

    @cached_property
    def delegation_ids(self) -> frozenset[int]:
        """Delegations that are hit."""
        return frozenset(hit.delegation_id for hit in self.hits)

    @cached_property
    def warned_ids(self) -> frozenset[int]:
        """Delegations with a warning."""
        return frozenset(hit.delegation_id for hit in self.warnings)

    @property
    def affects_anyone(self) -> bool:
        """Whether a leg still to be traveled is hit or has a warning."""
        return bool(self.hits or self.warnings)

    def of(self, delegation_ids: Collection[int]) -> dict[int, list[Hit]]:
        """Return the direct hits of some delegations and the legs missed because of them, by delegation.

        Those of a delegation are listed by direction and journey, and in a journey in order of departure.
        """
        direct = [hit for hit in self.hits if hit.delegation_id in delegation_ids]
        chains = self.chains.of({hit.journey_id for hit in direct})
        order = {leg_id: place for chain in chains.values() for place, leg_id in enumerate(chain)}
        found = sorted(
            (*direct, *self._after(direct)),
            key=lambda hit: (hit.direction is Direction.BACK, hit.journey_id, order[hit.leg_id]),
        )
        return _by_delegation(found)

    def warnings_of(self, delegation_ids: Collection[int]) -> dict[int, list[Hit]]:
        """Return the warnings of some delegations, by delegation."""
        return _by_delegation(hit for hit in self.warnings if hit.delegation_id in delegation_ids)

    def _after(self, direct: Sequence[Hit]) -> list[Hit]:
        """Return the legs that are missed because a problem hits an earlier leg of the journey."""
        grouped: dict[tuple[int, int, int | None], list[Hit]] = defaultdict(list)
        for hit in direct:
            grouped[hit.journey_id, hit.problem_id, hit.delegate_id].append(hit)
        chains = self.chains.of({journey_id for journey_id, _, _ in grouped})
        return [missed for hits in grouped.values() for missed in _missed(chains[hits[0].journey_id], hits)]


def seats_of(risk: Mapping[tuple[int, Direction], int]) -> int:
    """Return the seats at risk in all: for each delegation, the larger count of its two directions."""
    worst: dict[int, int] = defaultdict(int)
    for (delegation_id, _direction), count in risk.items():
        worst[delegation_id] = max(worst[delegation_id], count)
    return sum(worst.values())


def _by_delegation(hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    grouped: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.delegation_id].append(hit)
    return grouped


def _missed(leg_ids: list[int], hits: list[Hit]) -> Iterator[Hit]:
    hit_ids = {hit.leg_id for hit in hits}
    first = next(place for place, leg_id in enumerate(leg_ids) if leg_id in hit_ids)
    entity_id = next(hit.entity_id for hit in hits if hit.leg_id == leg_ids[first])
    _, journey_id, delegation_id, direction, problem_id, _, _, delegate_id = hits[0]
    owner = (journey_id, delegation_id, direction)
    for leg_id in leg_ids[first + 1 :]:
        if leg_id not in hit_ids:
            yield Hit(leg_id, *owner, problem_id, entity_id, HitKind.KNOCK_ON, delegate_id)


NOTHING = Impact((), (), frozenset(), {}, Chains(0, HITTABLE))
