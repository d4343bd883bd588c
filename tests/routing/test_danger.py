"""Roads that lead along a dangerous one."""

import numpy as np
import pytest

from app.routing.closures import Closure, touched
from app.routing.network import Evidence, Link, Node, Way, build

PASTO, POPAYAN, CALI, CHACHAGUI, TUMACO, MOCOA = (
    (1.21, -77.28), (2.44, -76.61), (3.45, -76.53), (1.36, -77.28), (1.81, -78.76), (1.15, -76.65),
)  # fmt: skip
TOWNS = {"pasto": PASTO, "popayan": POPAYAN, "cali": CALI, "chachagui": CHACHAGUI, "tumaco": TUMACO, "mocoa": MOCOA}


def closed(one, other, way=Way.ROAD, evidence=Evidence.ESTIMATE):
    nodes = [Node(number, *point, "CO", "city", part=(1, 1)) for number, point in enumerate(TOWNS.values())]
    ends = [list(TOWNS).index(town) for town in (one, other)]
    none = np.empty(0, dtype=np.int32)
    network = build(nodes, [Link(*ends, way, evidence)], (), (none, none))
    return bool(touched(network, Closure("road_along", (), between=(PASTO, POPAYAN)))[0])


@pytest.mark.parametrize(
    ("one", "other"), [("pasto", "popayan"), ("popayan", "pasto"), ("pasto", "cali"), ("chachagui", "popayan")]
)
def test_the_road_itself_longer_ones_that_contain_it_and_parts_of_it_are_closed(one, other):
    assert closed(one, other)
    assert closed(one, other, evidence=Evidence.TRAVELED)


@pytest.mark.parametrize(
    ("one", "other"), [("popayan", "cali"), ("pasto", "tumaco"), ("pasto", "mocoa"), ("pasto", "chachagui")]
)
def test_other_roads_and_short_ways_stay_open(one, other):
    assert not closed(one, other)


def test_flights_stay_open():
    assert not closed("pasto", "popayan", way=Way.AIR)
