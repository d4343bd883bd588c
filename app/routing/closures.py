"""Closures: which edges they close, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from app.geography.sphere import Point
from app.later import np
from app.routing.danger import along
from app.routing.estimates import TRANSFER_KM
from app.routing.hours import next_within
from app.routing.network import WAYS, Booleans, Ints, Network, Way, distances
from app.routing.transfers import TOWNS, are_transfers

FOREVER = datetime.max.replace(tzinfo=UTC)
_CLOCK_CHANGES = timedelta(hours=2)
_DAYS = 40
"""How many days are looked at for one on which something fits between daily hours."""
OVER_LAND = (Way.RAIL, Way.ROAD, Way.RIVER, Way.FOOT)


@dataclass(frozen=True, slots=True)
class Period:
    """When a closure is in effect: half-open, with or without an end and daily hours."""

    starts_at: datetime
    ends_at: datetime | None = None
    daily_from: time | None = None
    daily_until: time | None = None
    timezone: str = "UTC"

    def free_from(self, starts: datetime, lasts: timedelta) -> datetime:
        """Return the earliest time from `starts` on at which something of this duration does not overlap with it."""
        until = self.ends_at or FOREVER
        lasts = max(lasts, timedelta.resolution)  # a duration of zero still occupies an instant
        if starts + lasts <= self.starts_at or starts >= until:
            return starts
        if self.daily_from is None or self.daily_until is None:
            return until
        return self._between_hours(starts, lasts, until, self.daily_from, self.daily_until)

    def _between_hours(self, starts: datetime, lasts: timedelta, until: datetime, begins: time, ends: time) -> datetime:
        longest = timedelta(hours=(_hours(begins) - _hours(ends)) % 24)
        longest += timedelta(0) if self.timezone == "UTC" else _CLOCK_CHANGES
        for _ in range(_DAYS):
            meets = next_within(max(starts, self.starts_at), begins, ends, self.timezone)
            if meets >= min(starts + lasts, until):
                return starts
            outside = next_within(meets, ends, begins, self.timezone)  # the inverse of the daily hours
            starts = min(outside, until)
            if lasts > longest:  # it overlaps with the hours of every day until the last
                if until == FOREVER:
                    break
                starts = max(starts, until - timedelta(days=2))
        return until


def _hours(clock: time) -> float:
    return clock.hour + clock.minute / 60 + clock.second / 3600


@dataclass(frozen=True, slots=True)
class Closure:
    """What is closed, by the fields of informed entities, and when. Carriers are given by id."""

    kind: str
    periods: tuple[Period, ...]
    country: str = ""
    other_country: str = ""
    fir: str = ""
    place_id: int = 0
    other_place_id: int = 0
    crossing_id: int = 0
    way: str = ""
    carrier_ids: frozenset[int] = frozenset()
    between: tuple[Point, Point] | tuple[()] = ()
    """Both ends of a dangerous road, of the kind `road_along`."""
    parts: tuple["Closure", ...] = ()
    """Of a closure of the kind `joined`: it covers what all of them cover."""

    @property
    def is_of_carriers(self) -> bool:
        """Whether it stops only certain carriers, everywhere or on the edges that its other parts cover."""
        return bool(self.carrier_ids) or any(part.carrier_ids for part in self.parts)

    @property
    def stops(self) -> frozenset[int]:
        """The carriers that it stops: those that all its parts about carriers name."""
        return frozenset.intersection(
            *([part.carrier_ids for part in self.parts if part.carrier_ids] or [self.carrier_ids])
        )

    def covers(self, starts: datetime, ends: datetime) -> bool:
        """Return whether it is in effect without interruption from one time to another."""
        reached = starts
        for period in sorted(self.periods, key=lambda period: period.starts_at):
            if period.daily_from is None and period.starts_at <= reached:
                reached = max(reached, period.ends_at or FOREVER)
        return reached >= ends

    @property
    def is_endless(self) -> bool:
        """Whether a period of it has no end."""
        return any(period.ends_at is None for period in self.periods)

    def concerns(self, starts: datetime, ends: datetime) -> bool:
        """Return whether it is in effect at any time between."""
        return any(period.starts_at < ends and (period.ends_at or FOREVER) > starts for period in self.periods)


def touched(network: Network, closure: Closure) -> Booleans:
    """Return which edges a closure covers; closed carriers are ignored if another carrier operates the edge."""
    if closure.parts:
        return _touched_by_all(network, closure)
    tail, head = network.tail, network.head
    at = _nodes_of(network, closure)
    either: Booleans = at[tail] | at[head]
    is_air = network.way == WAYS.index(Way.AIR)
    match closure.kind:
        case "country_airspace" | "fir":
            return np.asarray(either & is_air)
        case "country" | "place":
            return either
        case "border":
            return _over_border(network, closure)
        case "crossing":
            return np.asarray(network.crossing == closure.crossing_id) | either
        case "road" | "road_along":
            return _on_road(network, closure)
        case "mode":
            ours = np.asarray(network.way == WAYS.index(Way(closure.way)))
            if closure.way == Way.ROAD:
                ours &= ~_transfers(network)
            return ours & either if closure.country else ours
        case "nationality":
            return np.asarray(at[head] & ~at[tail])
    return np.zeros(len(network), dtype=np.bool_)


def _touched_by_all(network: Network, joined: Closure) -> Booleans:
    if joined.is_of_carriers:
        return none_left(network, stopped(network, joined))
    return np.asarray(np.logical_and.reduce([touched(network, part) for part in joined.parts]))


def warned(network: Network, closure: Closure) -> Booleans:
    """Return the edges that a warning concerns: those of a carrier, and for a place, all of its town and surroundings."""
    if closure.is_of_carriers:
        found = np.zeros(len(network), dtype=np.bool_)
        found[_edge_of_each_carrier(network)[stopped(network, closure)]] = True
        return found
    here = network.index.get(closure.place_id, -1)
    if closure.kind != "place" or here < 0:
        return touched(network, closure)
    everywhere = np.arange(len(network.nodes), dtype=np.int32)
    near = distances(network.nodes, np.full(len(network.nodes), here, dtype=np.int32), everywhere) <= TRANSFER_KM
    near &= network.country == network.country[here]
    return np.asarray(near[network.tail] | near[network.head])


def stopped(network: Network, closure: Closure) -> Booleans:
    """Return which of `Network.carriers`, each on an edge, a closure of carriers stops."""
    named = np.isin(network.carriers, np.fromiter(closure.stops, dtype=np.int32))
    where = [touched(network, part) for part in closure.parts if not part.carrier_ids]
    return np.asarray(
        named & np.logical_and.reduce(where)[_edge_of_each_carrier(network)] if where and named.any() else named
    )


def none_left(network: Network, out: Booleans) -> Booleans:
    """Return the edges of which every carrier is out; an edge without known carriers is not included."""
    total = np.concatenate(([0], np.cumsum(out)))
    start = network.carrier_start
    counts = start[1:] - start[:-1]
    return np.asarray((counts > 0) & (total[start[1:]] - total[start[:-1]] == counts))


def _edge_of_each_carrier(network: Network) -> Ints:
    return np.repeat(np.arange(len(network), dtype=np.int32), np.diff(network.carrier_start))


def _nodes_of(network: Network, closure: Closure) -> Booleans:
    """Return the nodes in a closure's country or region, or at its place."""
    if closure.kind == "fir":
        return np.array([node.fir == closure.fir for node in network.nodes], dtype=np.bool_)
    if closure.kind in ("place", "crossing"):
        gate = network.gates.get(closure.crossing_id)
        place_id = closure.place_id or (gate.place_id if gate and gate.place_id else 0)
        found = np.zeros(len(network.nodes), dtype=np.bool_)
        if place_id in network.index:
            found[network.index[place_id]] = True
        return found
    return _in_country(network, closure.country)


