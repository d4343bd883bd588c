"""Alternative routes use different gates if there are any."""

import random
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.geography.sphere import distance_km
from app.routing.closures import Closure, Period
from app.routing.network import Evidence, Gate, Link, Node, Way, build
from app.routing.search import find
from app.routing.wishes import Wish
from tests.routing import worlds
from tests.routing.worlds import NOW

SLOWLY = settings(max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
NO_ROADS = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))


def gates_of(network, way, destination_id):
    """Return the edges on which a route last enters the destination country and first leaves the origin country."""
    goal = network.country[network.index[destination_id]]
    over = [
        step.edge
        for step in way.steps
        if network.country[network.tail[step.edge]] != network.country[network.head[step.edge]]
    ]
    enters = [edge for edge in over if network.country[network.head[edge]] == goal]
    return (enters[-1], over[0]) if enters else (None, None)


@SLOWLY
@given(st.integers(0, 2**32))
def test_no_two_routes_have_the_same_entry_and_exit(seed):
    chance = random.Random(seed)
    world = worlds.world(chance)
    closures = worlds.closures(chance, world)
    wishes = [worlds.wish(chance, world) for _ in range(4)]
    for ways in find(world.network, world.destination_id, wishes, closures):
        assert len({way.corridor for way in ways}) == len(ways)
        assert len({gates_of(world.network, way, world.destination_id) for way in ways}) == len(ways)
        assert len({tuple(step.edge for step in way.steps) for way in ways}) == len(ways)


@SLOWLY
@given(st.integers(0, 2**32))
def test_gates_close_together_are_one_corridor(seed):
    chance = random.Random(seed)
    world = worlds.world(chance)
    network = world.network
    wishes = [worlds.wish(chance, world) for _ in range(4)]
    for ways in find(network, world.destination_id, wishes, []):
        met = {}
        for way in ways:
            entry, out = gates_of(network, way, world.destination_id)
            if entry is None:
                continue
            node = network.nodes[network.head[entry]]
            for other, leaves in met.get((network.way[entry] == 0, way.corridor.exit), []):
                far = distance_km((node.latitude, node.longitude), (other.latitude, other.longitude))
                assert far > 60 or way.corridor.entry[0] != "crossing" or leaves != out
            met.setdefault((network.way[entry] == 0, way.corridor.exit), []).append((node, out))


def land_of_bridges(*latitudes, opens=None, closes=None):
    """Return a country with bridges at some latitudes, reached from one airport abroad."""
    nodes = [Node(1, 0.0, -5.0, "AA", "airport"), Node(2, 0.0, 5.0, "BB", "city")]
    links, gates = [], []
    for number, latitude in enumerate(latitudes):
        near, far = 10 + number, 20 + number
        nodes += [Node(near, latitude, 0.0, "AA", "city"), Node(far, latitude, 0.05, "BB", "city")]
        links += [
            Link(1, near, Way.ROAD, Evidence.ENTERED, minutes=300),
            Link(far, 2, Way.ROAD, Evidence.ENTERED, minutes=300 + number),
        ]
        gates.append(Gate(number + 1, near, far, None, Way.ROAD, 60, 0, opens, closes, "UTC"))
    return build(nodes, links, gates, NO_ROADS)


@pytest.mark.parametrize(("latitudes", "corridors"), [((0.0, 0.1, 0.2), 1), ((0.0, 2.0, 4.0), 3), ((0.0, 0.4, 0.8), 2)])
def test_bridges_of_one_town_are_one_corridor_and_distant_ones_are_several(latitudes, corridors):
    found = find(land_of_bridges(*latitudes), 2, [Wish(1, NOW)], [])[0]
    assert len(found) == corridors


def test_a_bridge_near_the_airport_and_the_flight_are_separate_corridors():
    bridges = land_of_bridges(0.0)
    flown = build(
        [*bridges.nodes, Node(3, 0.0, 0.1, "BB", "airport")],
        [
            Link(1, 10, Way.ROAD, Evidence.ENTERED, minutes=300),
            Link(20, 2, Way.ROAD, Evidence.ENTERED, minutes=300),
            Link(1, 3, Way.AIR, Evidence.SEEN, (1,)),
            Link(3, 2, Way.ROAD, Evidence.ENTERED, minutes=300),
        ],
        bridges.gates.values(), NO_ROADS,
    )  # fmt: skip
    assert {way.corridor.entry[0] for way in find(flown, 2, [Wish(1, NOW)], [])[0]} == {"air", "crossing"}


