"""Time zones, found by name or by city."""

import pytest

from app import zones
from app.domain.travel import places
from app.domain_errors import UndecidedError


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Londres", "Europe/London"),
        ("london", "Europe/London"),
        ("guayaquil", "America/Guayaquil"),
        ("México", "America/Mexico_City"),
    ],
)
def test_a_zone_is_found_by_its_city_in_all_languages(typed, zone):
    assert zone in zones.search(typed)


def test_punctuation_alone_finds_no_zone():
    assert zones.search("/") == []


@pytest.mark.parametrize(
    ("town", "country", "zone"),
    [
        ("Cúcuta", "CO", "America/Bogota"),
        ("cucuta", "CO", "America/Bogota"),
        ("Nowhere", "CO", "America/Bogota"),
        ("New York", "US", "America/New_York"),
    ],
)
def test_the_zone_of_a_town_is_that_of_the_known_place_or_the_only_one_of_its_country(make, town, country, zone):
    make.place("Cúcuta")
    make.place("JFK")
    assert places.zone_of(town, country) == zone


def test_the_zone_of_an_unknown_town_in_a_country_with_several_zones_must_be_chosen(make):
    with pytest.raises(UndecidedError) as asked:
        places.zone_of("Nowhere", "EC")
    assert asked.value.field == "timezone"
    assert asked.value.choices == ("America/Guayaquil", "Pacific/Galapagos")
