"""The network as loaded from the tables."""

import pytest
from sqlalchemy import update

from app import clock
from app.domain.travel.places import network_changed
from app.extensions import db
from app.models.travel.places import Crossing, Mode, Place, PlaceKind, Service, ServiceSource
from app.queries.travel import network


@pytest.fixture
def bridge(make):
    """An unverified crossing, with a flight nearby."""
    near, far = (
        Place(name=name, kind=PlaceKind.CITY, country=country, timezone=zone, latitude=7.8, longitude=longitude, words="")
        for name, country, zone, longitude in (
            ("Cúcuta", "CO", "America/Bogota", -72.5), ("San Antonio", "VE", "America/Caracas", -72.44),
        )
    )  # fmt: skip
    db.session.add_all([near, far])
    db.session.flush()
    crossing = Crossing(name="Bridge", near_id=near.id, far_id=far.id, mode=Mode.ROAD, minutes=60, rank=0, banned=False)
    flight = Service(
        origin_id=make.place("BOG").id, destination_id=make.place("CCS").id, mode=Mode.AIR, frequency=3, fresh=0,
        source=ServiceSource.ENTERED, banned=False,
    )  # fmt: skip
    db.session.add_all([crossing, flight])
    changed()
    return crossing


def changed():
    network_changed()
    db.session.commit()


def test_a_crossing_is_in_the_network_only_while_it_is_verified_and_not_banned(bridge):
    assert bridge.id not in network.world().gates
    bridge.verified_at = clock.now()
    changed()
    assert sorted(network.world().crossing.tolist())[-2:] == [bridge.id, bridge.id]
    bridge.banned = True
    changed()
    assert network.world().gates == {}
    assert bridge.id not in network.world().crossing.tolist()


def test_a_town_without_services_is_in_the_network_but_an_airport_without_services_is_not(make, bridge):
    known = network.world().index
    assert make.place("BOG").id in known
    town, airport = make.place("Maicao"), make.place("MAD")
    changed()
    assert town.id in network.world().index
    assert airport.id not in network.world().index


def test_a_banned_service_is_not_in_the_network(bridge):
    assert (network.world().way == 0).sum() == 1
    db.session.execute(update(Service).values(banned=True))
    changed()
    assert (network.world().way == 0).sum() == 0


def test_the_network_is_built_once_for_each_edition(bridge):
    before = network.world()
    assert network.world() is before
    changed()
    assert network.world() is not before


def test_the_legs_of_a_congress_are_only_in_its_own_network(make, bridge):
    congress = make.congress()
    make.leg(make.delegation(congress), "MEX", "BOG")
    own, _ = network.of_congress(congress)
    assert make.place("MEX").id in own.index
    assert make.place("MEX").id not in network.world().index
