"""Simplifying, clipping and writing lines."""

import math

from hypothesis import given
from hypothesis import strategies as st

from app.drawing.strokes import cut_area, cut_line, path, thinned

BOX = (0.0, 0.0, 100.0, 60.0)
lines = st.lists(st.tuples(st.floats(-200, 300), st.floats(-200, 300)), min_size=2, max_size=12)


@given(lines, st.floats(0.1, 20))
def test_a_simplified_line_keeps_its_ends_and_stays_close(dots, tolerance):
    kept = thinned(dots, tolerance)
    assert (kept[0], kept[-1]) == (dots[0], dots[-1])
    assert set(kept) <= set(dots)


@given(lines)
def test_clipped_lines_are_inside_the_box(dots):
    pieces = [*cut_line(dots, BOX), cut_area(dots, BOX)]
    assert all(-1e-6 <= x <= 100 + 1e-6 and -1e-6 <= y <= 60 + 1e-6 for piece in pieces for x, y in piece)


def test_a_line_that_leaves_and_returns_is_two_pieces():
    assert cut_line([(10, 10), (10, 100), (50, 100), (50, 10)], BOX) == [[(10, 10), (10, 60)], [(50, 60), (50, 10)]]


def test_a_clipped_area_is_closed_along_the_edge():
    assert set(cut_area([(-50, 10), (50, 10), (50, 20), (-50, 20)], BOX)) == {(0, 10), (50, 10), (50, 20), (0, 20)}


def test_a_path_has_integer_steps_without_empty_ones():
    assert path([(1.2, -2.2), (3.9, 4.1), (4.2, 4.0), (-1.0, 4.0)]) == "M1-2l3 6-5 0"
    assert path([(0, 0), (0.2, 0.3)]) == ""
    assert path([(0, 0), (9, 0), (9, 9), (0, 0)], closed=True) == "M0 0l9 0 0 9z"


def test_a_long_line_is_simplified_to_the_visible_resolution():
    arc = [(math.cos(n / 100) * 300, math.sin(n / 100) * 300) for n in range(300)]
    assert len(thinned(arc, 0.25)) < 80
