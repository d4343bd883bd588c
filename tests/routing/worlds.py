"""Random small worlds, closures and wishes: all times are on quarters of an hour, so that a simple check is exact."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np

from app.routing.closures import Closure, Period
from app.routing.network import Evidence, Gate, Link, Node, Way, build
from app.routing.wishes import Preference, Wish

NOW = datetime(2025, 12, 4, 12, tzinfo=UTC)
ZONES = ("UTC", "America/Caracas", "Asia/Kathmandu", "Europe/Madrid")
QUARTER = timedelta(minutes=15)
KINDS = (
    "country_airspace", "fir", "country", "border", "crossing", "place", "road", "road_along", "mode", "nationality",
    "carriers", "joined",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """A network and the common destination."""

    network: object
    destination_id: int


def world(chance, *, hours=True, most_nodes=14, most_links=40):
    """Return a small world: four to six countries, links of all modes, gates with and without hours, some roads."""
    countries = [f"{letter}{letter}" for letter in "ABCDEF"][: chance.randint(4, 6)]
    nodes = [_node(chance, number, countries) for number in range(1, chance.randint(8, most_nodes) + 1)]
    links = [_link(chance, nodes) for _ in range(chance.randint(12, most_links))]
    apart = [(one, other) for one in nodes for other in nodes if one.country < other.country]
    gates = [
        _gate(chance, number, *pair, nodes, hours=hours)
        for number, pair in enumerate(chance.sample(apart, chance.randint(2, 7)), start=1)
    ]
    near = [
        (one, other)
        for one, node in enumerate(nodes)
        for other, end in enumerate(nodes)
        if one < other and node.country == end.country
    ]
    roads = chance.sample(near, len(near) // 2)
    tails = np.array([one for one, _ in roads] + [other for _, other in roads], dtype=np.int32)
    heads = np.array([other for _, other in roads] + [one for one, _ in roads], dtype=np.int32)
    return World(build(nodes, links, gates, (tails, heads)), chance.choice(nodes).place_id)


def _node(chance, number, countries):
    return Node(
        100 + number, round(chance.uniform(0, 8), 3), round(chance.uniform(0, 8), 3), chance.choice(countries),
        chance.choice(["airport", "city"]), chance.choice(["NORTH", "SOUTH", ""]), (0, 0),
    )  # fmt: skip


def _link(chance, nodes):
    one, other = chance.sample(nodes, 2)
    return Link(
        one.place_id, other.place_id, chance.choice([Way.AIR, Way.AIR, Way.AIR, *Way]),
        chance.choice([Evidence.SEEN, Evidence.ENTERED, Evidence.BOOKED]),
        carrier_ids=tuple(sorted(chance.sample(range(1, 7), chance.randint(0, 3)))),
        frequency=chance.randint(1, 14), fresh=0.0,
        minutes=None if chance.random() < 0.5 else chance.randint(1, 60) * 15.0,
    )  # fmt: skip


def _gate(chance, number, one, other, nodes, *, hours):
    opens, closes = (_clock(chance), _clock(chance)) if hours and chance.random() < 0.6 else (None, None)
    if opens == closes:
        opens = closes = None
    return Gate(
        number, one.place_id, other.place_id, chance.choice([None, chance.choice(nodes).place_id]),
        chance.choice([Way.ROAD, Way.ROAD, Way.FOOT, Way.RAIL, Way.RIVER]), chance.randint(0, 12) * 15.0, 0,
        opens, closes, chance.choice(ZONES),
    )  # fmt: skip


def _clock(chance):
    return time(chance.randint(0, 23), chance.choice([0, 15, 30, 45]))


def closures(chance, world, *, timed=True, kinds=KINDS, most=6):
    """Return closures of all kinds; those that are not `timed` started long ago and have no end."""
    return [closure(chance, world.network, timed=timed, kinds=kinds) for _ in range(chance.randint(0, most))]


def closure(chance, network, *, timed=True, kinds=KINDS):
    """Return a closure."""
    kind = chance.choice(kinds)
    if kind == "joined":
        return _joined(chance, network, timed=timed)
    place, other = (node.place_id for node in chance.sample(network.nodes, 2))
    said = {
        "country_airspace": lambda: {"country": _country(chance, network)},
        "country": lambda: {"country": _country(chance, network)},
        "nationality": lambda: {"country": _country(chance, network)},
        "fir": lambda: {"fir": chance.choice(["NORTH", "SOUTH"])},
        "border": lambda: {
            "country": _country(chance, network),
            "other_country": chance.choice(["", _country(chance, network)]),
        },
        "crossing": lambda: {"crossing_id": chance.choice(list(network.gates))},
        "place": lambda: {"place_id": place},
        "road": lambda: {"place_id": place, "other_place_id": other},
        "road_along": lambda: {
            "between": tuple((node.latitude, node.longitude) for node in chance.sample(network.nodes, 2))},
        "mode": lambda: {
            "way": chance.choice(list(Way)).value, "country": chance.choice(["", _country(chance, network)]),
        },
        "carriers": lambda: {"carrier_ids": frozenset(chance.sample(range(1, 7), chance.randint(1, 3)))},
    }[kind]()  # fmt: skip
    long_ago = (Period(NOW - timedelta(days=30)),)
    return Closure(kind, tuple(period(chance) for _ in range(chance.randint(1, 3))) if timed else long_ago, **said)


def _joined(chance, network, *, timed):
    """Return a closure of what two or three others cover, often carriers among them."""
    kinds = ["country_airspace", "carriers", *chance.choices(KINDS[:-1], k=chance.randint(0, 1))]
    parts = tuple(closure(chance, network, timed=timed, kinds=(kind,)) for kind in chance.sample(kinds, len(kinds)))
    parts = parts if chance.random() < 0.7 else tuple(closure(chance, network, kinds=KINDS[:-2]) for _ in range(2))
    return Closure("joined", parts[0].periods, parts=parts)


def _country(chance, network):
    return chance.choice(network.countries)


def period(chance):
    """Return a period: with or without an end, with or without daily hours, often past midnight."""
    starts = NOW + chance.randint(-3 * 96, 13 * 96) * QUARTER
    ends = chance.choice([None, starts + chance.randint(1, 96) * QUARTER, starts + chance.randint(96, 960) * QUARTER])
    if chance.random() < 0.5:
        return Period(starts, ends)
    begins, until = _clock(chance), _clock(chance)
    return Period(starts, ends, begins, until, chance.choice(ZONES)) if begins != until else Period(starts, ends)


def wish(chance, world, **changes):
    """Return a wish from a random place at some time in the next days."""
    codes = world.network.countries
    starts = NOW + chance.randint(0, 3 * 96) * QUARTER
    values = {
        "origin_id": chance.choice(world.network.nodes).place_id,
        "starts_at": starts,
        "latest_at": chance.choice([None, None, starts + chance.randint(4, 240) * QUARTER]),
        "avoid_countries": frozenset(chance.sample(codes, chance.choice([0, 0, 1]))),
        "refused_by": frozenset(chance.sample(codes, chance.choice([0, 0, 1]))),
        "refusals": tuple(
            closure(chance, world.network, kinds=("nationality", "joined")) for _ in range(chance.choice([0, 0, 1]))
        ),
        "avoid_carriers": frozenset(chance.sample(range(1, 7), chance.choice([0, 0, 1, 2]))),
        "preference": chance.choice([Preference.FASTEST, Preference.FASTEST, *Preference]),
    }
    return Wish(**values | changes)
