"""Removed places: offered and traveled over no more, kept by what names them, and back when they are recorded again."""

import pytest
from sqlalchemy import func, select

from app.domain.travel import gazetteer, places
from app.domain_errors import DomainError
from app.extensions import db
from app.models.travel.places import Place, PlaceKind
from app.queries.travel import dependents, legs, network
from app.queries.travel import places as place_queries
from app.queries.travel.places import CrossingShow


def recorded(**changes):
    values = {"name": "Maicao", "kind": PlaceKind.CITY, "code": None, "country": "CO", "timezone": None}
    return places.add_place(**values | changes)


def test_a_removed_place_is_found_and_offered_nowhere(make):
    user, congress = make.user(), make.congress()
    gone = make.place("MAD")
    make.service("MAD", "BOG")
    make.leg(make.delegation(congress), "MAD", "CCS")
    places.remove(gone, by=user)
    assert gone not in place_queries.search("madrid")
    assert gone not in place_queries.search("mad", "ES")
    assert place_queries.labeled(gone.label) is None
    assert gone not in place_queries.served("ES")
    assert place_queries.zones("ES") == []
    assert gone not in legs.used_places(congress.id)
    assert place_queries.find("madrid", "", 1).total == 0
    assert place_queries.removed() == [gone]
    places.bring_back(gone)
    assert gone in place_queries.search("madrid")
    assert gone in legs.used_places(congress.id)


def test_no_route_leads_over_a_removed_place_and_routes_built_before_are_forgotten(make):
    user, congress = make.user(), make.congress()
    gone = make.place("BOG")
    make.service("MAD", "BOG"), make.service("BOG", "CCS")
    make.leg(make.delegation(congress), "BOG", "CCS")
    assert gone.id in network.world().index
    places.remove(gone, by=user)
    assert gone.id not in network.world().index
    assert gone.id not in network.of_congress(congress)[0].index
    assert gone.id in network.of_congress(congress, [gone.id])[0].index, "people may be there"
    places.bring_back(gone)
    assert gone.id in network.world().index


def test_a_crossing_beside_a_removed_town_is_not_proposed(make):
    crossing = make.crossing()
    places.verify_crossing(crossing, make.user())
    assert place_queries.count_crossings() == (1, 1)
    places.remove(crossing.far, by=None)
    assert (crossing.usable, place_queries.count_crossings()) == (False, (0, 1))
    assert place_queries.find_crossings("", CrossingShow.USABLE, 1, language="en").total == 0
    assert crossing.id not in network.world().gates


def test_legs_and_problems_keep_a_removed_place(make):
    congress, place = make.congress(), make.place("Maicao")
    leg = make.leg(make.delegation(congress), "Maicao", "Paraguachón", mode="road")
    make.problem(congress, kind="place", place=place)
    make.crossing("Maicao", "Paraguachón", name="Raya")
    make.service("Maicao", "Paraguachón")
    counted = dependents.on(place)
    assert counted == {"legs": 1, "problems": 1, "crossings": 1, "services": 1}
    places.remove(place, by=None)
    db.session.expire_all()
    assert leg.origin.name == "Maicao"
    assert place_queries.get_place(place.id) is place


def test_whoever_records_a_removed_place_again_restores_it(make):
    place = recorded()
    places.remove(place, by=None)
    assert recorded(name="maicao", latitude=11.4, longitude=-72.2) is place
    assert (place.removed_at, place.name, place.point) == (None, "maicao", (11.4, -72.2))
    assert place in place_queries.search("maicao")


def test_a_removed_place_is_known_by_its_code_and_takes_the_corrected_name(make):
    place = recorded(name="Bogotta", kind=PlaceKind.AIRPORT, code="BOG", timezone="America/Lima")
    places.remove(place, by=None)
    assert recorded(name="Bogotá", kind=PlaceKind.AIRPORT, code="bog", timezone="America/Bogota") is place
    assert (place.name, place.timezone, place.removed_at) == ("Bogotá", "America/Bogota", None)
    assert place in place_queries.search("bogota")
    with pytest.raises(DomainError) as refused:
        recorded(name="Bogotá", code="BOG")
    assert refused.value.field == "code"


def test_the_time_zone_of_a_restored_place_stays_where_legs_are_shown_in_it(make):
    make.leg(make.delegation(make.congress()), "Maicao", "Paraguachón", mode="road")
    place = make.place("Maicao")
    places.remove(place, by=None)
    assert recorded(timezone="America/Lima") is place
    assert place.timezone == "America/Bogota"


def test_loading_the_built_in_data_again_leaves_a_removed_place_removed(make):
    gazetteer.load()
    before = db.session.scalar(select(func.count()).select_from(Place))
    place = place_queries.labeled("Maicao, CO")
    places.remove(place, by=None)
    gazetteer.load()
    assert place.removed_at is not None
    assert db.session.scalar(select(func.count()).select_from(Place)) == before
