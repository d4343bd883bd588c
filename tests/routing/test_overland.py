"""Roads go around the water and never over it, except on bridges."""

import numpy as np
import pytest

from app.geography.shores import Shores
from app.routing.network import Node, distances
from app.routing.overland import leads_there, stays_on_land
from app.routing.roads import Terrain, across, between, from_place

TURKU, STOCKHOLM, TORNIO, HAPARANDA = (60.451, 22.267), (59.329, 18.069), (65.848, 24.147), (65.835, 24.137)
UMEA, VAASA, ANCONA, SEZANA, CEUTA, FARO = (
    (63.826, 20.263), (63.096, 21.616), (43.617, 13.519), (45.709, 13.874), (35.889, -5.31), (37.019, -7.931),
)  # fmt: skip
GENOVA, LIVORNO, LA_PAZ, MAZATLAN = (44.405, 8.946), (43.55, 10.31), (24.142, -110.312), (23.25, -106.411)
KOBENHAVN, MALMO, TARAWA, BONRIKI = (55.676, 12.568), (55.605, 13.0), (1.33, 172.98), (1.382, 173.147)


def nodes(*points, **changes):
    fields = {"country": "AA", "kind": "city", "part": (1, 1)} | changes
    return [Node(number, *point, **fields) for number, point in enumerate(points)]


def is_road(one, other, shores):
    ends = nodes(one, other)
    tail, head = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    return bool(stays_on_land(ends, tail, head, distances(ends, tail, head), shores)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [(TURKU, STOCKHOLM), (UMEA, VAASA), (ANCONA, SEZANA), (CEUTA, FARO), (LA_PAZ, MAZATLAN), (KOBENHAVN, MALMO)],
)
def test_no_road_leads_over_the_sea(one, other):
    assert not is_road(one, other, Shores())


@pytest.mark.parametrize(("one", "other"), [(GENOVA, LIVORNO), (TORNIO, HAPARANDA), (TARAWA, BONRIKI)])
def test_roads_follow_the_coast_and_lead_along_an_atoll(one, other):
    assert is_road(one, other, Shores())


def test_a_road_leads_over_a_bridge():
    assert is_road(KOBENHAVN, MALMO, Shores([(KOBENHAVN, MALMO)]))


def test_a_long_road_counts_if_other_roads_lead_around_the_water_without_a_long_detour():
    ends = nodes(TURKU, STOCKHOLM, (60.0, 30.0), (59.9, 29.0))
    tail, head = np.array([0, 0], dtype=np.int32), np.array([1, 2], dtype=np.int32)
    km = distances(ends, tail, head)
    assert leads_there(ends, tail, head, km, Shores()).tolist() == [False, True]
    around = np.array([0, 0, 2, 1], dtype=np.int32), np.array([1, 2, 1, 0], dtype=np.int32)
    assert leads_there(ends, *around, np.array([265.0, 5.0, 8.0, 265.0]), Shores()).tolist()[0]


def test_over_open_borders_roads_lead_only_over_land():
    here, there = nodes(TURKU, TORNIO), nodes(STOCKHOLM, HAPARANDA, country="BB")
    tails, heads = across([*here, *there], Terrain(shores=Shores(), open_pairs=frozenset({("AA", "BB")})))
    assert {*zip(tails.tolist(), heads.tolist(), strict=True)} == {(1, 3), (3, 1)}


def test_a_remote_town_has_a_road_to_its_own_airport_even_if_the_map_draws_it_on_another_island():
    town, airport = Node(1, 58.302, -134.42, "AA", "city", part=(9, 2)), Node(
        2, 58.355, -134.578, "AA", "airport", part=(1, 1), roadless=True
    )  # fmt: skip
    terrain = Terrain(shores=Shores())
    tails, heads = between([town, airport], frozenset(), terrain)
    assert {*zip(tails.tolist(), heads.tolist(), strict=True)} == {(0, 1), (1, 0)}
    assert from_place([town, airport], 0, 450.0, terrain) == [1]


def test_a_town_under_another_code_has_a_road_to_the_airport_of_the_country_that_it_belongs_to():
    town, airport = Node(1, 78.223, 15.647, "AA", "city", part=(5, 0)), Node(
        2, 78.246, 15.466, "BB", "airport", part=(5, 0)
    )  # fmt: skip
    assert from_place([town, airport], 0, 450.0, Terrain(open_pairs=frozenset({("AA", "BB")}))) == [1]
    assert from_place([town, airport], 0, 450.0, Terrain()) == []