def test_the_next_bridge_is_used_while_one_is_closed_for_some_days():
    closed = Closure("crossing", (Period(NOW - timedelta(days=1), NOW + timedelta(days=5)),), crossing_id=1)
    way = find(land_of_bridges(0.0, 0.1), 2, [Wish(1, NOW)], [closed])[0][0]
    assert way.corridor.entry == ("crossing", 2)
    assert way.minutes < 24 * 60


def test_routes_wait_for_the_end_if_everything_is_closed_for_some_days():
    ends = NOW + timedelta(days=2)
    closed = Closure("border", (Period(NOW - timedelta(days=1), ends),), country="BB")
    ways = find(land_of_bridges(0.0, 2.0, 4.0), 2, [Wish(1, NOW)], [closed])[0]
    assert [way.steps[1].departs_at for way in ways] == [ends] * 3


def _by_rail(*minutes):
    """Return a world with a line from A to C, and a line by B that takes these minutes in all."""
    nodes = [
        Node(1, 0, 0, "AA", "city"), Node(2, 5, 5, "BB", "city"),
        Node(3, 0, 5, "CC", "city"), Node(4, 5, 10, "CC", "city"), Node(5, 2, 8, "CC", "city"),
    ]  # fmt: skip
    straight, by_b = minutes
    lines = [(1, 3, straight), (3, 5, 60), (1, 2, by_b / 2), (2, 4, by_b / 2), (4, 5, 60)]
    links = [Link(one, other, Way.RAIL, Evidence.ENTERED, minutes=lasts) for one, other, lasts in lines]
    return build(nodes, links, [], NO_ROADS)


def test_of_routes_as_fast_the_one_with_fewer_borders_comes_first():
    ways = find(_by_rail(900, 780), 5, [Wish(1, NOW)], [])[0]
    assert [len(way.steps) for way in ways] == [2, 3]
    assert ways[0].minutes > ways[1].minutes


def test_a_route_that_is_clearly_faster_comes_first_whatever_its_borders():
    ways = find(_by_rail(1200, 780), 5, [Wish(1, NOW)], [])[0]
    assert [len(way.steps) for way in ways] == [3, 2]


@pytest.mark.parametrize(("later", "kept"), [(60, 2), (600, 1)])
def test_a_preferred_crossing_keeps_a_route_that_is_a_little_slower_and_none_that_is_worse_by_hours(later, kept):
    nodes = [Node(1, 0, 0, "AA", "city"), Node(2, 2, 3, "CC", "city"), Node(3, 1, 5, "CC", "city")]
    gates = [
        Gate(number, 1, far, None, Way.ROAD, minutes, rank, None, None, "UTC")
        for number, far, minutes, rank in ((1, 3, 300, 0), (2, 2, 60, 3))
    ]
    onward = Link(2, 3, Way.RAIL, Evidence.ENTERED, minutes=190 + later, cost=1.0)
    ways = find(build(nodes, [onward], gates, NO_ROADS), 3, [Wish(1, NOW)], [])[0]
    assert len(ways) == kept


@pytest.mark.parametrize(("stop", "kept"), [("BB", 2), ("AA", 1)])
def test_a_change_in_the_country_is_left_out_for_one_that_lands_directly_unless_that_crosses_more_borders(stop, kept):
    nodes = [Node(1, 0, 0, "AA", "airport"), Node(2, 5, 5, stop, "airport"),
             Node(3, 0, 8, "CC", "airport"), Node(4, 4, 10, "CC", "airport")]  # fmt: skip
    flights = [(1, 3), (3, 4), (1, 2), (2, 4)]
    links = [Link(*ends, Way.AIR, Evidence.SEEN, frequency=10, minutes=90) for ends in flights]
    ways = find(build(nodes, links, [], NO_ROADS), 4, [Wish(1, NOW)], [])[0]
    assert len(ways) == kept
