"""The network as loaded from the tables."""

import pytest
from sqlalchemy import update

from app import clock
from app.domain.travel.places import network_changed
from app.extensions import db
from app.models.travel.places import Crossing, Mode, Place, PlaceKind, Service, ServiceSource
from app.queries.travel import network
from app.queries.travel.borders import is_unrecorded
from app.routing.network import Evidence


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


def test_a_built_in_line_is_known_and_waits_for_half_the_time_between_departures(make):
    ends = {"origin_id": make.place("Maicao").id, "destination_id": make.place("BOG").id, "frequency": 14, "fresh": 14}
    line = Service(mode=Mode.RAIL, minutes=300, source=ServiceSource.BUILT_IN, banned=False, **ends)
    db.session.add(line)
    changed()
    net = network.world()
    [edge] = (net.evidence == Evidence.KNOWN_LINE).nonzero()[0]
    assert net.minutes[edge] == 300
    assert net.wait[edge] == 20 + 360


def test_roads_lead_over_an_open_border_without_a_crossing_and_over_no_other(make):
    towns = [("Aachen", "DE", 50.776, 6.084), ("Liège", "BE", 50.633, 5.567), ("Strumica", "MK", 41.437, 22.643),
             ("Petrich", "BG", 41.395, 23.207)]  # fmt: skip
    db.session.add_all(
        Place(name=name, country=country, kind=PlaceKind.CITY, timezone="Europe/Berlin", words="", latitude=north, longitude=east)
        for name, country, north, east in towns
    )  # fmt: skip
    changed()
    net = network.world()
    ends = {(net.nodes[tail].country, net.nodes[head].country) for tail, head in zip(net.tail, net.head, strict=True)}
    assert ends == {("DE", "BE"), ("BE", "DE")}


def test_a_border_between_neighbors_is_unrecorded_until_a_crossing_or_a_train_is_known(make, bridge):
    assert not is_unrecorded("CO", "VE")
    assert not is_unrecorded("VE", "CO")
    assert is_unrecorded("CO", "BR")
    assert not is_unrecorded("CO", "ES")
    assert not is_unrecorded("DE", "BE")
    manaus = Place(name="Manaus", kind=PlaceKind.CITY, country="BR", timezone="America/Manaus", words="")
    db.session.add(manaus)
    db.session.flush()
    ends = {"origin_id": make.place("BOG").id, "destination_id": manaus.id, "frequency": 14, "fresh": 14}
    db.session.add(train := Service(mode=Mode.AIR, source=ServiceSource.BUILT_IN, banned=False, **ends))
    db.session.flush()
    assert is_unrecorded("CO", "BR")
    train.mode = Mode.RAIL
    db.session.flush()
    assert not is_unrecorded("BR", "CO")
