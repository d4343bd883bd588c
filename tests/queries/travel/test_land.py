"""The land that places are on, with the bridges and tunnels of the gazetteer."""

import pytest

from app.queries.travel.land import UNKNOWN, land_of


@pytest.mark.parametrize(
    ("country", "one", "other"),
    [
        ("DK", (55.618, 12.656), (55.68, 12.57)),  # Amager and Sjælland
        ("DK", (55.618, 12.656), (56.16, 10.2)),  # and on over Fyn to Jylland
        ("KR", (37.469, 126.451), (37.56, 126.99)),
        ("TR", (41.262, 28.728), (39.93, 32.86)),
        ("US", (40.639, -73.779), (41.85, -87.65)),
        ("MY", (5.297, 100.277), (3.14, 101.69)),
    ],
)
def test_bridges_and_tunnels_join_the_parts_of_a_country(country, one, other):
    assert land_of(one, country) == land_of(other, country) != UNKNOWN


@pytest.mark.parametrize(
    ("country", "one", "other"),
    [
        ("JP", (43.06, 141.35), (35.68, 139.69)),  # trains only
        ("IT", (38.12, 13.36), (41.9, 12.5)),
        ("ES", (39.57, 2.65), (40.42, -3.7)),
        ("KR", (33.51, 126.49), (37.56, 126.99)),
    ],
)
def test_islands_without_a_bridge_stay_apart(country, one, other):
    assert land_of(one, country) != land_of(other, country)
