"""Times along a route: waiting for services, for crossings to open, and for closures to end."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from app.routing.closures import FOREVER, Closure, run_only_by, touched
from app.routing.hours import next_within
from app.routing.network import Booleans, Network

_LOOKS = 40
"""How often closures are checked again after one of them has postponed a departure."""


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a route, with its departure and arrival times."""

    edge: int
    departs_at: datetime
    arrives_at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """Temporary closures of edges; permanently closed edges are not part of the search."""

    network: Network
    closures: tuple[tuple[Closure, Booleans], ...] = ()
    by_carrier: tuple[Closure, ...] = ()
    held_up: Booleans = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """Edges whose carriers are all closed for some of the time."""

    @classmethod
    def of(cls, network: Network, closures: Sequence[Closure], always: Sequence[Closure]) -> "Calendar":
        """Return the calendar of temporary closures; those in `always` are in effect all the time."""
        carriers = tuple(one for one in closures if one.carrier_ids)
        everywhere = tuple(one for one in (*carriers, *always) if one.carrier_ids)
        closed = frozenset().union(*(one.carrier_ids for one in everywhere)) if carriers else frozenset()
        held_up = run_only_by(network, closed) if carriers else np.zeros(len(network), dtype=np.bool_)
        timed = tuple((one, touched(network, one)) for one in closures if not one.carrier_ids)
        return cls(network, timed, everywhere if carriers else (), held_up)

    def departure(self, edge: int, ready: datetime) -> datetime:
        """Return the earliest departure over an edge for a traveler who is there at `ready`, or FOREVER if there is none."""
        starts = ready + timedelta(minutes=float(self.network.wait[edge]))
        lasts = timedelta(minutes=float(self.network.minutes[edge]))
        for _ in range(_LOOKS):
            moved = self._past_closures(edge, self._within_hours(edge, starts), lasts)
            if moved == starts or moved >= FOREVER - timedelta(days=2):
                return moved
            starts = moved
        return FOREVER

    def _within_hours(self, edge: int, starts: datetime) -> datetime:
        gate = self.network.gates.get(int(self.network.crossing[edge]))
        if gate is None or gate.opens is None or gate.closes is None or gate.opens == gate.closes:
            return starts
        return next_within(starts, gate.opens, gate.closes, gate.timezone)

    def _past_closures(self, edge: int, starts: datetime, lasts: timedelta) -> datetime:
        for closure, edges in self.closures:
            if edges[edge]:
                starts = _free(closure, starts, lasts)
        if self.by_carrier and self.held_up[edge]:
            runs = self.network.carriers_of(edge)
            starts = min(self._free_of(carrier, starts, lasts) for carrier in runs)
        return starts

    def _free_of(self, carrier: int, starts: datetime, lasts: timedelta) -> datetime:
        for closure in self.by_carrier:
            if carrier in closure.carrier_ids:
                starts = _free(closure, starts, lasts)
        return starts


def _free(closure: Closure, starts: datetime, lasts: timedelta) -> datetime:
    for period in closure.periods:
        if starts >= FOREVER - timedelta(days=2):
            return FOREVER
        starts = period.free_from(starts, lasts)
    return starts


def walk(calendar: Calendar, edges: Sequence[int], starts: datetime) -> tuple[Step, ...] | None:
    """Return the steps over these edges from `starts` on, or None if one of them can never be used."""
    steps = []
    reached = starts
    for edge in edges:
        departs = calendar.departure(edge, reached)
        if departs >= FOREVER - timedelta(days=2):
            return None
        reached = departs + timedelta(minutes=float(calendar.network.minutes[edge]))
        steps.append(Step(edge, departs, reached))
    return tuple(steps)


def earliest(
    calendar: Calendar,
    outgoing: Callable[[int], Sequence[int]],
    source: int,
    starts: datetime,
    remaining: Callable[[int], float],
    is_there: Callable[[int], bool],
    until: datetime,
    most: int,
) -> list[int] | None:
    """Return the edges of the route that arrives first, including all waiting.

    `outgoing` returns the edges that leave a node, and `remaining` a lower bound of the minutes from a node: the A*
    heuristic, taken from the tree without closures. Routes that arrive after `until` are left out, and at most `most`
    nodes are visited.
    """
    best = {source: starts}
    came: dict[int, int] = {}
    queue = [(starts + timedelta(minutes=remaining(source)), source)]
    done: set[int] = set()
    for _ in range(most):
        if not queue:
            return None
        _, node = heapq.heappop(queue)
        if node in done:
            continue
        if is_there(node):
            return _back(came, node, source, calendar.network)
        done.add(node)
        for edge in outgoing(node):
            head = int(calendar.network.head[edge])
            bound = remaining(head)
            if head in done or not np.isfinite(bound):
                continue
            departs = calendar.departure(edge, best[node])
            if departs >= FOREVER - timedelta(days=2):
                continue
            reached = departs + timedelta(minutes=float(calendar.network.minutes[edge]))
            if (head not in best or reached < best[head]) and reached + timedelta(minutes=bound) <= until:
                best[head], came[head] = reached, edge
                heapq.heappush(queue, (reached + timedelta(minutes=bound), head))
    return None


def _back(came: dict[int, int], node: int, source: int, network: Network) -> list[int]:
    edges = []
    while node != source:
        edges.append(came[node])
        node = int(network.tail[came[node]])
    return edges[::-1]
