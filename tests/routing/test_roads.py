"""Estimated roads: on land, within one country, and only where roads exist."""

import pytest

from app.routing.network import Node
from app.routing.roads import Gap, Region, Terrain, between, from_place


def node(place_id, latitude, longitude, **changes):
    return Node(place_id, latitude, longitude, **{"country": "AA", "kind": "city", "part": (1, 1)} | changes)


def roads(nodes, borders=(), gaps=(), **terrain):
    """Return the pairs of places with a road, each once, after checking that it exists in both directions."""
    tails, heads = between(nodes, frozenset(borders), Terrain(gaps, **terrain))
    pairs = {(nodes[one].place_id, nodes[other].place_id) for one, other in zip(tails, heads, strict=True)}
    assert pairs == {(other, one) for one, other in pairs}
    return {pair for pair in pairs if pair[0] < pair[1]}


HERE = node(1, 0.0, 0.0)


@pytest.mark.parametrize(
    "other",
    [
        node(2, 0.5, 0.5, part=(2, 1)),
        node(2, 0.5, 0.5, part=(1, 2)),
        node(2, 0.5, 0.5, part=(-1, -1)),
        node(2, 0.5, 0.5, country="BB"),
        node(2, 0.5, 0.5, roadless=True),
        node(2, 0.0, 4.5),
    ],
    ids=["another island", "another part of the country", "no land known", "another country", "roadless", "too far"],
)
def test_no_road_leads_there(other):
    assert roads([HERE, other]) == set()
    assert from_place([HERE, other], 0, 450.0, Terrain()) == []


def test_a_road_leads_to_the_next_town_and_on_to_the_border():
    assert roads([HERE, node(2, 1.0, 1.0)]) == {(1, 2)}
    assert roads([HERE, node(2, 0.0, 5.5)]) == set()
    assert roads([HERE, node(2, 0.0, 5.5)], borders=[2]) == {(1, 2)}


def test_airports_are_joined_only_within_a_town():
    airports = [node(number, 0.0, number / 2, kind="airport") for number in (1, 2, 3)]
    assert roads(airports) == {(1, 2), (2, 3)}


def test_no_road_crosses_a_known_gap_but_other_roads_remain():
    nodes = [HERE, node(2, 0.0, 2.0), node(3, 1.5, 1.0)]
    gap = Gap("AA", (0.0, 0.0), (0.0, 2.0))
    assert roads(nodes, gaps=[gap]) == {(1, 3), (2, 3)}
    assert from_place(nodes, 0, 450.0, Terrain([gap])) == [2]
    assert roads(nodes, gaps=[Gap("BB", (0.0, 0.0), (0.0, 2.0))]) == {(1, 2), (1, 3), (2, 3)}


def test_a_gap_may_be_as_narrow_as_a_river_mouth():
    banks = [node(1, 13.48, -16.55), node(2, 13.28, -16.65)]
    assert roads(banks, gaps=[Gap("AA", (13.48, -16.55), (13.45, -16.58))]) == set()


def test_even_a_town_without_road_access_has_a_road_to_its_airport():
    assert roads([HERE, node(2, 0.1, 0.1, roadless=True, kind="airport")]) == {(1, 2)}


def test_no_road_leads_through_a_region_without_roads_except_local_streets():
    nodes = [HERE, node(2, 0.0, 4.0), node(3, 0.0, 0.1)]
    wild = [Region(-1.0, -1.0, 1.0, 2.5)]
    assert roads(nodes) == {(1, 2), (1, 3), (2, 3)}
    assert roads(nodes, regions=wild) == {(1, 3)}
    assert from_place(nodes, 0, 450.0, Terrain(regions=wild)) == [2]


def test_buses_drive_farther_between_cities_where_good_roads_lead_through_the_country():
    far = node(2, 0.0, 6.0)
    assert roads([HERE, far]) == set()
    assert roads([HERE, far], through=frozenset({"AA"})) == {(1, 2)}
    assert roads([HERE, node(2, 0.0, 6.0, kind="airport")], through=frozenset({"AA"})) == set()
