"""Loads the built-in data into the tables of places, crossings, carriers and services. Safe to run again."""

from collections import Counter, defaultdict
from datetime import time
from functools import cache
from typing import Any

from sqlalchemy import exists, or_, select, update

from app import gazetteer
from app.dialects.many_rows import insert_missing
from app.domain.accounts import removals
from app.domain.travel import gazetteer_towns, lines, place_names
from app.domain.travel.places import network_changed
from app.extensions import db
from app.geography.sphere import distance_km
from app.models.travel.places import (
    Carrier,
    CarrierKind,
    Crossing,
    Mode,
    NetworkEdition,
    Place,
    PlaceKind,
    Service,
)
from app.routing.estimates import CROSSING
from app.text import plain, searchable, sort_key

_BATCH = 500
SERVES_KM = 45.0
"""The maximum straight-line distance in kilometers between an airport and its city."""
_KINDS = {"active": CarrierKind.PASSENGER, "ceased": CarrierKind.CEASED, "cargo": CarrierKind.CARGO}


def is_loaded() -> bool:
    """Return whether the built-in data have been loaded, in the edition of this version."""
    return db.session.scalar(select(NetworkEdition.gazetteer)) == gazetteer.edition()


def is_built_in(place: Place) -> bool:
    """Return whether the built-in data contain a place, by its code or its name.

    Such a place is not edited: if it had another name or code, the data would be loaded as a second place.
    """
    codes, names = _built_in()
    return (place.kind, place.code) in codes or (place.kind, place.name, place.country) in names


@cache
def _built_in() -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str, str]]]:
    ports = _ports()
    airports = [(PlaceKind.AIRPORT, one["iata"]) for one in gazetteer.airports()]
    codes = frozenset([*airports, *((PlaceKind.PORT, row["code"]) for row in ports)])
    return codes, frozenset((row["kind"], row["name"], row["country"]) for row in (*_towns(), *_posts(), *ports))


def load() -> None:
    """Record every place, crossing, carrier and line that is missing, and fill in what known places lack.

    Airports that were closed are removed, unless services use them.
    """
    otherwise = _load_places([*_towns(), *_posts(), *_ports(), *_airports()])
    _remove_closed()
    _load_carriers()
    _load_crossings(otherwise)
    lines.load(otherwise)
    network_changed()
    db.session.execute(update(NetworkEdition).values(gazetteer=gazetteer.edition()))
    db.session.flush()


def _towns() -> list[dict[str, Any]]:
    """Return the cities, border towns and stops of the project's own files, and the towns of GeoNames."""
    own = {(row["name"], row["country"]): row for row in (*_line_towns(), *_border_towns(), *_cities())}
    return gazetteer_towns.with_names(list(own.values()))


def _airports() -> list[dict[str, Any]]:
    """Return the airports, named after their town; if a town has several, with the airport's own name."""
    listed = gazetteer.airports()
    called = {(plain(city["name"]), city["country"]): city["name"] for city in gazetteer.read("cities")}
    towns = Counter((plain(one["city"]), one["country"]) for one in listed)
    cities = defaultdict(list)
    for city in gazetteer.read("cities"):
        cities[city["country"]].append(city)
    rows = []
    for one in listed:
        town = called.get((plain(one["city"]), one["country"]), one["city"]) or one["name"]
        alone = towns[plain(one["city"]), one["country"]] == 1
        rows.append({
            **_row(town if alone else f"{town} – {one['name']}"[:200], PlaceKind.AIRPORT, one["country"], one["tz"]),
            "code": one["iata"],
            "icao": one["icao"] or None,
            "fir": gazetteer.region_of(one["country"]),
            "latitude": one["lat"],
            "longitude": one["lon"],
            "words": searchable(
                town, one["iata"], one["icao"], one["city"], *_cities_near(one, cities[one["country"]]), one["name"],
                one["subd"],
            ),
        })  # fmt: skip
    return rows


def _cities_near(airport: dict[str, Any], cities: list[dict[str, Any]]) -> list[str]:
    """Return the cities that an airport serves in its country: people look for it by those names."""
    here = (airport["lat"], airport["lon"])
    near = (city for city in cities if abs(city["latitude"] - here[0]) < 0.5)  # quicker than the distance
    return [city["name"] for city in near if distance_km(here, (city["latitude"], city["longitude"])) <= SERVES_KM]


def _cities() -> list[dict[str, Any]]:
    return [_town(one) for one in gazetteer.read("cities")]


def _border_towns() -> list[dict[str, Any]]:
    return [_town(crossing[side]) for crossing in gazetteer.read("crossings") for side in ("a", "b")]


def _line_towns() -> list[dict[str, Any]]:
    return [_town(one) for one in gazetteer.read("line_towns")]


def _posts() -> list[dict[str, Any]]:
    """Return the crossings as places where a leg can start or end, halfway between the towns."""
    rows = []
    for one in gazetteer.read("crossings"):
        near, far = one["a"], one["b"]
        row = _row(one["name"], PlaceKind.CROSSING, near["country"], near["timezone"])
        row |= {name: round((near[name] + far[name]) / 2, 4) for name in ("latitude", "longitude")}
        rows.append(row | {"words": searchable(one["name"], near["name"], far["name"])})
    return rows


