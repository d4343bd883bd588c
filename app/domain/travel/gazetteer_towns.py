"""The towns of GeoNames as rows of places, each once with the project's own towns and with those that people recorded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from app import gazetteer
from app.domain.travel import place_names
from app.gazetteer import Town
from app.geography.sphere import distance_km
from app.models.travel.places import Place, PlaceKind
from app.text import plain, sort_key
from app.towns import names

SAME_KM = 30.0
"""The maximum distance in kilometers between two places that are the same town, if one is called like the other."""
Row = dict[str, Any]


def with_names(own: Sequence[Row]) -> list[Row]:
    """Return the project's own towns with their names in other languages, and the other towns of GeoNames after them."""
    known: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in own:
        known[plain(row["name"]), row["country"]].append(row)
    others = []
    for town in gazetteer.towns():
        same = [row for row in _called(known, town.country, (*town.usual, *town.others)) if _is_near(town, row)]
        for row in same:
            if row["population"] is None:
                row |= {"population": town.population, "words": _words(town, row["words"])}
        if not same:
            others.append(_row(town))
    return [*own, *others]


def recorded(towns: Iterable[Place], row: Row, known: dict[tuple[str, str], list[Place]]) -> Place | None:
    """Return the recorded town that a row is, under another of its names. `known` keeps what was asked for before."""
    if not known:
        for place in towns:
            known.setdefault((plain(place.name), place.country), []).append(place)
    _own, names = place_names.split(row["words"])
    called = _called(known, row["country"], place_names.names_in(names))
    here = (row["latitude"], row["longitude"])
    return next((one for one in called if one.point is None or distance_km(one.point, here) <= SAME_KM), None)


def _called(known: dict[tuple[str, str], list[Any]], country: str, names: Iterable[str]) -> list[Any]:
    return [one for name in names for one in known.get((name, country), ())]


def _is_near(town: Town, row: Row) -> bool:
    return distance_km((town.latitude, town.longitude), (row["latitude"], row["longitude"])) <= SAME_KM


def _row(town: Town) -> Row:
    return {
        "name": town.name, "sort_key": sort_key(town.name), "kind": PlaceKind.CITY, "country": town.country,
        "timezone": town.timezone, "code": None, "icao": None, "fir": None, "latitude": town.latitude,
        "longitude": town.longitude, "population": town.population, "words": _words(town, town.usual[0]),
    }  # fmt: skip


def _words(town: Town, own: str) -> str:
    """Return the words of a town: what pages call it in the members' languages is found too."""
    shown = (plain(one) for one in names(town.name, town.country, (town.latitude, town.longitude)))
    return place_names.joined(own, (*town.usual, *shown), town.others)
