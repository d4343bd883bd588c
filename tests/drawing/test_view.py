"""The area that a map shows."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.view import fitted

points = st.tuples(st.floats(-80, 80), st.floats(-180, 180))


@given(st.lists(points, min_size=1, max_size=8), st.sampled_from([None, 300, 720]))
def test_all_given_points_are_inside_the_view(shown, height):
    view = fitted(shown, 720, height)
    for point in shown:
        x, y = view.place(point)
        assert 0 <= x <= view.width
        assert 0 <= y <= view.height or view.span == 360


def test_places_on_both_sides_of_the_antimeridian_are_neighbors():
    view = fitted([(-17.8, 177.4), (-13.8, -172.0)], 720, None)
    assert view.span < 30
    assert view.place((-17.8, 177.4))[0] < view.place((-13.8, -172.0))[0]


def test_a_single_place_is_shown_with_its_surroundings():
    assert fitted([(10.5, -66.9)], 720, None).span >= 10


def test_without_points_the_whole_world_is_shown():
    assert fitted([], 720, None).span == 360


def test_slightly_different_points_share_the_same_view():
    views = {fitted([(10.5 + n / 40, -66.9), (40.4, -3.7 + n / 40)], 720, None) for n in range(40)}
    assert len(views) <= 4


@pytest.mark.parametrize("latitude", [0, 45, 60])
def test_shapes_are_not_distorted_in_inhabited_regions(latitude):
    view = fitted([(latitude - 1, 10), (latitude + 1, 10)], 720, None)
    (x, y), (east, _), (_, north) = (
        view.place(point) for point in ((latitude, 10), (latitude, 11), (latitude + 1, 10))
    )
    wide_by_high = (east - x) / (y - north)
    assert wide_by_high == pytest.approx(math.cos(math.radians(latitude)), rel=0.03)
