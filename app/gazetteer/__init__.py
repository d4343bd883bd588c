"""Built-in data about the world: airports, towns, ports, crossings, carriers, flight information regions.

The airports come with the package `airportsdata`; the rest is in files here (see README.md).
"""

import gzip
import json
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import airportsdata

_HERE = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """Return one file, by its name without the ending: cities, ports, crossings, carriers and so on (see README.md)."""
    return json.loads((_HERE / f"{name}.json").read_text(encoding="utf-8"))


@cache
def edition() -> str:
    """Return a digest that changes whenever the built-in data do."""
    files = sorted([*_HERE.glob("*.json"), *_HERE.glob("*.json.gz")])
    whole = sha256(version("airportsdata").encode())
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()[:32]


class Town(NamedTuple):
    """A town of GeoNames. Its names are folded as `app.text.plain` does."""

    name: str
    country: str
    latitude: float
    longitude: float
    timezone: str
    population: int
    usual: list[str]
    """Its names in Spanish, English, Portuguese, French and the languages of its country."""
    others: list[str]
    """Its names in other languages and scripts, and former ones."""


def towns() -> list[Town]:
    """Return the towns with 100,000 people and more, and well-known smaller ones, the largest first.

    They are read again each time: together they are large, and only needed when they are loaded.
    """
    packed = (_HERE / "towns.json.gz").read_bytes()
    return [Town(*row) for row in json.loads(gzip.decompress(packed))]


def airports() -> list[dict[str, Any]]:
    """Return the airports that have an IATA code: iata, icao, name, city, subd, country, lat, lon and tz.

    Those that no longer serve passengers are left out; see `closed_airports`.
    """
    listed: Any = airportsdata.load("IATA")
    closed = closed_airports()
    known = [
        airport
        for airport in listed.values()
        if airport["tz"] and len(airport["country"]) == 2 and (airport["iata"], airport["icao"]) not in closed
    ]
    return sorted(known, key=lambda airport: airport["iata"])


def closed_airports() -> set[tuple[str, str]]:
    """Return the IATA and ICAO codes of airports that were closed, at least to passengers."""
    return {(one["iata"], one["icao"]) for one in read("closed_airports")}


@cache
def region_of(country: str) -> str | None:
    """Return the flight information region that covers all airports of a country, if there is one."""
    whole = [one["fir"] for one in read("firs") if one["whole"] and country in one["countries"]]
    return whole[0] if len(whole) == 1 else None


@cache
def countries_of(region: str) -> tuple[str, ...]:
    """Return the countries that a flight information region covers."""
    return next((tuple(one["countries"]) for one in read("firs") if one["fir"] == region), ())
