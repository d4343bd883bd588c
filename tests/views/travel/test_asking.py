"""Forms ask about ambiguous input, with choices to tap; the input is kept."""

import html
import re

import pytest

from app.domain.travel import places
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.congresses import Congress
from app.models.scoping import EVERYTHING, enter_scope
from app.models.travel.journeys import Leg
from app.models.travel.places import PlaceKind
from app.times import to_local
from tests.factories import utc

PLACES = [
    ("Ayacucho", PlaceKind.AIRPORT, "AYP", "PE", "America/Lima", -13.155, -74.204),
    ("Puerto Ayacucho", PlaceKind.CITY, None, "VE", "America/Caracas", 5.664, -67.624),
    ("Quito", PlaceKind.CITY, None, "EC", "America/Guayaquil", -0.18, -78.468),
    ("Quito", PlaceKind.AIRPORT, "UIO", "EC", "America/Guayaquil", -0.129, -78.358),
    ("Madrid", PlaceKind.CITY, None, "ES", "Europe/Madrid", 40.417, -3.704),
    ("Madrid", PlaceKind.CITY, None, "CO", "America/Bogota", 4.73, -74.264),
    ("New York", PlaceKind.CITY, None, "US", "America/New_York", 40.71, -74.0),
    ("Boston", PlaceKind.CITY, None, "US", "America/New_York", 42.36, -71.06),
]


@pytest.fixture
def desk(house, browse):
    """A client, the address of a new leg of a Peruvian delegation, and the values of its form."""
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        delegation = make.delegation(make.congress(), country="PE")
        for name, kind, code, country, zone, latitude, longitude in PLACES:
            places.add_place(
                name=name, kind=kind, code=code, country=country, timezone=zone, latitude=latitude, longitude=longitude
            )
        db.session.commit()
        path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/legs/new"
    client = browse(alice)

    def send(**changes):
        values = {
            "journey": "out", "mode": "road", "origin": "Quito", "departs": "2026-10-30T10:00",
            "destination": "Puerto Ayacucho, VE", "arrives": "2026-10-31T13:00", "status": "planned",
        }  # fmt: skip
        return client.post(path, data=values | changes)

    return send


def offered(response, field):
    """Return the choices under a field: the label of each, and the value that is sent for it."""
    body = html.unescape(response.get_data(as_text=True))
    found = re.findall(rf'name="{field}-choice" value="([^"]+)"[^>]*>\s*([^<]+?)\s*<', body)
    return {name: value for value, name in found}


def legs(house):
    with house.open():
        enter_scope(EVERYTHING)
        return db.session.query(Leg).all()


def test_a_town_that_contains_the_name_in_another_country_must_be_confirmed(desk):
    response = desk(origin="Ayacucho")
    assert response.status_code == 422
    assert list(offered(response, "origin")) == [
        "Ayacucho (AYP), Peru · airport",
        "Puerto Ayacucho, Venezuela · city",
        "Record it: Ayacucho",
    ]
    assert 'value="Ayacucho"' in response.get_data(as_text=True)


def test_by_air_a_name_means_the_airport_in_the_delegations_country(desk, house):
    assert desk(origin="Ayacucho", mode="air", destination="UIO").status_code == 302


def test_by_road_an_airport_code_means_its_town_or_the_airport(desk, house):
    response = desk(origin="UIO")
    choices = offered(response, "origin")
    assert list(choices) == ["Quito, Ecuador · city", "Quito (UIO), Ecuador · airport", "Record it: UIO"]
    tapped = {"origin-choice": choices["Quito (UIO), Ecuador · airport"], "origin-about": "UIO"}
    assert desk(origin="UIO", **tapped).status_code == 302
    assert [leg.origin.code for leg in legs(house)] == ["UIO"]


def test_by_road_a_town_takes_precedence_over_an_airport_with_its_name(desk, house):
    assert desk(origin="quito").status_code == 302
    assert [leg.origin.kind for leg in legs(house)] == [PlaceKind.CITY]


