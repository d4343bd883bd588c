"""Countries, parts and land masses."""

import itertools
import random
import tracemalloc

import pytest

from app.geography.cells import Cells, cells
from app.geography.places import country_at, part_of
from app.geography.world import SEA, world

CARACAS, MAIQUETIA, GUIRIA, PORT_OF_SPAIN = (10.49, -66.88), (10.603, -66.991), (10.57, -62.30), (10.65, -61.50)
BOGOTA, MANAUS, HAVANA, PANAMA, MEXICO = (4.71, -74.07), (-3.10, -60.02), (23.11, -82.37), (9.0, -79.5), (19.43, -99.13)
LOS_ANGELES, SEATTLE, ANCHORAGE, HONOLULU = (34.05, -118.24), (47.6, -122.3), (61.2, -149.9), (21.31, -157.86)
MADRID, LISBON, MOSCOW, KALININGRAD, PROVIDENIYA = (
    (40.4, -3.7),
    (38.7, -9.1),
    (55.75, 37.6),
    (54.7, 20.5),
    (64.5, -173.3),
)
DELHI, PORT_BLAIR, CAIRO, ATLANTIC = (28.6, 77.2), (11.67, 92.74), (30.0, 31.2), (30.0, -40.0)


@pytest.mark.parametrize(
    ("point", "country"),
    [
        (CARACAS, "VE"),
        (BOGOTA, "CO"),
        (MANAUS, "BR"),
        ((7.89, -72.50), "CO"),
        ((7.81, -72.44), "VE"),
        ((2.82, -60.67), "BR"),
        ((-29.3, 27.5), "LS"),
        ((4.9, -52.4), "GF"),
        ((42.66, 21.16), "XK"),
        ((35.2, 33.4), "X-NCYPRUS"),
        ((9.56, 44.06), "X-SOMALILAND"),
        ((45.0, 34.0), "X-CRIMEA"),
        ((31.9, 35.2), "PS"),
        ((27.15, -13.2), "EH"),
        ((26.15, -10.57), "EH"),
        ((28.98, -10.06), "MA"),
        ((66.0, -172.0), "RU"),
        ((-90.0, 0.0), "AQ"),
        ((-85.0, 179.99), "AQ"),
        ((90.0, 10.0), None),
        (ATLANTIC, None),
        ((10.49, 293.12), "VE"),
    ],
)
def test_a_point_lies_in_its_country(point, country):
    assert country_at(point) == country


def landmass_at(point):
    """Return the land mass of a point, as if it were in the country whose area is nearest."""
    return part_of(point, country_at(point) or "")[0]


@pytest.mark.parametrize(
    ("a", "b"),
    [(BOGOTA, MANAUS), (ANCHORAGE, SEATTLE), (PANAMA, MEXICO), (MADRID, MOSCOW), (CAIRO, DELHI), (GUIRIA, CARACAS)],
)
def test_a_land_mass_extends_across_borders(a, b):
    assert landmass_at(a) == landmass_at(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [(HONOLULU, LOS_ANGELES), (PORT_OF_SPAIN, GUIRIA), (HAVANA, MEXICO), (PORT_BLAIR, DELHI), (CARACAS, MADRID)],
)
def test_an_island_is_a_separate_land_mass(a, b):
    assert landmass_at(a) != landmass_at(b)


@pytest.mark.parametrize(
    ("country", "a", "b"),
    [
        ("US", ANCHORAGE, SEATTLE), ("RU", KALININGRAD, MOSCOW), ("IN", PORT_BLAIR, DELHI),
        ("US", HONOLULU, LOS_ANGELES),
    ],
)  # fmt: skip
def test_disconnected_areas_of_a_country_are_different_parts(country, a, b):
    assert part_of(a, country)[1] != part_of(b, country)[1]


def test_the_largest_part_comes_first_and_the_antimeridian_divides_none():
    assert part_of(LISBON, "PT")[1] == 0
    assert part_of(MOSCOW, "RU") == part_of(PROVIDENIYA, "RU")
    assert part_of(MOSCOW, "RU")[1] == 0


def test_points_just_off_the_coast_count_as_land_but_the_ocean_does_not():
    pier = (10.70, -66.95)
    assert country_at(pier) is None
    assert part_of(pier, "VE") == part_of(CARACAS, "VE") == part_of(MAIQUETIA, "VE")
    assert part_of(ATLANTIC, "VE") is None


def test_a_border_town_on_the_wrong_side_of_the_drawn_line_belongs_to_its_own_country():
    port_alcan = (62.615, -141.0)
    assert country_at(port_alcan) == "CA"
    assert part_of(port_alcan, "US") == part_of(ANCHORAGE, "US")


def test_an_area_behind_a_line_of_control_is_apart():
    assert part_of((45.052, 33.975), "UA") != part_of((50.45, 30.52), "UA")


def test_the_cell_table_agrees_with_the_point_in_polygon_test():
    rings = [[_way(ring) for ring in part.rings] for part in world().parts]
    chance = random.Random(7)
    for _ in range(25):
        point = chance.uniform(-60, 80), chance.uniform(-168, 178)
        holders = [n for n, ways in enumerate(rings) if sum(_crossings(way, point) for way in ways) % 2]
        # Antarctica contains the pole, which a flat map does not show
        holders = [n for n in holders if world().parts[n].country != "AQ"]
        assert cells().part_at(point) == (holders[0] if holders else SEA), point


def _way(ring):
    of = world()
    way = []
    for arc in ring:
        start, end = of.starts[max(arc, ~arc)], of.starts[max(arc, ~arc) + 1]
        piece = list(zip(of.longitudes[start:end], of.latitudes[start:end], strict=True))
        piece = piece if arc >= 0 else piece[::-1]
        shift = round((way[-1][0] - piece[0][0]) / 360) * 360 if way else 0
        way += [(x + shift, y) for x, y in piece]
    return way


def _crossings(way, point):
    latitude, longitude = point
    count = 0
    for (x, y), (x2, y2) in itertools.pairwise(way):
        if (y > latitude) != (y2 > latitude):
            x_there = x + (latitude - y) / (y2 - y) * (x2 - x)
            count += sum(longitude + turn < x_there for turn in (-360, 0, 360))
    return count


def test_the_world_data_use_little_memory():
    tracemalloc.start()
    try:
        Cells(world.__wrapped__())
        used, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 25e6
    assert used < peak
