"""The strip of the world by hour, and bars of turnout."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.bars import Bar, draw_bars
from app.drawing.hours import Span, draw_hours

SVG = "{http://www.w3.org/2000/svg}"
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
SAID = {"title": "When", "description": "As text below"}
offsets = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters))
spans = st.builds(
    lambda label, minutes, long, offset: Span(
        label, NOON + timedelta(minutes=minutes), NOON + timedelta(minutes=minutes + long), offset
    ),
    st.text(max_size=80),
    st.integers(0, 26 * 60),
    st.integers(1, 30 * 24 * 60),
    offsets,
)


def rects(svg, style):
    return [one for one in ET.fromstring(svg).iter(f"{SVG}rect") if one.get("class") == style]


@settings(max_examples=30)
@given(st.lists(spans, min_size=1, max_size=6), offsets, st.integers(320, 1000))
def test_everything_is_inside_the_strip_and_no_two_hours_overlap(found, offset, width):
    svg = draw_hours(found, offset, width=width, **SAID)
    for one in ET.fromstring(svg).iter(f"{SVG}rect"):
        left = int(one.get("x") or 0)
        assert left >= 0
        assert left + int(one.get("width")) <= width
    hours = [int(one.get("x")) for one in ET.fromstring(svg).iter(f"{SVG}text") if one.get("class") == "m"]
    assert all(later - earlier >= 15 for earlier, later in pairwise(hours))
    assert len(rects(svg, "bar")) == len(found)


def test_bars_stand_in_the_order_of_time_over_the_nights_there():
    caracas = Span("18:00 Caracas", NOON, NOON + timedelta(hours=2), timedelta(hours=-4))
    madrid = Span("18:00 Madrid", NOON + timedelta(hours=5), NOON + timedelta(hours=7), timedelta(hours=1), is_off=True)
    svg = draw_hours([caracas, madrid], timedelta(0), **SAID)
    [first], [other] = rects(svg, "bar"), rects(svg, "bar off")
    assert int(first.get("x")) + int(first.get("width")) < int(other.get("x"))
    assert len(rects(svg, "night")) == 1  # from 19:00 in UTC in Madrid; that of Caracas is not in view
    assert "18:00 Caracas" in svg


def test_bars_show_what_was_expected_and_the_range_that_was_reported():
    svg = draw_bars([Bar("Peru", 200, 100, 150), Bar("Chile", 0, 0, 0)], **SAID)
    [expected], [least], [most] = (rects(svg, style) for style in ("expected", "bar", "range"))
    assert int(expected.get("width")) == 700
    assert (int(least.get("width")), int(most.get("width"))) == (350, 525)
    assert "Chile" in svg
