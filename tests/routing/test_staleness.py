"""Flights that seem to have ended: judged by country pairs and airports, not by single pairs, and used only if nothing else is."""

from datetime import timedelta

import numpy as np

from app.routing.network import Evidence, Link, Node, Way, build
from app.routing.search import find
from app.routing.staleness import Run, dead_pairs, usual_carriers
from app.routing.wishes import Wish
from tests.routing.worlds import NOW

COUNTRY = {1: "DE", 2: "RU", 3: "TR", 4: "SE", 5: "US", 6: "FR", 7: "RU", 8: "TR"}
NO_ROADS = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))


def usual(*pairs):
    """Return flights of a carrier between some places of which half of the call signs are recent."""
    return [Run(one, other, 10, 40, 20) for one, other in pairs]


def test_a_country_pair_without_any_recent_call_sign_among_many_is_dead():
    runs = [*usual((1, 3), (3, 2)), Run(1, 2, 10, 40, 0)]
    assert dead_pairs(runs, COUNTRY) == {(1, 2)}


def test_a_country_pair_that_only_looks_stale_is_kept():
    few = Run(4, 5, 10, 12, 0)
    assert dead_pairs([*usual((1, 3), (3, 2)), few], COUNTRY) == set()
    steady = Run(4, 5, 11, 60, 0)  # its carrier never changes a call sign
    always_the_same = Run(1, 3, 11, 900, 0)
    assert (4, 5) not in dead_pairs([*usual((1, 3), (3, 2)), steady, always_the_same], COUNTRY)


def test_one_recent_call_sign_keeps_all_pairs_of_two_countries():
    runs = [*usual((1, 3), (3, 2)), Run(1, 2, 10, 40, 0), Run(1, 7, 10, 2, 1)]
    assert dead_pairs(runs, COUNTRY) == set()


def test_flights_of_one_country_with_all_of_europe_are_judged_together():
    runs = [*usual((1, 3), (3, 2), (4, 3), (6, 3)), *(Run(one, 2, 10, 10, 0) for one in (1, 4, 6))]
    assert dead_pairs(runs, COUNTRY) == {(1, 2), (4, 2), (6, 2)}


def test_an_airport_without_any_recent_call_sign_is_dead_though_its_country_is_not():
    runs = [*usual((1, 3), (3, 1)), Run(1, 8, 10, 40, 0)]
    assert dead_pairs(runs, COUNTRY) == {(1, 8)}


def test_a_house_without_any_recent_call_sign_has_no_dead_flights():
    assert dead_pairs([Run(1, 2, 10, 400, 0), Run(1, 3, None, 400, 0)], COUNTRY) == set()


def test_a_rare_carrier_of_a_third_country_is_not_among_the_usual_ones():
    of_carrier = {1: "QA", 2: "BH", 3: "IN", 4: "AE", 5: None}
    runs = [Run(1, 2, 1, 12, 6), Run(1, 2, 2, 7, 0), Run(1, 2, 3, 5, 0), Run(1, 2, 4, 9, 4), Run(1, 2, 5, 1, 0)]
    assert [run.carrier_id for run in usual_carriers(runs, ("BH", "QA"), of_carrier)] == [1, 2, 4, 5]
    assert [run.carrier_id for run in usual_carriers(runs[2:3], ("BH", "QA"), of_carrier)] == [3]


def land(*, bus):
    nodes = [Node(1, 0.0, 0.0, "AA", "city"), Node(2, 0.0, 5.0, "BB", "city")]
    links = [Link(1, 2, Way.AIR, Evidence.SEEN, stale=True)]
    return build(nodes, links + ([Link(1, 2, Way.SEA, Evidence.ENTERED, minutes=3000)] if bus else []), (), NO_ROADS)


def test_a_flight_that_seems_to_have_ended_is_used_only_where_there_is_no_other_way():
    [[way]] = find(land(bus=True), 2, [Wish(1, NOW)], [])
    assert way.minutes > timedelta(hours=50) / timedelta(minutes=1)
    network = land(bus=False)
    [[way]] = find(network, 2, [Wish(1, NOW)], [])
    assert network.stale[way.edges].all()
