"""Test data for benchmarks: a separate database, a world-size network and a congress with many legs."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask
from sqlalchemy import insert, select, update

from app import create_app
from app.config import Config
from app.dialects import keep_statistics
from app.domain.congress import congresses
from app.domain.travel import gazetteer
from app.domain.travel.places import network_changed
from app.extensions import Base, db
from app.migrating import upgrade
from app.models.congress.congresses import Congress, CongressStatus
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.people.organizations import Classification, Organization
from app.models.scoping import EVERYTHING, enter_scope
from app.models.travel.journeys import Direction, Journey, Leg, LegStatus
from app.models.travel.places import Carrier, Crossing, Mode, Place, PlaceKind, Service, ServiceSource
from app.models.travel.problems import ActivePeriod, Cause, Effect, EntityKind, InformedEntity, RouteProblem, Severity
from app.models.travel.problems import Verification as Verified
from app.sealing import new_key
from benchmarks import databases

NOW = datetime(2025, 12, 4, 12, tzinfo=UTC)
NAMED = (
    "CCS", "BOG", "CUC", "AUC", "RCH", "MEX", "EZE", "GRU", "MAO", "BVB", "MAD", "PTY", "HAV", "LIM", "CDG", "FRA", "IST",
    "ADD", "JNB", "DOH", "DEL", "SIN", "HND", "SYD", "LHR", "JFK", "MIA", "SCL", "MVD", "UIO", "POS", "CMN", "LOS", "NBO",
)  # fmt: skip


@contextmanager
def house(kind: str = "sqlite") -> Iterator[Flask]:
    """Open an application with a separate database of a kind, and delete both afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    with ExitStack() as last:
        last.callback(shutil.rmtree, folder, ignore_errors=True)
        app = create_app(Config(
            var_dir=folder, database_url=last.enter_context(databases.opened(kind, folder)),
            broker_url="filesystem://localhost", base_url="http://encuentro.test", secret_key="for benchmarks only", field_key=new_key(),  # noqa: S106
        ))  # fmt: skip
        with app.app_context():
            enter_scope(EVERYTHING)
            upgrade()
            yield app
            db.session.remove()
            db.engine.dispose()


