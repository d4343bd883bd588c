"""Networks and graphs as arrays: joining loses nothing, and the lightest of parallel edges is used."""

import random
from datetime import timedelta

import numpy as np
import pytest

from app.routing import estimates
from app.routing.alternatives import Alternative, easiest_first
from app.routing.closures import Closure, none_left, stopped
from app.routing.graph import Graph
from app.routing.network import Evidence, Gate, Link, Node, Way, build, extended
from app.routing.walk import Step
from app.routing.wishes import Corridor
from tests.factories import utc
from tests.routing import worlds


def ints(*values):
    return np.array(values, dtype=np.int32)


def test_the_lightest_of_parallel_edges_is_kept_and_found():
    graph = Graph.of(3, ints(0, 0, 1, 0), ints(1, 1, 2, 2), np.array([5.0, 3.0, 1.0, 9.0]), ints(10, 11, 12, 13))
    assert len(graph.edge) == 3
    assert (graph.between(0, 1), graph.between(1, 2), graph.between(0, 2)) == (11, 12, 13)
    distance, before = graph.from_each(ints(0))
    assert distance[0].tolist() == [0.0, 3.0, 4.0]
    assert before[0].tolist() == [-9999, 0, 1]


def test_a_reversed_graph_uses_the_same_edges():
    graph = Graph.of(3, ints(0, 1), ints(1, 2), np.array([5.0, 1.0]), ints(10, 12)).reversed()
    assert (graph.between(1, 0), graph.between(2, 1)) == (10, 12)


@pytest.mark.parametrize("seed", range(40))
def test_extending_a_network_does_not_change_its_existing_parts(seed):
    chance = random.Random(seed)
    network = worlds.world(chance).network
    new = Node(900, 1.0, 1.0, "AA", "city")
    link = Link(900, network.nodes[0].place_id, Way.SEA, Evidence.TRAVELED, (4, 5), minutes=90)
    number = len(network.nodes)
    wider = extended(network, [new], [link], [(number, 1), (number, 2), (0, 1)])
    count = len(network)
    for name in (
        "tail",
        "head",
        "way",
        "evidence",
        "crossing",
        "km",
        "minutes",
        "wait",
        "cost",
        "rank",
        "times",
        "stale",
    ):
        assert getattr(wider, name)[:count].tolist() == getattr(network, name).tolist()
    assert [wider.carriers_of(edge) for edge in range(count)] == [network.carriers_of(edge) for edge in range(count)]
    assert wider.carriers_of(count) == [4, 5]
    assert all(wider.carriers_of(edge) == [] for edge in range(count + 1, len(wider)))
    assert len(wider.carrier_start) == len(wider) + 1
    assert wider.gates == network.gates
    assert wider.nodes[: len(network.nodes)] == network.nodes
    assert {wider.countries[one] for one in wider.country} == {node.country for node in wider.nodes}
    assert all(wider.nodes[wider.index[node.place_id]] == node for node in wider.nodes)
    assert len(wider.confirmed) == len(wider)


@pytest.mark.parametrize("seed", range(20))
def test_an_edge_has_no_carrier_left_if_all_of_them_are_stopped(seed):
    network = worlds.world(random.Random(seed)).network
    for closed in ({1}, {2, 3}, {1, 2, 3, 4, 5, 6}, set()):
        said = none_left(network, stopped(network, Closure("carrier", (), carrier_ids=frozenset(closed))))
        for edge in range(len(network)):
            carriers = set(network.carriers_of(edge))
            assert said[edge] == (bool(carriers) and carriers <= closed)


def bordering(*links):
    """A town, two sides of a border, and a town beyond it; with links."""
    nodes = [Node(number, 0.0, 2.0 * number, "AA" if number < 2 else "BB", "city") for number in range(4)]
    gate = Gate(7, 1, 2, None, Way.ROAD, 60.0, 0, None, None, "UTC")
    return build(nodes, links, [gate], (ints(0, 1, 2, 3), ints(1, 0, 3, 2)))


def edge(network, tail, head, way):
    wanted = (network.tail == tail) & (network.head == head) & (network.way == list(Way).index(way))
    return int(np.flatnonzero(wanted)[0])


def test_behind_a_border_the_bus_stands_ready_also_on_the_road_to_a_place_that_is_new():
    network = bordering()
    assert network.wait[edge(network, 0, 1, Way.ROAD)] == estimates.BUS_WAIT
    assert network.wait[edge(network, 2, 3, Way.ROAD)] == estimates.BORDER_WAIT
    wider = extended(network, [Node(9, 0.0, 7.5, "BB", "city")], [], [(2, 4), (3, 4)])
    assert wider.wait[edge(wider, 2, 4, Way.ROAD)] == estimates.BORDER_WAIT
    assert wider.wait[edge(wider, 3, 4, Way.ROAD)] == estimates.BUS_WAIT


def test_a_route_on_the_ground_comes_before_a_little_faster_one_by_air_but_not_before_a_much_faster_one():
    flights = [Link(0, 3, Way.AIR, Evidence.TRAVELED, ()), Link(3, 0, Way.AIR, Evidence.TRAVELED, ())]
    network, starts = bordering(*flights), utc("2026-05-12 08:00")

    def way(hours, *edges):
        steps = tuple(Step(one, starts, starts + timedelta(hours=hours)) for one in edges)
        return Alternative(Corridor(("air", 1)), steps, starts, hours * 60.0)

    flown, overland = edge(network, 0, 3, Way.AIR), [edge(network, n, n + 1, Way.ROAD) for n in range(3)]
    fast = way(8, flown)
    for hours, first in ((8.5, True), (11, False)):
        driven = way(hours, *overland)
        assert (easiest_first(network, [fast, driven])[0] is driven) is first
