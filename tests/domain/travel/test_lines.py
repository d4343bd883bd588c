"""The built-in ferry and train lines, loaded as services."""

from datetime import date

import pytest
from sqlalchemy import select

from app import gazetteer
from app.domain.travel import lines
from app.extensions import db
from app.models.travel.places import Mode, Place, PlaceKind, Service, ServiceSource


@pytest.fixture
def stops(make):
    """A port, and two towns along a railway."""
    known = [
        ("Dover", "GB", PlaceKind.PORT, "GBDVR"),
        ("London", "GB", PlaceKind.CITY, None),
        ("Lille", "FR", PlaceKind.CITY, None),
        ("Calais", "FR", PlaceKind.PORT, "FRCQF"),
    ]
    db.session.add_all(
        Place(name=name, country=country, kind=kind, code=code, timezone="Europe/Paris", words="")
        for name, country, kind, code in known
    )
    db.session.flush()


FERRY = {
    "mode": "sea", "weekly": 140, "source": "ferry operators", "checked": "2026-11",
    "stops": [
        {"name": "Dover", "country": "GB", "port": True}, {"name": "Calais", "country": "FR", "port": True, "minutes": 90},
    ],
}  # fmt: skip
TRAIN = {
    "mode": "rail", "weekly": 60, "source": "Eurostar", "checked": "2026-10",
    "stops": [{"name": "London", "country": "GB"}, {"name": "Lille", "country": "FR", "minutes": 85}],
}  # fmt: skip


@pytest.fixture
def listed(monkeypatch, stops):
    """The lines of the gazetteer, to which tests add."""
    listed = [FERRY]
    read = gazetteer.read
    monkeypatch.setattr(gazetteer, "read", lambda name: listed if name == "lines" else read(name))
    return listed


def services():
    return db.session.scalars(select(Service).order_by(Service.id)).all()


def named(service):
    return service.origin.name, service.destination.name


def test_a_line_runs_in_both_directions_and_stops_at_its_ports(listed):
    lines.load()
    assert sorted(map(named, services())) == [("Calais", "Dover"), ("Dover", "Calais")]
    ferry = services()[0]
    assert (ferry.mode, ferry.minutes, ferry.frequency, ferry.note) == (Mode.SEA, 90, 140, None)
    assert (ferry.source, ferry.last_confirmed) == (ServiceSource.BUILT_IN, date(2026, 11, 1))
    assert ferry.origin.kind is PlaceKind.PORT


def test_a_train_connects_all_its_stops_without_a_change(listed):
    listed[:] = [TRAIN | {"stops": [*TRAIN["stops"], {"name": "Calais", "country": "FR", "port": True, "minutes": 30}]}]
    lines.load()
    assert {named(one): one.minutes for one in services()}["London", "Calais"] == 115
    assert len(services()) == 6


def test_two_lines_between_the_same_places_are_one_service_with_all_departures_and_the_shorter_time(listed):
    listed += [FERRY | {"weekly": 10, "stops": [FERRY["stops"][0], FERRY["stops"][1] | {"minutes": 60}]}]
    lines.load()
    assert [(one.frequency, one.minutes) for one in services()] == [(150, 60)] * 2


def test_loading_again_corrects_figures_and_keeps_what_was_banned(listed):
    lines.load()
    services()[0].banned = True
    listed[:] = [FERRY | {"weekly": 7}, TRAIN]
    lines.load()
    ferries = [one for one in services() if one.mode is Mode.SEA]
    db.session.refresh(ferries[0])
    assert [one.banned for one in ferries] == [True, False]
    assert [one.frequency for one in ferries] == [7, 7]
    assert len(services()) == 4


def test_a_line_that_is_no_longer_listed_is_dropped_but_no_service_that_somebody_entered(listed):
    lines.load()
    ends = services()[0]
    entered = Service(
        origin_id=ends.origin_id, destination_id=ends.destination_id, mode=Mode.SEA, frequency=1, fresh=1,
        source=ServiceSource.ENTERED, banned=False,
    )  # fmt: skip
    db.session.add(entered)
    listed[:] = []
    lines.load()
    assert services() == [entered]


def test_a_port_that_was_recorded_under_another_name_is_the_same_port(listed):
    port = db.session.scalars(select(Place).where(Place.code == "GBDVR")).one()
    port.name = "Dover Eastern Docks"
    db.session.flush()
    lines.load({("Dover", "GB", PlaceKind.PORT): port.id})
    assert ("Dover Eastern Docks", "Calais") in map(named, services())