def _ports() -> list[dict[str, Any]]:
    return [_town(one, PlaceKind.PORT) | {"code": one["code"]} for one in gazetteer.read("ports")]


def _town(one: dict[str, Any], kind: PlaceKind = PlaceKind.CITY) -> dict[str, Any]:
    row = _row(one["name"], kind, one["country"], one["timezone"])
    return row | {
        "latitude": one["latitude"],
        "longitude": one["longitude"],
        "words": searchable(one["name"], one.get("code")),
    }


def _row(name: str, kind: PlaceKind, country: str, timezone: str) -> dict[str, Any]:
    empty = {
        "code": None,
        "icao": None,
        "fir": None,
        "latitude": None,
        "longitude": None,
        "words": "",
        "population": None,
    }
    return {"name": name, "sort_key": sort_key(name), "kind": kind, "country": country, "timezone": timezone, **empty}


def _load_places(rows: list[dict[str, Any]]) -> dict[lines.Key, int]:
    """Record or fill in places; return the ids of those that are recorded under another name than in the data."""
    listed = db.session.scalars(select(Place)).all()
    by_name = {(place.name, place.country, place.kind): place for place in listed}
    by_code = {place.code: place for place in listed if place.code}
    towns = [place for place in listed if place.kind is PlaceKind.CITY]
    called: dict[tuple[str, str], list[Place]] = {}
    new: dict[lines.Key, dict[str, Any]] = {}
    otherwise: dict[lines.Key, int] = {}
    for row in rows:
        key = (row["name"], row["country"], row["kind"])
        place = by_code.get(row["code"]) if row["code"] else by_name.get(key)
        if place is None and row["code"]:
            place = by_name.get(key)
        if place is None and towns and row["population"]:
            place = gazetteer_towns.recorded(towns, row, called)
        if place is None:
            new.setdefault(key, row)
        else:
            _fill(place, row)
            otherwise[key] = place.id
    _insert(Place, list(new.values()))
    return otherwise


def _fill(place: Place, row: dict[str, Any]) -> None:
    """Fill in what a place lacks; what people have entered stays."""
    for name in ("code", "icao", "fir", "latitude", "longitude", "population"):
        if getattr(place, name) is None and row[name] is not None:
            setattr(place, name, row[name])
    own, names = place_names.split(row["words"])
    known, known_names = place_names.split(place.words)
    missing = [word for word in own.split() if word not in known.split()]
    if missing:
        known = searchable(place.name, place.code) + " " + " ".join(missing)
    if missing or (names and names != known_names):
        place.words = known + (names or known_names)


def _remove_closed() -> None:
    """Remove the airports that were closed: they are no longer offered, and what names them keeps its name."""
    closed = {code for code, _icao in gazetteer.closed_airports()}
    listed = select(Place).where(Place.kind == PlaceKind.AIRPORT, Place.code.in_(closed), Place.removed_at.is_(None))
    used = exists().where(or_(Service.origin_id == Place.id, Service.destination_id == Place.id))
    for place in db.session.scalars(listed.where(~used)):
        if (place.code, place.icao) in gazetteer.closed_airports():
            removals.remove(place, by=None)


def _load_carriers() -> None:
    known = set(db.session.scalars(select(Carrier.icao)))
    named = set(db.session.scalars(select(Carrier.key).where(Carrier.icao.is_(None))))
    rows = [
        {
            "name": one["name"], "key": plain(one["name"]), "iata": one["iata"], "icao": one["icao"],
            "country": one["country"], "alliance": one["alliance"], "kind": _KINDS[one["status"]],
        }
        for one in gazetteer.read("carriers")
        if (one["icao"] not in known if one["icao"] else plain(one["name"]) not in named)
    ]  # fmt: skip
    _insert(Carrier, rows)


def _load_crossings(otherwise: dict[lines.Key, int]) -> None:
    number = lines.numbers(otherwise)
    rows: list[dict[str, Any]] = []
    for one in gazetteer.read("crossings"):
        near, far = (number[one[side]["name"], one[side]["country"], PlaceKind.CITY] for side in ("a", "b"))
        rows.append({
            "name": one["name"], "near_id": near, "far_id": far, "mode": Mode(one["mode"]),
            "minutes": one.get("minutes", CROSSING), "opens": _hour(one, "opens"), "closes": _hour(one, "closes"),
            "place_id": number.get((one["name"], one["a"]["country"], PlaceKind.CROSSING)), "rank": one.get("rank", 0), "banned": False,
        })  # fmt: skip
    _insert(Crossing, rows)
    _correct_minutes(rows)


def _correct_minutes(rows: list[dict[str, Any]]) -> None:
    """Correct how long crossing takes where only the usual figure is recorded; what people have entered stays."""
    wanted = {(row["near_id"], row["far_id"], row["name"]): row["minutes"] for row in rows}
    for crossing in db.session.scalars(select(Crossing).where(Crossing.minutes == CROSSING)):
        crossing.minutes = wanted.get((crossing.near_id, crossing.far_id, crossing.name), CROSSING)


def _hour(crossing: dict[str, Any], name: str) -> time | None:
    return time.fromisoformat(crossing[name]) if name in crossing else None


def _insert(model: type[Place] | type[Carrier] | type[Crossing], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _BATCH):
        insert_missing(db.session, model.__table__, rows[start : start + _BATCH])  # type: ignore[arg-type]
