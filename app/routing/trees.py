"""Shortest-path trees for the search: from the rest of the world to each gateway, and from the gateways to the city."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.later import np
from app.routing.closures import FOREVER, Closure, none_left, stopped, touched
from app.routing.earliest import Ahead, earliest
from app.routing.estimates import BORDER, HOUR, Floats
from app.routing.gates import SAME_CORRIDOR_KM, gate_of_edge, gates_of, near_each_other
from app.routing.graph import Graph
from app.routing.network import WAYS, Booleans, Ints, Network, Way, distances
from app.routing.returns import areas
from app.routing.walk import Calendar
from app.routing.wishes import Corridor, Preference, Wish

ENOUGH = 3
"""With this many corridors, routes that differ only in their exit from the origin's country are not searched for."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees of one search: from the rest of the world to each gateway, and from the gateways to the congress city."""

    network: Network
    destination: int
    weight: Floats
    allowed: Booleans
    enters: Booleans
    inside: Graph
    outside: Graph
    gates: tuple[tuple[str, int], ...]
    gate_head: Ints
    near: Booleans
    """Which gates are so close together that they form one corridor."""
    to_gate: Floats
    next_to_gate: Ints
    home: Floats
    """Weight from each node in the country to the congress city."""
    next_home: Ints
    entering: tuple[tuple[int, int], ...]
    """Each gate, with each edge through it."""
    entry_edge: dict[tuple[int, int], int]
    """The lightest edge from a node through a gate."""
    area: Ints
    """The country or exclave of each node; see `app.routing.returns`."""
    anywhere: list[tuple[Floats, Callable[[int], list[int]]]] = field(default_factory=list)
    """Minutes from each node to the congress city over all edges, and the outgoing edges of each; built on first use."""

    @classmethod
    def grow(
        cls, network: Network, destination_id: int, wish: Wish, closures: Sequence[Closure], *, stale: bool = False
    ) -> "Trees":
        """Return the trees without closed, refused or avoided edges; with `stale`, also over flights that seem to have ended."""
        destination = network.index[destination_id]
        weight = weights(network, wish.preference)
        allowed = open_edges(network, destination, wish, closures)
        if not stale:
            allowed &= ~network.stale
        there = network.country == network.country[destination]
        tail_in, head_in = there[network.tail], there[network.head]
        numbers = np.arange(len(network), dtype=np.int32)
        home_graph = subgraph(network, weight, numbers[allowed & tail_in & head_in])
        home, next_home = home_graph.reversed().from_each(np.array([destination], dtype=np.int32))
        entering = numbers[allowed & ~tail_in & head_in & np.isfinite(home[0][network.head])]
        gates, gate_of = gates_of(network, entering, home[0])
        entering, gate_of = entering[gate_of >= 0], gate_of[gate_of >= 0]
        size = len(network.nodes)
        out = numbers[allowed & ~tail_in & ~head_in]
        world = Graph.of(
            size + len(gates),
            np.concatenate((network.tail[out], network.tail[entering])),
            np.concatenate((network.head[out], (size + gate_of).astype(np.int32))),
            np.concatenate((weight[out], weight[entering])),
            np.concatenate((out, entering)),
        )
        roots = np.arange(size, size + len(gates), dtype=np.int32)
        to_gate, next_to_gate = world.reversed().from_each(roots) if len(gates) else _nothing(size)
        heads = np.zeros(len(gates), dtype=np.int32)
        heads[gate_of] = network.head[entering]
        lightest = np.lexsort((weight[entering], network.tail[entering]))[::-1]
        entry_edge = {
            (int(network.tail[entering[place]]), int(gate_of[place])): int(entering[place]) for place in lightest
        }
        enters = np.zeros(len(network), dtype=np.bool_)
        enters[entering] = True
        return cls(
            network, destination, weight, allowed, enters, home_graph, world, gates, heads,
            near_each_other(network, gates, heads), to_gate, next_to_gate,
            home[0], next_home[0], tuple(zip(gate_of.tolist(), entering.tolist(), strict=True)), entry_edge,
            areas(network),
        )  # fmt: skip

    def candidates(self, origin: int, most: int) -> list[list[int]]:
        """Return routes from an origin, lightest first, one through each gateway."""
        if self.network.country[origin] == self.network.country[self.destination]:
            return self._domestic(origin)
        total = self.to_gate[:, origin] + self.home[self.gate_head]
        gates = [int(gate) for gate in np.argsort(total) if np.isfinite(total[gate])]
        return [self._way(origin, gate) for gate in self._one_of_each_corridor(gates)[:most]]

    def _one_of_each_corridor(self, order: list[int]) -> list[int]:
        """Return the gates that are not close to an earlier one: the bridges of a town are one corridor."""
        found: list[int] = []
        for gate in order:
            if not self.near[gate, found].any():
                found.append(gate)
        return found

    def _domestic(self, origin: int) -> list[list[int]]:
        """Return the route inside the country of the congress."""
        if origin == self.destination or not np.isfinite(self.home[origin]):
            return []
        return [self._home_way(origin)]

    def _way(self, origin: int, gate: int) -> list[int]:
        """Return the edges from an origin through a gate to the congress city."""
        size = len(self.network.nodes)
        edges, node = [], origin
        while node < size:
            ahead = int(self.next_to_gate[gate, node])
            edge = self.entry_edge[node, gate] if ahead >= size else self.outside.between(node, ahead)
            edges.append(edge)
            node = ahead
        return edges + self._home_way(int(self.gate_head[gate]))

    def _home_way(self, node: int) -> list[int]:
        edges = []
        while node != self.destination:
            ahead = int(self.next_home[node])
            edges.append(self.inside.between(node, ahead))
            node = ahead
        return edges

    def exits(self, origin: int, most: int) -> list[list[int]]:
        """Return the lightest route through each exit from the origin's own country, if it is not that of the congress."""
        if self.network.country[origin] == self.network.country[self.destination]:
            return []
        network = self.network
        own = network.country == network.country[origin]
        numbers = np.flatnonzero(self.allowed).astype(np.int32)
        tail_own, head_own = own[network.tail[numbers]], own[network.head[numbers]]
        at_home = subgraph(network, self.weight, numbers[tail_own & head_own])
        distance, before = at_home.from_each(np.array([origin], dtype=np.int32))
        onward = self.to_gate + self.home[self.gate_head][:, None]
        if not len(onward):
            return []
        best = onward.min(axis=0)
        leaving = numbers[tail_own & ~head_own & ~self.enters[numbers]]
        total = distance[0][network.tail[leaving]] + self.weight[leaving] + best[network.head[leaving]]
        found: dict[tuple[str, int], list[int]] = {}
        for place in np.argsort(total):
            edge = int(leaving[place])
            key = gate_of_edge(network, edge)
            if not np.isfinite(total[place]) or len(found) >= most:
                break
            if key in found:
                continue
            head = int(network.head[edge])
            entry = int(onward[:, head].argmin())
            way = [*_from(at_home, before[0], int(network.tail[edge]), origin), edge, *self._way(head, entry)]
            if len({int(network.tail[one]) for one in way}) == len(way):
                found[key] = way
        return list(found.values())

    def corridor(self, edges: Sequence[int]) -> Corridor:
        """Return the gates of a route: where it enters the country of the congress, and the first exit from the origin's.

        A route that lands in the country and flies on enters it where it lands for the last time.
        """
        country = self.network.country
        goal, own = country[self.destination], country[self.network.tail[edges[0]]]
        over = [edge for edge in edges if country[self.network.tail[edge]] != country[self.network.head[edge]]]
        entry = next((edge for edge in reversed(over) if country[self.network.head[edge]] == goal), None)
        leaves = next((edge for edge in over if country[self.network.tail[edge]] == own), None)
        if entry is None or leaves is None:
            return Corridor(("inside", 0))
        flown = [edge for edge in edges if self.network.way[edge] == WAYS.index(Way.AIR)]
        if entry in flown:
            entry = flown[-1]
        return Corridor(gate_of_edge(self.network, entry), gate_of_edge(self.network, leaves))

    def share_entry(self, one: Corridor, other: Corridor) -> bool:
        """Return whether two routes enter the country through the same gate, or through gates close together."""
        if one.entry == other.entry:
            return True
        if one.entry[0] == other.entry[0] == "air":
            ends = np.array([[self.network.index[way.entry[1]]] for way in (one, other)], dtype=np.int32)
            return bool(distances(self.network.nodes, ends[0], ends[1])[0] <= SAME_CORRIDOR_KM)
        if one.entry not in self.gates or other.entry not in self.gates:
            return False
        return bool(self.near[self.gates.index(one.entry), self.gates.index(other.entry)])

    def least(self, origin: int) -> float:
        """Return the weight of the lightest route from an origin, without waiting for closures."""
        if self.network.country[origin] == self.network.country[self.destination]:
            return float(self.home[origin])
        return float((self.to_gate[:, origin] + self.home[self.gate_head]).min(initial=np.inf))

    def may_be_sooner(self, calendar: Calendar, origin: int, starts: datetime, than: datetime) -> bool:
        """Return whether some route might arrive before the best one found, which has to wait for a closure.

        If every entry is itself closed until then, as with an airspace, the rest of the route makes no difference.
        """
        if self.network.country[origin] == self.network.country[self.destination]:
            return True
        to_gate = self.to_gate[:, origin]
        return any(
            self._soonest_by(
                calendar, edge, starts + timedelta(minutes=max(0.0, float(to_gate[gate] - self.weight[edge])))
            )
            < than
            for gate, edge in self.entering
            if np.isfinite(to_gate[gate])
        )

    def _soonest_by(self, calendar: Calendar, edge: int, ready: datetime) -> datetime:
        """Return the earliest arrival over an edge into the country for a traveler who can depart at `ready`."""
        departs = calendar.departure(edge, ready)
        if departs >= FOREVER - timedelta(days=365):
            return FOREVER
        onward = float(self.network.minutes[edge] + self.home[self.network.head[edge]])
        return departs + timedelta(minutes=onward + 1)

    def soonest(
        self, calendar: Calendar, origin: int, starts: datetime, until: datetime, most: int
    ) -> list[int] | None:
        """Return the route that arrives first."""
        if not self.anywhere:
            allowed = np.flatnonzero(self.allowed).astype(np.int32)
            everywhere = subgraph(self.network, weights(self.network, Preference.FASTEST), allowed).reversed()
            home, _ = everywhere.from_each(np.array([self.destination], dtype=np.int32))
            self.anywhere.append((home[0], _by_tail(self.network, allowed)))
        remaining, by_tail = self.anywhere[0]
        if not np.isfinite(remaining[origin]) or starts + timedelta(minutes=float(remaining[origin])) > until:
            return None
        ahead = Ahead(by_tail, lambda node: float(remaining[node]), self.area)
        return earliest(calendar, ahead, origin, starts, self.destination, until, most)