def fill(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert many rows at once."""
    for start in range(0, len(rows), 5000):
        db.session.execute(insert(model), rows[start : start + 5000])


def world(airports: int, pairs: int) -> list[Place]:
    """Create a world with all crossings verified and invented nonstop routes; return the hub airports."""
    chance = random.Random(2025)  # noqa: S311 -- made-up data, the same each time
    gazetteer.load()
    db.session.execute(update(Crossing).values(verified_at=NOW))
    wanted = select(Place).where(Place.kind == PlaceKind.AIRPORT, Place.latitude.is_not(None)).order_by(Place.code)
    listed = db.session.scalars(wanted).all()
    named = [place for place in listed if place.code in NAMED]
    others = [place for place in listed if place.code not in NAMED]
    chosen = [*named, *chance.sample(others, airports - len(named))]
    hubs = [*named, *chance.sample(chosen[len(named) :], min(120, airports // 20))]
    carriers = list(db.session.scalars(select(Carrier.id).order_by(Carrier.id)))
    fill(Service, [_service(one, other, chance, carriers) for one, other in _pairs(chance, chosen, hubs, pairs)])
    network_changed()
    db.session.commit()
    return hubs


def _pairs(chance: random.Random, chosen: list[Place], hubs: list[Place], count: int) -> list[tuple[Place, Place]]:
    """Return routes in both directions: from each airport to its nearest hubs and neighbors, and between hubs."""
    found: dict[tuple[int, int], tuple[Place, Place]] = {}
    points = np.radians(np.array([(place.latitude, place.longitude) for place in chosen], dtype=float))
    flat = np.column_stack((points[:, 0], points[:, 1] * np.cos(points[:, 0])))
    numbers = {place.id: number for number, place in enumerate(chosen)}
    hub_numbers = np.array([numbers[hub.id] for hub in hubs])
    for number, place in enumerate(chosen):
        away = ((flat[hub_numbers] - flat[number]) ** 2).sum(axis=1)
        for hub in np.argsort(away)[:4]:
            _join(found, place, hubs[int(hub)])
    ends = [(one, other) for one in hubs for other in hubs if one.id < other.id]
    for one, other in chance.sample(ends, len(ends) * 2 // 3):
        _join(found, one, other)
    while len(found) < count:
        _join(found, chance.choice(chosen), chance.choice(hubs))
    return list(found.values())[:count]


def _join(found: dict[tuple[int, int], tuple[Place, Place]], one: Place, other: Place) -> None:
    if one.id != other.id:
        found[one.id, other.id] = (one, other)
        found[other.id, one.id] = (other, one)


def _service(one: Place, other: Place, chance: random.Random, carriers: list[int]) -> dict[str, Any]:
    runs = chance.randint(1, 14)
    return {
        "origin_id": one.id, "destination_id": other.id, "mode": Mode.AIR, "carrier_id": chance.choice(carriers),
        "frequency": runs, "fresh": runs // 2, "source": ServiceSource.FILE, "banned": False,
    }  # fmt: skip


def congress() -> Congress:
    """Create the congress that everyone travels to."""
    return congresses.create({
        "title": "Congress", "edition": None, "theme": None, "venue": None, "locality": "Caracas", "country": "VE",
        "start_date": date(2025, 12, 11), "end_date": date(2025, 12, 13), "timezone": "America/Caracas",
        "status": CongressStatus.CONFIRMED, "help_name": None,
        "help_phone": None,
    })  # fmt: skip


def legs(congress_id: int, delegations: int, each: int) -> None:
    """Create delegations with one journey of `each` legs between random places of the world."""
    chance = random.Random(7)  # noqa: S311 -- made-up data, the same each time
    places = list(db.session.scalars(select(Place).where(Place.code.in_(NAMED)).order_by(Place.code)))
    common: dict[str, Any] = {"congress_id": congress_id}
    fill(Organization, [
        {"id": 1, "name": "Union", "classification": Classification.UNION, "country": "MX", "created_at": NOW},
    ])  # fmt: skip
    fill(Delegation, [
        common | {
            "id": number, "organization_id": 1, "country": "MX", "seats": 3, "status": DelegationStatus.ACCEPTED,
            "created_at": NOW,
        }
        for number in range(1, delegations + 1)
    ])  # fmt: skip
    fill(Journey, [
        common | {"id": number, "delegation_id": number, "direction": Direction.OUT}
        for number in range(1, delegations + 1)
    ])  # fmt: skip
    rows = []
    for journey in range(1, delegations + 1):
        at = NOW + timedelta(hours=chance.randint(0, 96))
        for _ in range(each):
            one, other = chance.sample(places, 2)
            carrier = chance.randint(1, 40)
            rows.append(common | {
                "journey_id": journey, "mode": chance.choice([Mode.AIR, Mode.AIR, Mode.ROAD]), "carrier": f"Line {carrier}",
                "carrier_key": f"line {carrier}", "origin_id": one.id, "destination_id": other.id, "departs_at": at,
                "arrives_at": at + timedelta(hours=chance.randint(1, 9)), "status": LegStatus.BOOKED,
            })  # fmt: skip
            at += timedelta(hours=12)
    fill(Leg, rows)


def problems(congress_id: int, count: int) -> None:
    """Create problems of several kinds with one period each, some with daily hours."""
    chance = random.Random(11)  # noqa: S311 -- made-up data, the same each time
    places = list(db.session.scalars(select(Place).where(Place.code.in_(NAMED)).order_by(Place.code)))
    common: dict[str, Any] = {"congress_id": congress_id}
    fill(RouteProblem, [
        common | {
            "id": number, "cause": Cause.OTHER_CAUSE, "effect": Effect.NO_SERVICE, "severity_level": Severity.SEVERE,
            "verification": Verified.VERIFIED, "end_estimated": False, "created_at": NOW,
        }
        for number in range(1, count + 1)
    ])  # fmt: skip
    periods, entities = [], []
    for number in range(1, count + 1):
        starts = NOW + timedelta(hours=chance.randint(-48, 120))
        daily = {"daily_from": time(8), "daily_until": time(18), "timezone": "UTC"} if number % 5 == 0 else {}
        ends = starts + timedelta(hours=chance.randint(6, 240)) if number % 3 else None
        empty = {"daily_from": None, "daily_until": None, "timezone": None}
        periods.append(common | empty | daily | {"problem_id": number, "starts_at": starts, "ends_at": ends})
        entities.append(common | {"problem_id": number} | _entity(number, chance, places))
    fill(ActivePeriod, periods)
    fill(InformedEntity, entities)
    keep_statistics(db.session)  # as housekeeping does; without it, SQLite chooses the wrong indexes
    db.session.commit()


def _entity(number: int, chance: random.Random, places: list[Place]) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "country": None,
        "other_country": None,
        "place_id": None,
        "carrier": None,
        "carrier_key": None,
        "mode": None,
    }
    place, carrier = chance.choice(places), chance.randint(1, 40)
    kinds: list[dict[str, Any]] = [
        {"kind": EntityKind.COUNTRY_AIRSPACE, "country": place.country},
        {"kind": EntityKind.COUNTRY, "country": place.country},
        {"kind": EntityKind.PLACE, "place_id": place.id},
        {"kind": EntityKind.BORDER, "country": place.country},
        {"kind": EntityKind.MODE, "mode": Mode.ROAD, "country": place.country},
        {"kind": EntityKind.CARRIER, "carrier": f"Line {carrier}", "carrier_key": f"line {carrier}"},
    ]
    return empty | kinds[number % len(kinds)]
