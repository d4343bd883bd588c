"""Times along a route: waiting for services, for crossings to open, and for closures to end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from app.routing.closures import FOREVER, Closure, run_only_by, touched
from app.routing.hours import next_within
from app.routing.network import Booleans, Network

_LOOKS = 40
"""How often closures are checked again after one of them has postponed a departure."""
_SHORT = timedelta(minutes=30)
"""A wait up to this long is not moved, and a later departure is looked for in steps of it."""
_TRIES = 12 * 48


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

    def latest(self, edge: int, earliest: datetime, latest: datetime) -> datetime:
        """Return a late possible departure between two instants, the first of which is possible."""
        wait = timedelta(minutes=float(self.network.wait[edge]))
        departs = latest
        for _ in range(_TRIES):
            if departs <= earliest + _SHORT:
                break
            if self.departure(edge, departs - wait) == departs:
                return departs
            departs -= _SHORT
        return earliest

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


def postponed(calendar: Calendar, steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the same steps, each as late as the arrival allows: travelers wait where they start, and not on the way."""
    later = list(steps[-1:])
    for step in reversed(steps[:-1]):
        after = later[-1]
        wait = timedelta(minutes=float(calendar.network.wait[after.edge]))
        lasts = timedelta(minutes=float(calendar.network.minutes[step.edge]))
        departs = calendar.latest(step.edge, step.departs_at, after.departs_at - wait - lasts)
        later.append(Step(step.edge, departs, departs + lasts))
    return tuple(reversed(later))
