"""Distances and great circles."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.geography.sphere import distance_km, great_circle, length_km

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))

CARACAS, BOGOTA, MADRID = (10.49, -66.88), (4.71, -74.07), (40.42, -3.70)
SUVA, APIA = (-18.12, 178.45), (-13.83, -171.76)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(CARACAS, BOGOTA, 1025), (CARACAS, MADRID, 7000), (SUVA, APIA, 1145), (CARACAS, CARACAS, 0)],
)
def test_distances_match_reference_values(a, b, expected):
    assert distance_km(a, b) == pytest.approx(expected, rel=0.01)


@given(points, points)
def test_distances_are_symmetric(a, b):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)


@given(points, points, points)
def test_distances_satisfy_the_triangle_inequality(a, b, c):
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


@given(points, points)
def test_a_great_circle_is_a_stepwise_shortest_path_between_its_ends(a, b):
    way = great_circle(a, b, step_km=250)
    assert (way[0], way[-1]) == (a, b)
    assert all(distance_km(p, q) <= 251 for p, q in itertools.pairwise(way))
    assert length_km(way) == pytest.approx(distance_km(a, b), abs=0.5)


def test_a_step_of_zero_is_rejected():
    with pytest.raises(ValueError, match="step"):
        great_circle(CARACAS, BOGOTA, step_km=0)
