"""Built-in data about the world: airports, cities, ports, crossings, carriers, flight information regions.

The airports come with the package `airportsdata`; the rest is in files here (see README.md).
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import airportsdata

_HERE = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """Return one of the files that README.md describes, by its name without the ending."""
    return json.loads((_HERE / f"{name}.json").read_text(encoding="utf-8"))


def airports() -> list[dict[str, Any]]:
    """Return the airports that have an IATA code: iata, icao, name, city, subd, country, lat, lon and tz."""
    listed: Any = airportsdata.load("IATA")
    known = [airport for airport in listed.values() if airport["tz"] and len(airport["country"]) == 2]
    return sorted(known, key=lambda airport: airport["iata"])


@cache
def region_of(country: str) -> str | None:
    """Return the flight information region that covers all airports of a country, if there is one."""
    whole = [one["fir"] for one in read("firs") if one["whole"] and country in one["countries"]]
    return whole[0] if len(whole) == 1 else None


@cache
def countries_of(region: str) -> tuple[str, ...]:
    """Return the countries that a flight information region covers."""
    return next((tuple(one["countries"]) for one in read("firs") if one["fir"] == region), ())