def weights(network: Network, preference: Preference) -> Floats:
    """Return the weight of each edge under a preference; edges that organizers prefer weigh less."""
    minutes = network.minutes + network.wait
    if preference is Preference.CHEAPEST:
        over = network.country[network.tail] != network.country[network.head]
        dollars = network.cost + np.where(over, BORDER, 0.0)
        return np.maximum(dollars + (minutes - network.rank) * HOUR / 60.0, 0.1)
    if preference is Preference.FEWEST_BORDERS:
        over = network.country[network.tail] != network.country[network.head]
        return np.where(over, 100_000.0, 0.0) + minutes
    return np.maximum(minutes - network.rank, 1.0)


def open_edges(network: Network, destination: int, wish: Wish, closures: Iterable[Closure]) -> Booleans:
    """Return the edges that are not closed all the time, refused or avoided."""
    closed = np.zeros(len(network), dtype=np.bool_)
    out = np.isin(network.carriers, np.fromiter(wish.avoid_carriers, dtype=np.int32))
    for closure in closures:
        if closure.is_of_carriers:
            out |= stopped(network, closure)
        else:
            closed |= touched(network, closure)
    closed |= none_left(network, out)
    for code in wish.avoid_countries | wish.refused_by:
        if code not in network.countries:
            continue
        number = network.countries.index(code)
        goal = network.country[destination] == number and code not in wish.refused_by
        if not goal:
            closed |= (network.country[network.head] == number) & (network.country[network.tail] != number)
    return ~closed


def subgraph(network: Network, weight: Floats, edges: Ints) -> Graph:
    """Return the graph of some edges of the network."""
    return Graph.of(len(network.nodes), network.tail[edges], network.head[edges], weight[edges], edges)


def _nothing(size: int) -> tuple[Floats, Ints]:
    return np.full((0, size), np.inf), np.full((0, size), -9999, dtype=np.int32)


def _from(graph: Graph, before: Ints, node: int, origin: int) -> list[int]:
    edges = []
    while node != origin:
        previous = int(before[node])
        edges.append(graph.between(previous, node))
        node = previous
    return edges[::-1]


def _by_tail(network: Network, edges: Ints) -> Callable[[int], list[int]]:
    order = edges[np.argsort(network.tail[edges], kind="stable")]
    start = np.searchsorted(network.tail[order], np.arange(len(network.nodes) + 1)).tolist()
    listed = order.tolist()
    return lambda node: listed[start[node] : start[node + 1]]
