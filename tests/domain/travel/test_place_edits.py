"""Edited places: duplicate names, and what is derived from the place."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.accounts import removals
from app.domain.travel import gazetteer, place_edits, places
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.scoping import EVERYTHING, OutOfScope, Scope, current_scope, enter_scope
from app.models.travel.hits import HitRecord
from app.models.travel.journeys import Overflight
from app.models.travel.places import NetworkEdition, PlaceKind
from app.queries.travel import network
from app.queries.travel import places as place_queries
from app.times import to_local
from tests.databases import ONE_DATABASE

pytestmark = ONE_DATABASE


def edited(place, **changes):
    names = ("name", "kind", "code", "country", "timezone", "latitude", "longitude")
    place_edits.change_place(place, {name: getattr(place, name) for name in names} | changes)


def overflown(leg):
    return set(db.session.scalars(select(Overflight.country).where(Overflight.leg_id == leg.id)))


@pytest.fixture
def terminal(make):
    return make.place("Terminal")


def test_an_edited_place_is_found_by_its_new_name_and_code_only(terminal):
    edited(terminal, name="Gate A", code="gta")
    assert terminal in place_queries.search("gate")
    assert place_queries.labeled("Gate A (GTA), VE") is terminal
    assert place_queries.search("lagos") == []


def test_legs_keep_their_local_times_in_another_time_zone(make, terminal):
    leg = make.leg(make.delegation(make.congress()), "Terminal", "CCS", mode="road")
    departs, arrives = to_local(leg.departs_at, "America/Caracas"), leg.arrives_at
    edited(terminal, timezone="America/Bogota")
    db.session.expire_all()
    assert to_local(leg.departs_at, "America/Bogota") == departs
    assert leg.arrives_at == arrives
    assert leg.revision == 2
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == "legs", AuditEntry.verb == "changed")
    ).one()
    assert set(entry.after) == {"departs_at"}


def test_legs_of_other_congresses_and_of_removed_delegations_follow_too(make, terminal):
    here, there = make.congress(), make.congress("Elsewhere")
    foreign, gone = make.delegation(there), make.delegation(here)
    legs = [make.leg(foreign, "Terminal", "CCS"), make.leg(gone, "Terminal", "CCS")]
    before = [leg.departs_at for leg in legs]
    removals.remove(gone, by=None)
    enter_scope(Scope(congress_ids=frozenset({here.id})))
    edited(terminal, timezone="America/Bogota")
    assert current_scope() == Scope(congress_ids=frozenset({here.id}))
    enter_scope(EVERYTHING)
    db.session.expire_all()
    assert [leg.departs_at > old for leg, old in zip(legs, before, strict=True)] == [True, True]


def test_the_scope_is_back_when_an_edit_fails(make, terminal):
    here = make.congress()
    leg = make.leg(make.delegation(make.congress("Elsewhere")), "Terminal", "CCS", mode="road")
    leg.arrives_at = leg.departs_at.replace(minute=(leg.departs_at.minute + 1) % 60, hour=leg.departs_at.hour + 1)
    db.session.commit()
    enter_scope(Scope(congress_ids=frozenset({here.id})))
    with pytest.raises(DomainError) as refused:
        edited(terminal, timezone="Pacific/Honolulu")
    assert refused.value.field == "timezone"
    assert current_scope() == Scope(congress_ids=frozenset({here.id}))
    db.session.rollback()
    leg.number = "7"
    with pytest.raises(OutOfScope):
        db.session.flush()
    db.session.rollback()
    enter_scope(EVERYTHING)


def test_countries_flown_over_and_hits_follow_the_location(make, terminal):
    congress = make.congress()
    leg = make.leg(make.delegation(congress), "Terminal", "BOG")
    problem = make.problem(congress, kind="country_airspace", country="VE")
    assert overflown(leg) == set()
    assert db.session.scalars(select(HitRecord.leg_id).where(HitRecord.ended_at.is_(None))).all() == [leg.id], problem
    edited(terminal, country="BR", timezone="America/Manaus", latitude=-3.1, longitude=-60.0)
    assert overflown(leg) <= {"VE", "PE"}
    assert db.session.scalars(select(HitRecord.leg_id).where(HitRecord.ended_at.is_(None))).all() == []


def test_routes_built_before_an_edit_are_forgotten(make, terminal):
    make.service("Terminal", "CCS")
    node = lambda: network.world().nodes[network.world().index[terminal.id]]  # noqa: E731 - a word for the test
    assert node().latitude == terminal.latitude
    edited(terminal, latitude=11.0)
    assert node().latitude == 11.0


def test_routes_of_another_network_with_the_same_number_are_forgotten(make, terminal):
    make.service("Terminal", "CCS")
    number, changed_at = network.edition()
    network.world()
    terminal.latitude = 11.0
    restored = {"number": number, "changed_at": changed_at + timedelta(microseconds=1)}
    db.session.execute(update(NetworkEdition).values(restored))
    assert network.world().nodes[network.world().index[terminal.id]].latitude == 11.0


def test_a_time_zone_that_is_left_out_is_derived_from_the_new_location_and_not_from_the_place_itself(make, terminal):
    make.place("BOG")
    edited(terminal, country="CO", timezone=None)
    assert terminal.timezone == "America/Bogota"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "Maicao", "country": "CO"}, "name"),
        ({"name": "Old town"}, "name"),
        ({"code": "bog"}, "code"),
        ({"latitude": None}, "latitude"),
        ({"country": "CO"}, "country"),
    ],
)
def test_an_edit_that_contradicts_another_record_is_rejected(make, terminal, changes, field):
    make.place("Maicao"), make.place("BOG")
    make.crossing("Cúcuta", "Terminal")
    old = places.add_place(name="Old town", kind=PlaceKind.CITY, code=None, country="VE", timezone="America/Caracas")
    places.remove(old, by=None)
    with pytest.raises(DomainError) as refused:
        edited(terminal, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize("name", ["Maicao", "BOG", "Puente"])
def test_built_in_places_are_recognized_by_name_or_code(make, terminal, name):
    assert gazetteer.is_built_in(make.place(name)) == (name != "Puente")
    assert not gazetteer.is_built_in(terminal)


def test_an_airport_is_in_the_flight_information_region_of_its_new_country(make):
    strip = places.add_place(name="Strip", kind=PlaceKind.AIRPORT, code="Q9Q", country="CO", timezone="America/Bogota")
    edited(strip, country="VE", timezone="America/Caracas")
    assert strip.fir == places.gazetteer.region_of("VE")
    edited(strip, kind=PlaceKind.CITY)
    assert strip.fir is None
