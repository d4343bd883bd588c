"""Long waits happen where a route starts: departures are as late as the arrival allows."""

import random
from datetime import time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.routing.closures import Closure, Period, warned
from app.routing.network import Evidence, Gate, Link, Node, Way, build
from app.routing.search import find
from app.routing.walk import Calendar, postponed, walk
from app.routing.wishes import Wish
from tests.routing import worlds
from tests.routing.test_staleness import NO_ROADS
from tests.routing.worlds import NOW


def land(opens=None, closes=None):
    """Return a road to a border, the border, and a road behind it."""
    nodes = [
        Node(1, 0.0, 0.0, "AA", "city"), Node(2, 0.0, 2.0, "AA", "city"), Node(3, 0.0, 2.1, "BB", "city"),
        Node(4, 0.0, 4.0, "BB", "city"),
    ]  # fmt: skip
    links = [Link(one, one + 1, Way.ROAD, Evidence.ENTERED, minutes=180) for one in (1, 3)]
    return build(nodes, links, [Gate(1, 2, 3, None, Way.ROAD, 60, 0, opens, closes, "UTC")], NO_ROADS)


def test_travelers_wait_for_the_end_of_a_closure_where_they_are_at_home():
    ends = NOW + timedelta(days=2)
    closed = Closure("border", (Period(NOW - timedelta(days=1), ends),), country="BB")
    [[way]] = find(land(), 4, [Wish(1, NOW)], [closed])
    assert [step.departs_at for step in way.steps[:2]] == [ends - timedelta(hours=3), ends]
    assert way.starts_at == NOW


def test_travelers_wait_for_a_border_to_open_where_they_are_at_home():
    [[way]] = find(land(time(8), time(18)), 4, [Wish(1, NOW)], [])
    assert way.steps[1].departs_at == NOW.replace(hour=8) + timedelta(days=1)
    assert way.steps[0].arrives_at == way.steps[1].departs_at


def test_travelers_wait_on_the_way_if_the_way_there_is_closed_later():
    ends = NOW + timedelta(days=2)
    border = Closure("border", (Period(NOW - timedelta(days=1), ends),), country="BB")
    road = Closure("road", (Period(NOW + timedelta(hours=20)),), place_id=1, other_place_id=2)
    [[way]] = find(land(), 4, [Wish(1, NOW)], [border, road])
    assert NOW + timedelta(hours=19) < way.steps[0].arrives_at <= NOW + timedelta(hours=20)
    assert way.steps[1].departs_at == ends


def test_roads_closed_in_a_country_leave_the_way_to_its_airports_open():
    nodes = [Node(1, 0.0, 0.0, "AA", "airport"), Node(2, 0.0, 5.0, "BB", "airport"), Node(3, 0.0, 5.2, "BB", "city")]
    links = [Link(1, 2, Way.AIR, Evidence.SEEN), Link(2, 3, Way.ROAD, Evidence.ENTERED)]
    closed = Closure("mode", (Period(NOW - timedelta(days=1)),), way="road", country="BB")
    [[way]] = find(build(nodes, links, (), NO_ROADS), 3, [Wish(1, NOW)], [closed])
    assert len(way.steps) == 2
    farther = [*nodes[:2], Node(3, 0.0, 5.5, "BB", "city")]
    assert find(build(farther, links, (), NO_ROADS), 3, [Wish(1, NOW)], [closed]) == [[]]


def test_a_refusal_that_ends_is_waited_for_and_one_that_does_not_is_avoided():
    refusal = Closure("nationality", (Period(NOW - timedelta(days=1), NOW + timedelta(hours=12)),), country="BB")
    [[way]] = find(land(), 4, [Wish(1, NOW, refusals=(refusal,))], [])
    assert way.steps[1].departs_at == NOW + timedelta(hours=12)
    for_ever = Closure("nationality", (Period(NOW - timedelta(days=1)),), country="BB")
    assert find(land(), 4, [Wish(1, NOW, refusals=(for_ever,))], []) == [[]]


def test_a_warning_about_a_town_concerns_its_airport_too():
    nodes = [Node(1, 0.0, 0.0, "AA", "airport"), Node(2, 0.0, 5.0, "BB", "airport"), Node(3, 0.0, 5.2, "BB", "city")]
    network = build([*nodes, Node(4, 0.0, 9.0, "BB", "city")], [Link(1, 2, Way.AIR, Evidence.SEEN)], (), NO_ROADS)
    about = {place: warned(network, Closure("place", (), place_id=place)).tolist() for place in (3, 4)}
    assert about == {3: [True], 4: [False]}


@settings(max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 2**32))
def test_postponing_changes_neither_the_arrival_nor_the_order_and_uses_nothing_closed(seed):
    chance = random.Random(seed)
    world = worlds.world(chance)
    closures = worlds.closures(chance, world)
    calendar = Calendar.of(world.network, closures, [])
    for ways in find(world.network, world.destination_id, [worlds.wish(chance, world) for _ in range(4)], []):
        for way in ways:
            steps = walk(calendar, way.edges, way.starts_at)
            later = postponed(calendar, steps) if steps else ()
            assert not steps or later[-1] == steps[-1]
            for before, after in zip(steps or (), later, strict=True):
                wait = timedelta(minutes=float(world.network.wait[after.edge]))
                assert after.departs_at >= before.departs_at
                assert calendar.departure(after.edge, after.departs_at - wait) == after.departs_at
