"""Who travels on which journey of a delegation."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from app.dialects.many_rows import any_of
from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.travel.journeys import Direction, Journey, Traveler

FEW, MANY = 40, 800
"""From this many delegations on, all of a congress are read instead of a list of ids."""


@dataclass(frozen=True, slots=True)
class Parties:
    """The delegates and seats of the requested delegations, by journey."""

    seats_of: dict[int, int]
    """Seats by delegation."""
    delegates_of: dict[int, frozenset[int]]
    """Delegates by delegation."""
    parties: dict[int, frozenset[int]]
    """Travelers by journey, for separate itineraries."""
    named: dict[tuple[int, Direction], frozenset[int]]
    """Delegates with a separate itinerary, by delegation and direction."""

    def aboard(self, journey_id: int, delegation_id: int, direction: Direction) -> frozenset[int]:
        """Return the delegates who travel on a journey."""
        if journey_id in self.parties:
            return self.parties[journey_id]
        everybody = self.delegates_of.get(delegation_id, frozenset())
        return everybody - self.named.get((delegation_id, direction), frozenset())

    def seats(self, journey_id: int, delegation_id: int, direction: Direction) -> int:
        """Return the seats that a journey carries: those of its party, or those that the other parties leave."""
        if journey_id in self.parties:
            return len(self.parties[journey_id])
        named = len(self.named.get((delegation_id, direction), ()))
        return max(self.seats_of.get(delegation_id, 0) - named, 0)

    def counted(
        self, journeys: Iterable[tuple[int, int, Direction, Collection[int] | None]]
    ) -> tuple[frozenset[int], dict[tuple[int, Direction], int]]:
        """Return the delegates on journeys, and the seats by delegation and direction.

        Given are journeys with delegation, direction, and the delegates that count if they are not all aboard.
        """
        travelers: set[int] = set()
        seats: dict[tuple[int, Direction], int] = defaultdict(int)
        for journey_id, delegation_id, direction, persons in journeys:
            key = (journey_id, delegation_id, direction)
            if persons is None and not self.parties:  # nobody travels apart
                travelers.update(self.delegates_of.get(delegation_id, ()))
                seats[delegation_id, direction] += self.seats_of.get(delegation_id, 0)
                continue
            travelers.update(self.aboard(*key) if persons is None else persons)
            seats[delegation_id, direction] += self.seats(*key) if persons is None else len(persons)
        return frozenset(travelers), seats


def of(congress_id: int, delegation_ids: Collection[int]) -> Parties:
    """Return the parties of some delegations of a congress."""
    seats = select(Delegation.id, Delegation.seats).where(Delegation.congress_id == congress_id)
    seats = seats.where(among(Delegation.id, delegation_ids))
    seated = select(Delegate.delegation_id, Delegate.id).where(Delegate.congress_id == congress_id)
    seated = seated.where(among(Delegate.delegation_id, delegation_ids))
    named = (
        select(Journey.id, Journey.delegation_id, Journey.direction, Traveler.delegate_id)
        .join(Traveler, Traveler.journey_id == Journey.id)
        .where(Journey.congress_id == congress_id, among(Journey.delegation_id, delegation_ids))
    )
    delegates: dict[int, set[int]] = defaultdict(set)
    for delegation_id, delegate_id in db.session.execute(seated):
        delegates[delegation_id].add(delegate_id)
    parties: dict[int, set[int]] = defaultdict(set)
    by_direction: dict[tuple[int, Direction], set[int]] = defaultdict(set)
    for row in db.session.execute(named):
        parties[row.id].add(row.delegate_id)
        by_direction[row.delegation_id, row.direction].add(row.delegate_id)
    return Parties(
        seats_of={row.id: row.seats for row in db.session.execute(seats)},
        delegates_of={key: frozenset(ids) for key, ids in delegates.items()},
        parties={key: frozenset(ids) for key, ids in parties.items()},
        named={key: frozenset(ids) for key, ids in by_direction.items()},
    )


def among(column: InstrumentedAttribute[int], ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a column is one of `ids`; beyond MANY it is always true, and the caller filters."""
    if len(ids) < FEW:
        return column.in_(ids)
    return any_of(db.session, column, ids) if len(ids) < MANY else column.is_not(None)
