"""Found routes: which are worth showing. Those of one corridor are one, and those that are worse in every respect none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.later import np
from app.routing.estimates import road_minutes
from app.routing.network import WAYS, Evidence, Network, Way
from app.routing.trees import ENOUGH, Trees
from app.routing.walk import Step
from app.routing.wishes import Corridor

TO_THE_AIRPORT = 100.0
"""The longest road in kilometers between a town and the airport that serves it, at either end of a route."""
TIE = 1.10
"""A route that takes up to this many times as long as the fastest is as good: timetables are not that precise."""
A_BORDER, FLYING, A_FLIGHT, A_ROAD, A_POOR_ROAD = 60.0, 60.0, 20.0, 0.05, 0.25
"""Of routes that are as fast, how many minutes a border, flying at all and each flight weigh, and a minute on an estimated and on a poor road."""
_POOR = 1.01
"""An estimated road that takes longer than this many times the usual is poor; see `Node.pace`."""
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
    valued_at: datetime
    """The arrival, earlier by what organizers' preference for its crossings is worth."""
    cost: float
    borders: int
    changes: frozenset[int]

    def outdo(self, other: "_Merits") -> bool:
        """Return whether a route with these merits makes the other one pointless: it only adds changes and effort."""
        return (
            self.arrives_at <= other.arrives_at
            and self.valued_at <= other.valued_at
            and self.cost <= other.cost
            and self.borders <= other.borders
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


def easiest_first(network: Network, ways: Sequence[Alternative]) -> list[Alternative]:
    """Return the routes, best first; of those as fast as the fastest, the ones with less effort come first.

    What counts is the time on the way: a wait for the end of a closure, which all have in common, makes nothing as good.
    A route without flights may take as much longer as the flights weigh: nobody flies by a third city to save an hour.
    """
    fastest = min(ways, key=lambda way: way.score, default=None)
    if fastest is None:
        return []
    on_the_way = (fastest.arrives_at - fastest.steps[0].departs_at).total_seconds() / 60
    as_good, in_the_air = fastest.score + (TIE - 1.0) * on_the_way, _flying(network, fastest)

    def rank(way: Alternative) -> tuple[int, float]:
        spared = 0.0 if _flying(network, way) else in_the_air
        return (0, _effort(network, way)) if way.score <= as_good + spared else (1, way.score)

    return sorted(ways, key=rank)


def _effort(network: Network, way: Alternative) -> float:
    """Return the minutes of a route, with what its borders, flights and poor roads are worth avoiding."""
    edges, mode = way.edges, network.way[way.edges]
    minutes = network.minutes[edges]
    roads = (network.evidence[edges] == Evidence.ESTIMATE) & (mode == WAYS.index(Way.ROAD))
    poor = roads & (minutes > _POOR * road_minutes(network.km[edges]))
    unsure = A_ROAD * float(minutes[roads & ~poor].sum()) + A_POOR_ROAD * float(minutes[poor].sum())
    return way.score + A_BORDER * _borders(network, edges) + _flying(network, way) + unsure


def _flying(network: Network, way: Alternative) -> float:
    """Return how many minutes it weighs that a route flies: airports, luggage, what can be missed."""
    flights = int((network.way[way.edges] == WAYS.index(Way.AIR)).sum())
    return FLYING + A_FLIGHT * flights if flights else 0.0


def _borders(network: Network, edges: Sequence[int]) -> int:
    return int((network.country[network.tail[edges]] != network.country[network.head[edges]]).sum())


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
    """Return the routes without those that land elsewhere in the country and fly on to where another lands directly.

    A route that crosses more borders to land directly is no reason to leave them out.
    """
    direct = [way for way in ranked if _lands_directly(trees.network, way)]
    return [
        way
        for way in ranked
        if _lands_directly(trees.network, way)
        or not any(
            trees.share_entry(way.corridor, other.corridor)
            and other.minutes <= _WORTH_A_CHANGE * way.minutes
            and _borders(trees.network, other.edges) <= _borders(trees.network, way.edges)
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
    return _Merits(
        way.arrives_at,
        way.arrives_at - timedelta(minutes=float(network.rank[edges].sum())),
        round(float(network.cost[edges].sum()), 2),
        _borders(network, edges),
        changes(network, edges),
    )


def changes(network: Network, edges: Sequence[int]) -> frozenset[int]:
    """Return the nodes where travelers change; without the airports that serve the towns at both ends."""
    by_road = [network.way[edge] == WAYS.index(Way.ROAD) and network.km[edge] <= TO_THE_AIRPORT for edge in edges]
    first, last = int(by_road[0]), int(by_road[-1])
    between = [int(node) for node in np.asarray(network.head)[list(edges[:-1])]]
    return frozenset(between[first : max(first, len(between) - last)])
