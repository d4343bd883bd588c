"""The route that arrives first, including all waiting: A* with the tree without closures as the lower bound."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.later import np
from app.routing.closures import FOREVER
from app.routing.network import Ints
from app.routing.returns import comes_back, left_after
from app.routing.walk import Calendar

NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a search for the earliest arrival knows of the network."""

    outgoing: Callable[[int], Sequence[int]]
    """The edges that leave a node."""
    remaining: Callable[[int], float]
    """A lower bound of the minutes from a node to the destination."""
    area: Ints
    """The area of each node; see `app.routing.returns`."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A node reached at a time, and what had been left by then."""

    node: int
    at: datetime
    left: frozenset[int]
    edge: int
    before: "_Label | None"

    def edges(self) -> list[int]:
        """Return the edges that lead here."""
        found, label = [], self
        while label.before is not None:
            found.append(label.edge)
            label = label.before
        return found[::-1]


def earliest(
    calendar: Calendar, ahead: Ahead, source: int, starts: datetime, goal: int, until: datetime, most: int
) -> list[int] | None:
    """Return the edges of the route that arrives first without coming back to a country that it has left.

    Routes that arrive after `until` are left out, and at most `most` nodes are visited. That a route may not come back is
    ignored at first, because it seldom would.
    """
    found = _search(calendar, ahead, source, starts, goal, until, most, keeps_away=False)
    if found is None or not comes_back(calendar.network, ahead.area, found):
        return found
    return _search(calendar, ahead, source, starts, goal, until, most, keeps_away=True)


def _search(
    calendar: Calendar,
    ahead: Ahead,
    source: int,
    starts: datetime,
    goal: int,
    until: datetime,
    most: int,
    *,
    keeps_away: bool,
) -> list[int] | None:
    first = _Label(source, starts, NOWHERE, -1, None)
    known = {source: [first]}
    queue = [(starts + timedelta(minutes=ahead.remaining(source)), 0, first)]
    for number in range(1, most + 1):
        if not queue:
            return None
        *_, label = heapq.heappop(queue)
        while not any(one is label for one in known[label.node]):  # a better one has taken its place
            if not queue:
                return None
            *_, label = heapq.heappop(queue)
        if label.node == goal:
            return label.edges()
        for place, edge in enumerate(ahead.outgoing(label.node)):
            reached = _over(calendar, ahead, label, edge, known, until, keeps_away=keeps_away)
            if reached is not None:
                bound = reached.at + timedelta(minutes=ahead.remaining(reached.node))
                heapq.heappush(queue, (bound, number * 100_000 + place, reached))
    return None


def _over(
    calendar: Calendar,
    ahead: Ahead,
    label: _Label,
    edge: int,
    known: dict[int, list[_Label]],
    until: datetime,
    *,
    keeps_away: bool,
) -> _Label | None:
    """Return the label behind an edge if none known there is as good, and record it."""
    network = calendar.network
    head = int(network.head[edge])
    bound = ahead.remaining(head)
    if not np.isfinite(bound):
        return None
    left = left_after(network, ahead.area, edge, label.left) if keeps_away else NOWHERE
    if left is None:
        return None
    lasts = timedelta(minutes=float(network.minutes[edge]))
    at_best = label.at + timedelta(minutes=float(network.wait[edge])) + lasts
    there = known.setdefault(head, [])
    if at_best + timedelta(minutes=bound) > until or _is_known(there, at_best, left):
        return None
    departs = calendar.departure(edge, label.at)
    if departs >= FOREVER - timedelta(days=2):
        return None
    reached = departs + lasts
    if reached + timedelta(minutes=bound) > until or _is_known(there, reached, left):
        return None
    new = _Label(head, reached, left, edge, label)
    there[:] = [one for one in there if not (reached <= one.at and left <= one.left)] + [new]
    return new


def _is_known(there: Sequence[_Label], at: datetime, left: frozenset[int]) -> bool:
    return any(one.at <= at and one.left <= left for one in there)
