"""The transport network: places as nodes and connections as edges, stored in arrays.

Flights are only those observed or entered, never guessed. Roads are estimates between places in the same connected part
of the same country. Land borders are crossed only at verified crossings, by known trains, or where delegations have
crossed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple, TypeAlias

from app.geography.sphere import EARTH_KM
from app.later import np, npt
from app.routing import estimates
from app.routing.estimates import Floats

Ints: TypeAlias = "npt.NDArray[np.int32]"
Booleans: TypeAlias = "npt.NDArray[np.bool_]"


class Way(StrEnum):
    """How an edge is traveled: the modes of the legs."""

    AIR = "air"
    RAIL = "rail"
    ROAD = "road"
    SEA = "sea"
    RIVER = "river"
    FOOT = "foot"


WAYS = tuple(Way)


class Evidence(IntEnum):
    """The evidence for an edge, strongest first."""

    TRAVELED = 0
    BOOKED = 1
    ENTERED = 2
    KNOWN_LINE = 3
    """A ferry or train line that comes with Encuentro."""
    SEEN = 4
    CROSSING = 5
    ESTIMATE = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A place: its id, its coordinates, and what closures need to know about it."""

    place_id: int
    latitude: float
    longitude: float
    country: str
    kind: str
    fir: str = ""
    part: tuple[int, int] = (-1, -1)
    """The connected land area, and the connected part of the country, that it is in; -1 if unknown."""
    roadless: bool = False
    pace: float = 1.0
    """How many times as long as elsewhere an estimated road takes there."""


@dataclass(frozen=True, slots=True)
class Link:
    """A connection between two places that was observed, entered or traveled."""

    origin_id: int
    destination_id: int
    way: Way
    evidence: Evidence
    carrier_ids: tuple[int, ...] = ()
    frequency: float = 1.0
    fresh: float = 0.0
    minutes: float | None = None
    cost: float | None = None
    confirmed: date | None = None
    times: int = 0
    """The number of delegations that traveled it."""
    crossing_id: int = -1
    """The border crossing that it uses; -1 for none."""
    stale: bool = False
    """Whether it no longer runs, as far as observed. See `app.routing.staleness`."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A usable border crossing: both towns, its daily hours in a time zone, and how long it takes."""

    crossing_id: int
    near_id: int
    far_id: int
    place_id: int | None
    way: Way
    minutes: float
    rank: int
    opens: time | None
    closes: time | None
    timezone: str


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges as arrays; edge `i` leads from node `tail[i]` to node `head[i]`."""

    nodes: tuple[Node, ...]
    index: dict[int, int]
    """Node index by place id."""
    countries: tuple[str, ...]
    country: Ints
    """The country of each node, as an index into `countries`."""
    tail: Ints
    head: Ints
    way: Ints
    """Index into WAYS."""
    evidence: Ints
    crossing: Ints
    """The crossing that an edge uses; -1 for none."""
    km: Floats
    minutes: Floats
    wait: Floats
    """Average waiting minutes before an edge; no timetables are known."""
    cost: Floats
    rank: Floats
    """Organizers' preference, in minutes."""
    carrier_start: Ints
    """The carriers of edge `i` are `carriers[carrier_start[i]:carrier_start[i + 1]]`."""
    carriers: Ints
    confirmed: tuple[date | None, ...]
    """When each edge was last confirmed."""
    times: Ints
    stale: Booleans
    """Which edges no longer run, as far as observed: used only if there is no other way."""
    gates: dict[int, Gate]

    def __len__(self) -> int:
        return len(self.tail)

    @property
    def nbytes(self) -> int:
        """The size of the arrays in bytes."""
        arrays = (getattr(self, name) for name in self.__slots__)
        return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))

    def carriers_of(self, edge: int) -> list[int]:
        """Return the carriers that operate an edge; empty if unknown."""
        return [int(one) for one in self.carriers[self.carrier_start[edge] : self.carrier_start[edge + 1]]]


def distances(nodes: Sequence[Node], tail: Ints, head: Ints) -> Floats:
    """Return the straight-line (great-circle) length of each edge in kilometers."""
    latitude, longitude = (np.array([getattr(node, name) for node in nodes]) for name in ("latitude", "longitude"))
    return kilometers(latitude[tail], longitude[tail], latitude[head], longitude[head])


def kilometers(south: Floats, west: Floats, north: "Floats | float", east: "Floats | float") -> Floats:
    """Return the straight-line (great-circle) distances between points, given by latitudes and longitudes in degrees."""
    start, end = np.radians(south), np.radians(north)
    half = np.sin((end - start) / 2) ** 2
    half += np.cos(start) * np.cos(end) * np.sin(np.radians(np.subtract(east, west)) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))), dtype=np.float64)


