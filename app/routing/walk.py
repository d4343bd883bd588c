"""Times along a route: waiting for services, for crossings to open, and for closures to end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.later import np
from app.routing.closures import FOREVER, Closure, none_left, stopped, touched
from app.routing.hours import next_within
from app.routing.network import Booleans, Network
from app.routing.wishes import Wish

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
    by_carrier: tuple[tuple[Closure, Booleans], ...] = ()
    """Closures of carriers, with which of `Network.carriers` they stop."""
    held_up: Booleans = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """Edges whose carriers are all closed for some of the time."""

    @classmethod
    def of(cls, network: Network, closures: Sequence[Closure], always: Sequence[Closure]) -> "Calendar":
        """Return the calendar of temporary closures; those in `always` are in effect all the time."""
        timed = tuple((one, touched(network, one)) for one in closures if not one.is_of_carriers)
        if not any(one.is_of_carriers for one in closures):
            return cls(network, timed)
        carriers = tuple((one, stopped(network, one)) for one in (*closures, *always) if one.is_of_carriers)
        out = np.logical_or.reduce([stops for _, stops in carriers])
        return cls(network, timed, carriers, none_left(network, out))

    def endless(self) -> Booleans:
        """Return the edges that may be closed without an end from some time on."""
        found = self.held_up.copy() if len(self.held_up) else np.zeros(len(self.network), dtype=np.bool_)
        for closure, edges in self.closures:
            if closure.is_endless:
                found |= edges
        return found

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
            start, end = (int(self.network.carrier_start[one]) for one in (edge, edge + 1))
            starts = min(self._free_of(run, starts, lasts) for run in range(start, end))
        return starts

    def _free_of(self, run: int, starts: datetime, lasts: timedelta) -> datetime:
        """Return when a carrier on an edge, by its place in `Network.carriers`, can leave."""
        for closure, stops in self.by_carrier:
            if stops[run]:
                starts = _free(closure, starts, lasts)
        return starts


@dataclass(frozen=True, slots=True)
class Grounded:
    """Which carriers cannot be booked: those that are avoided, and those that a closure stops at the time."""

    avoided: frozenset[int] = frozenset()
    closures: tuple[tuple[Closure, Booleans], ...] = ()

    @classmethod
    def of(cls, network: Network, wish: Wish, closures: Sequence[Closure]) -> "Grounded":
        """Return the carriers that these closures and the refusals of a wish stop."""
        about = (one for one in (*closures, *wish.refusals) if one.is_of_carriers)
        return cls(wish.avoid_carriers, tuple((one, stopped(network, one)) for one in about))

    def flying(self, network: Network, step: Step) -> list[int]:
        """Return the carriers of a step that can be booked."""
        start, lasts = int(network.carrier_start[step.edge]), step.arrives_at - step.departs_at
        return [
            carrier
            for run, carrier in enumerate(network.carriers_of(step.edge), start=start)
            if carrier not in self.avoided
            and not any(
                stops[run] and _free(one, step.departs_at, lasts) > step.departs_at for one, stops in self.closures
            )
        ]


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
