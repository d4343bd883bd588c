"""Found routes: which are worth showing. Those of one corridor are one, and those that are worse in every respect none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.routing.network import WAYS, Network, Way
from app.routing.trees import ENOUGH, Trees
from app.routing.walk import Step
from app.routing.wishes import Corridor

TO_THE_AIRPORT = 100.0
"""The longest road in kilometers between a town and the airport that serves it, at either end of a route."""
_TOO_LONG = 3.0
"""A route that takes this many times as long as the best is discarded."""
_WORTH_A_CHANGE = 1.5
"""A route that lands elsewhere in the country and flies on must save a third of the time of one that does not."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A route with times, which are approximate because no timetables are known."""

    corridor: Corridor
    steps: tuple[Step, ...]
    starts_at: datetime
    score: float
    """The value it was ranked by: minutes, dollars or borders, adjusted for organizers' preferences."""

    @property
    def arrives_at(self) -> datetime:
        """The approximate arrival."""
        return self.steps[-1].arrives_at

    @property
    def minutes(self) -> float:
        """Minutes from the start to the arrival, including all waiting."""
        return (self.arrives_at - self.starts_at).total_seconds() / 60

    @property
    def edges(self) -> list[int]:
        """The edges that it consists of."""
        return [step.edge for step in self.steps]


@dataclass(frozen=True, slots=True)
class _Merits:
    """What routes are compared by."""

    arrives_at: datetime
    cost: float
    borders: int
    rank: float
    changes: frozenset[int]

    def outdo(self, other: "_Merits") -> bool:
        """Return whether a route with these merits makes the other one pointless: it only adds changes and effort."""
        return (
            self.arrives_at <= other.arrives_at
            and self.cost <= other.cost
            and self.borders <= other.borders
            and self.rank >= other.rank
            and self.changes <= other.changes
        )


def worth_showing(trees: Trees, found: Sequence[Alternative]) -> list[Alternative]:
    """Return the routes through different corridors that are not outdone by another, best first."""
    ranked = _direct_first(trees, sorted(found, key=lambda way: way.score))
    ranked = _not_outdone(trees.network, [way for way in ranked if way.minutes <= _TOO_LONG * ranked[0].minutes])
    entries: list[Corridor] = []
    for way in ranked:
        if not any(trees.share_entry(way.corridor, other) for other in entries):
            entries.append(way.corridor)
    kept: list[Alternative] = []
    for way in ranked:
        rivals = (other.corridor for other in kept if trees.share_entry(way.corridor, other.corridor))
        if not any(len(entries) >= ENOUGH or rival.exit == way.corridor.exit for rival in rivals):
            kept.append(way)
    return kept


def _not_outdone(network: Network, ranked: Sequence[Alternative]) -> list[Alternative]:
    """Return the routes that no other outdoes; of two with the same merits, the first."""
    merits = [_merits(network, way) for way in ranked]
    return [
        way
        for place, (way, own) in enumerate(zip(ranked, merits, strict=True))
        if not any(
            other.outdo(own) and (number < place or not own.outdo(other))
            for number, other in enumerate(merits)
            if number != place
        )
    ]


def _direct_first(trees: Trees, ranked: list[Alternative]) -> list[Alternative]:
    """Return the routes without those that land elsewhere in the country and fly on to where another lands directly."""
    direct = [way for way in ranked if _lands_directly(trees.network, way)]
    return [
        way
        for way in ranked
        if _lands_directly(trees.network, way)
        or not any(
            trees.share_entry(way.corridor, other.corridor) and other.minutes <= _WORTH_A_CHANGE * way.minutes
            for other in direct
        )
    ]


def _lands_directly(network: Network, way: Alternative) -> bool:
    """Return whether a route enters the country of its destination at the last airport where it lands, or over land."""
    goal = network.country[network.head[way.edges[-1]]]
    over = [edge for edge in way.edges if network.way[edge] == WAYS.index(Way.AIR)]
    return not over or bool(network.country[network.tail[over[-1]]] != goal) or way.corridor.entry[0] != "air"


def _merits(network: Network, way: Alternative) -> _Merits:
    edges = way.edges
    tails, heads = network.tail[edges], network.head[edges]
    return _Merits(
        way.arrives_at,
        round(float(network.cost[edges].sum()), 2),
        int((network.country[tails] != network.country[heads]).sum()),
        float(network.rank[edges].sum()),
        changes(network, edges),
    )


def changes(network: Network, edges: Sequence[int]) -> frozenset[int]:
    """Return the nodes where travelers change; without the airports that serve the towns at both ends."""
    by_road = [network.way[edge] == WAYS.index(Way.ROAD) and network.km[edge] <= TO_THE_AIRPORT for edge in edges]
    first, last = int(by_road[0]), int(by_road[-1])
    between = [int(node) for node in np.asarray(network.head)[list(edges[:-1])]]
    return frozenset(between[first : max(first, len(between) - last)])