def build(nodes: Iterable[Node], links: Iterable[Link], gates: Iterable[Gate], roads: tuple[Ints, Ints]) -> Network:
    """Return the network of nodes, known links, usable gates (each in both directions) and estimated roads."""
    nodes = tuple(nodes)
    index = {node.place_id: number for number, node in enumerate(nodes)}
    known = [link for link in links if link.origin_id in index and link.destination_id in index]
    gated = [gate for gate in gates if gate.near_id in index and gate.far_id in index]
    ends = [(index[link.origin_id], index[link.destination_id]) for link in known]
    ends += [(index[gate.near_id], index[gate.far_id]) for gate in gated]
    ends += [(index[gate.far_id], index[gate.near_id]) for gate in gated]
    tail = np.array([one for one, _ in ends] + roads[0].tolist(), dtype=np.int32)
    head = np.array([other for _, other in ends] + roads[1].tolist(), dtype=np.int32)
    km = distances(nodes, tail, head)
    both = [*gated, *gated]
    known_ways = [link.way for link in known] + [gate.way for gate in both]
    road = WAYS.index(Way.ROAD)
    way = [WAYS.index(one) for one in known_ways] + [road] * len(roads[0])
    ways = np.array(way, dtype=np.int32)
    evidence = [int(link.evidence) for link in known] + [int(Evidence.CROSSING)] * len(both)
    evidence += [int(Evidence.ESTIMATE)] * len(roads[0])
    pace = np.array([node.pace for node in nodes], dtype=np.float64)
    effort = _effort(known, both, km, ways, np.maximum(pace[tail], pace[head]))
    first_road = len(known) + len(both)
    _hurry_from(head[len(known) : first_road], tail[first_road:], effort.wait[first_road:])
    counts = [len(link.carrier_ids) for link in known] + [0] * (len(both) + len(roads[0]))
    countries = tuple(sorted({node.country for node in nodes}))
    number = {code: place for place, code in enumerate(countries)}
    return Network(
        nodes=nodes,
        index=index,
        countries=countries,
        country=np.array([number[node.country] for node in nodes], dtype=np.int32),
        tail=tail,
        head=head,
        way=ways,
        evidence=np.array(evidence, dtype=np.int32),
        crossing=_padded([link.crossing_id for link in known] + [gate.crossing_id for gate in both], len(tail), -1),
        km=km,
        minutes=effort.minutes,
        wait=effort.wait,
        cost=effort.cost,
        rank=_padded([0] * len(known) + [gate.rank * 60 for gate in both], len(tail), 0).astype(np.float64),
        carrier_start=np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.int32),
        carriers=np.array([one for link in known for one in link.carrier_ids], dtype=np.int32),
        confirmed=tuple(link.confirmed for link in known) + (None,) * (len(tail) - len(known)),
        times=_padded([link.times for link in known], len(tail), 0),
        stale=_padded([link.stale for link in known], len(tail), 0).astype(np.bool_),
        gates={gate.crossing_id: gate for gate in gated},
    )


def _hurry_from(borders: Ints, tail: Ints, wait: Floats) -> None:
    """Shorten the wait for a bus on the roads that begin at one of the places behind a border: it stands ready there."""
    at_border = np.isin(tail, borders)
    wait[at_border] = np.minimum(wait[at_border], estimates.BORDER_WAIT)


_ARRAYS = (
    "tail", "head", "way", "evidence", "crossing", "km", "minutes", "wait", "cost", "rank", "carriers", "times", "stale",
)  # fmt: skip
"""What two networks have for each edge, one after the other; the rest is counted from the start."""


def extended(
    network: Network, nodes: Sequence[Node], links: Iterable[Link], ends: Sequence[tuple[int, int]]
) -> Network:
    """Return the network with more nodes, more links, and roads in both directions between pairs of nodes by index."""
    everywhere = (*network.nodes, *nodes)
    known = {*zip(network.tail.tolist(), network.head.tolist(), network.way.tolist(), strict=True)}
    road = WAYS.index(Way.ROAD)
    pairs = {pair for one, other in ends for pair in ((one, other), (other, one)) if (*pair, road) not in known}
    ordered = sorted(pairs)
    tails, heads = (np.array([pair[side] for pair in ordered], dtype=np.int32) for side in (0, 1))
    more = build(everywhere, links, (), (tails, heads))
    _hurry_from(network.head[network.evidence == Evidence.CROSSING], tails, more.wait[len(more.tail) - len(tails) :])
    joined: dict[str, Any] = {name: np.concatenate((getattr(network, name), getattr(more, name))) for name in _ARRAYS}
    return replace(
        more,
        **joined,
        carrier_start=np.concatenate((network.carrier_start, more.carrier_start[1:] + network.carrier_start[-1])),
        confirmed=network.confirmed + more.confirmed,
        gates=network.gates,
    )


def _padded(values: list[int], length: int, filler: int) -> Ints:
    return np.array(values + [filler] * (length - len(values)), dtype=np.int32)


class _Effort(NamedTuple):
    """The time and cost of each edge."""

    minutes: Floats
    wait: Floats
    cost: Floats


def _effort(known: list[Link], gates: list[Gate], km: Floats, way: Ints, pace: Floats) -> _Effort:
    """Return the minutes, waiting minutes and cost of each edge, estimated where unknown; `pace` counts on roads."""
    count = len(known)
    is_air = way == WAYS.index(Way.AIR)
    minutes = np.where(is_air, estimates.flight_minutes(km), estimates.road_minutes(km))
    at_sea = way == WAYS.index(Way.SEA)
    minutes[at_sea] = estimates.sea_minutes(km[at_sea])
    wait = estimates.road_wait(km)
    frequency = np.array([link.frequency for link in known], dtype=np.float64)
    fresh = np.array([link.fresh for link in known], dtype=np.float64)
    flights = is_air[:count]
    wait[:count] = np.where(flights, estimates.flight_wait(frequency, fresh), wait[:count])
    lines = np.array([link.evidence is Evidence.KNOWN_LINE for link in known], dtype=np.bool_)
    wait[:count] = np.where(lines, estimates.line_wait(frequency, at_sea[:count]), wait[:count])
    cost = estimates.fare(is_air, km)
    for place, link in enumerate(known):
        if link.minutes is not None:
            minutes[place] = link.minutes
        if link.cost is not None:
            cost[place] = link.cost
        if link.evidence in (Evidence.TRAVELED, Evidence.BOOKED):
            wait[place] = min(wait[place], estimates.BOARDING if flights[place] else estimates.BUS_WAIT)
    minutes[count + len(gates) :] *= pace[count + len(gates) :]
    for place, gate in enumerate(gates, start=count):
        minutes[place], wait[place], cost[place] = gate.minutes, 0.0, 0.0
    return _Effort(minutes, wait, cost)
