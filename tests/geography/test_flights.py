"""The countries that a flight crosses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.geography.flights import overflown

PANAMA, GEORGETOWN, BOGOTA, PORT_OF_SPAIN = (9.07, -79.38), (6.5, -58.25), (4.70, -74.15), (10.6, -61.34)
BUENOS_AIRES, SANTIAGO, MADRID, SYDNEY, LONDON = (
    (-34.82, -58.54),
    (-33.39, -70.79),
    (40.47, -3.56),
    (-33.95, 151.18),
    (51.47, -0.45),
)
NADI, APIA, ANCHORAGE, TOKYO, HAVANA = (
    (-17.755, 177.44),
    (-13.83, -172.0),
    (61.17, -150.0),
    (35.76, 140.39),
    (22.99, -82.41),
)
MOSCOW = (55.97, 37.41)

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("a", "b", "over"),
    [
        (PANAMA, GEORGETOWN, {"PA", "CO", "VE", "GY"}),
        (BOGOTA, PORT_OF_SPAIN, {"CO", "VE", "TT"}),
        (MADRID, BOGOTA, {"ES", "PT", "VE", "CO"}),
    ],
)
def test_these_flights_pass_over_venezuela(a, b, over):
    assert over <= overflown(a, b)


def test_from_buenos_aires_to_santiago_there_are_two_countries():
    assert overflown(BUENOS_AIRES, SANTIAGO) == {"AR", "CL"}


def test_havana_to_panama_does_not_touch_venezuela():
    assert "VE" not in overflown(HAVANA, PANAMA)


def test_the_antimeridian_is_not_an_edge():
    assert overflown(NADI, APIA) == {"FJ", "WS"}
    assert overflown(ANCHORAGE, TOKYO) <= {"US", "JP", "RU"}


def test_the_shortest_route_over_the_pole_is_used():
    assert "RU" in overflown(ANCHORAGE, MOSCOW)
    assert overflown((89.0, 0.0), (89.0, 180.0)) == frozenset()
    assert overflown((-89.0, 0.0), (-89.0, 180.0)) == {"AQ"}


def test_an_end_on_the_coast_belongs_to_its_country():
    assert overflown((10.70, -66.95), (10.75, -66.95)) == {"VE"}


@given(points, points)
def test_the_return_flight_crosses_the_same_countries(a, b):
    assert overflown(a, b) == overflown(b, a)