def _in_country(network: Network, code: str) -> Booleans:
    number = network.countries.index(code) if code in network.countries else -1
    return np.asarray(network.country == number)


def _transfers(network: Network) -> Booleans:
    """Return the short roads between a town and its airport, port or station: closed roads do not close the way there."""
    tail, head = network.tail, network.head
    is_town = np.array([node.kind in TOWNS for node in network.nodes], dtype=np.bool_)
    found = are_transfers(network.km, network.country[tail] == network.country[head], is_town[tail], is_town[head])
    return np.asarray(found & (network.way == WAYS.index(Way.ROAD)))


def _over_border(network: Network, closure: Closure) -> Booleans:
    over_land = np.isin(network.way, [WAYS.index(way) for way in OVER_LAND])
    here, tail, head = _in_country(network, closure.country), network.tail, network.head
    there = _in_country(network, closure.other_country) if closure.other_country else ~here
    return np.asarray(over_land & ((here[tail] & there[head]) | (there[tail] & here[head])))


def _on_road(network: Network, closure: Closure) -> Booleans:
    if closure.between:
        return along(network, *closure.between)
    on_roads = np.isin(network.way, [WAYS.index(Way.ROAD), WAYS.index(Way.FOOT)])
    one, other = (network.index.get(place_id, -1) for place_id in (closure.place_id, closure.other_place_id))
    tail, head = network.tail, network.head
    return np.asarray(on_roads & (((tail == one) & (head == other)) | ((tail == other) & (head == one))))
