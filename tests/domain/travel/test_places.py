"""Places, crossings and services recorded by organizers: what is derived, and what is rejected."""

from datetime import time

import pytest

from app.domain.travel import places
from app.domain_errors import DomainError, UndecidedError
from app.models.travel.places import Mode, PlaceKind
from tests.databases import ONE_DATABASE

pytestmark = ONE_DATABASE


def add(country, latitude=None, longitude=None, *, name="Somewhere", code=None):
    return places.add_place(
        name=name,
        kind=PlaceKind.CITY,
        code=code,
        country=country,
        timezone=None,
        latitude=latitude,
        longitude=longitude,
    )


def crossing_values(make, **changes):
    values = {
        "name": "The bridge", "near": make.place("Cúcuta"), "far": make.place("San Antonio"), "mode": Mode.FOOT,
        "opens": time(6), "closes": time(18), "minutes": 45, "formalities": "A stamp", "note": "Slow on Mondays", "rank": 2,
    }  # fmt: skip
    return values | changes


def test_a_new_place_gets_the_only_known_zone_of_its_country(make):
    make.place("JFK")
    assert add("US").timezone == "America/New_York"


def test_of_several_zones_a_new_place_gets_that_of_the_nearest_known_place(make):
    for name, zone, point in (
        ("East", "America/New_York", (40.6, -73.8)),
        ("West", "America/Los_Angeles", (34.0, -118.2)),
    ):
        places.add_place(
            name=name,
            kind=PlaceKind.CITY,
            code=None,
            country="US",
            timezone=zone,
            latitude=point[0],
            longitude=point[1],
        )
    assert add("US", 36.2, -115.1, name="Las Vegas").timezone == "America/Los_Angeles"
    with pytest.raises(UndecidedError) as asked:
        add("US", name="Nowhere")
    assert asked.value.field == "timezone"
    assert "America/Denver" in asked.value.choices


def test_without_known_places_the_zone_is_that_of_the_country_or_must_be_chosen(make):
    assert add("CO", 4.7, -74.1).timezone == "America/Bogota"
    with pytest.raises(UndecidedError):
        add("EC", -0.2, -78.5)


@pytest.mark.parametrize(("latitude", "longitude", "missing"), [(4.7, None, "longitude"), (None, -74.1, "latitude")])
def test_a_single_coordinate_is_rejected_on_the_missing_field(make, latitude, longitude, missing):
    with pytest.raises(DomainError) as refused:
        add("CO", latitude, longitude)
    assert refused.value.field == missing


def test_a_code_names_one_place(make):
    assert add("CO", code="xyz").code == "XYZ"
    with pytest.raises(DomainError) as refused:
        add("CO", name="Elsewhere", code="xyz")
    assert refused.value.field == "code"


def test_every_value_of_a_crossing_can_be_changed(make):
    crossing, values = make.crossing(), crossing_values(make)
    places.change_crossing(crossing, values)
    assert {name: getattr(crossing, name) for name in values} == values
    places.change_crossing(crossing, values | {"minutes": 50})  # its own name is not a duplicate
    assert crossing.minutes == 50


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"opens": None}, "opens"), ({"closes": None}, "closes"), ({"name": "Cúcuta – San Antonio"}, "name")],
)
def test_a_crossing_with_incomplete_hours_or_a_duplicate_name_is_rejected(make, changes, field):
    make.crossing()
    with pytest.raises(DomainError) as refused:
        places.add_crossing(crossing_values(make, **changes))
    assert refused.value.field == field


def test_a_crossing_connects_two_countries(make):
    with pytest.raises(DomainError) as refused:
        places.add_crossing(crossing_values(make, far=make.place("Maicao")))
    assert refused.value.field == "far"


def test_crossings_at_different_places_may_have_the_same_name(make):
    make.crossing()
    elsewhere = {"near": make.place("Maicao"), "far": make.place("Paraguachón"), "name": "Cúcuta – San Antonio"}
    assert places.add_crossing(crossing_values(make, **elsewhere)).id


def test_a_service_that_ends_where_it_begins_is_rejected(make):
    with pytest.raises(DomainError) as refused:
        make.service("BOG", "BOG")
    assert refused.value.field == "destination"