def test_one_of_several_towns_with_a_name_is_chosen_by_tapping_or_by_its_country(desk, house):
    assert list(offered(desk(origin="Madrid"), "origin")) == [
        "Madrid, Spain · city",
        "Madrid, Colombia · city",
        "Record it: Madrid",
    ]
    assert desk(origin="Madrid, España").status_code == 302
    assert [leg.origin.country for leg in legs(house)] == ["ES"]


def test_a_repeated_time_must_be_chosen_and_the_choice_is_kept(desk, house):
    ends = {"origin": "Boston", "destination": "New York"}
    hours = {"departs": "2026-11-01T00:30", "arrives": "2026-11-01T01:30"}
    response = desk(**ends, **hours)
    choices = offered(response, "arrives")
    assert list(choices) == [
        "01:30 before the clocks are put back (UTC-04:00)", "01:30 after the clocks are put back (UTC-05:00)",
    ]  # fmt: skip
    assert desk(**ends, **hours, **{"arrives-choice": list(choices.values())[1]}).status_code == 302
    assert [leg.arrives_at for leg in legs(house)] == [utc("2026-11-01 06:30")]


def test_editing_a_leg_shows_the_current_reading_of_a_repeated_time_and_accepts_the_other(desk, house, browse):
    ends = {"origin": "Boston", "destination": "New York"}
    hours = {"departs": "2026-11-01T00:30", "arrives": "2026-11-01T01:30"}
    kept = desk(**ends, **hours, **{"arrives-choice": "2026-11-01T01:30-05:00"})
    (leg,) = legs(house)
    with house.open() as make:
        bob = make.user("Bob")
        make.grant(bob, Role.ADMIN)
        path = f"{kept.location.partition('#')[0]}/legs/{leg.id}/edit"
    client = browse(bob)
    page = client.get(path).get_data(as_text=True)
    assert re.search(r'value="2026-11-01T01:30-05:00"\s+checked', page)
    assert client.edit(path, **{"arrives-choice": "2026-11-01T01:30-04:00"}).status_code == 302
    assert [leg.arrives_at for leg in legs(house)] == [utc("2026-11-01 05:30")]


def test_the_only_plausible_reading_needs_no_choice(desk, house):
    ends = {"origin": "Boston", "destination": "New York"}
    assert desk(**ends, departs="2026-11-01T01:30", arrives="2026-11-01T01:10").status_code == 302
    (leg,) = legs(house)
    assert (leg.departs_at, leg.arrives_at) == (utc("2026-11-01 05:30"), utc("2026-11-01 06:10"))
    assert to_local(leg.arrives_at, "America/New_York").hour == 1


def test_the_error_for_a_skipped_time_names_the_times_around_it(desk):
    body = desk(origin="Boston", destination="New York", departs="2026-03-08T02:30").get_data(as_text=True)
    assert re.search(
        r"New York on that day: the clocks go forward from Mar 8, (2026, )?01:59 to Mar 8, (2026, )?03:00", body
    )


@pytest.mark.parametrize(
    ("typed", "status"), [("", 302), ("Quito", 302), ("America/Guayaquil", 302), ("Atlantis", 422)]
)
def test_the_zone_of_a_congress_is_derived_from_its_town_or_chosen_by_city(desk, house, browse, typed, status):
    with house.open() as make:
        bob = make.user("Bob")
        make.grant(bob, Role.ADMIN)
    values = {
        "title": "Another", "locality": "Quito", "country": "EC", "timezone": typed, "start_date": "2027-03-01",
        "end_date": "2027-03-02", "status": "confirmed",
    }  # fmt: skip
    assert browse(bob).post("/congresses/new", data=values).status_code == status
    with house.open():
        zones = db.session.query(Congress.timezone).filter_by(title="Another").all()
    assert zones == ([("America/Guayaquil",)] if status == 302 else [])
