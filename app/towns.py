"""Names of towns in the languages of members: `Athína` is `Atenas` in Spanish and `Athens` in English."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from app import gazetteer
from app.config import MEMBER_LOCALES
from app.geography.sphere import distance_km
from app.text import plain

AROUND_KM = 80.0
"""The maximum distance in kilometers from a town at which an airport or a port is called after it."""
_DASH = " – "
"""Stands between the town and the own name of an airport, if the town has several."""


def named(language: str, name: str, country: str, point: tuple[float, float] | None) -> str:
    """Return the name of a place in a language: its town's, if that has one there; otherwise its own.

    `point` is its latitude and longitude in degrees, if known; a town far away with the same name is another one.
    """
    town, dash, rest = name.partition(_DASH)
    known = _known(town, country, point)
    return f"{known.get(language, town)}{dash}{rest}" if known else name


def names(name: str, country: str, point: tuple[float, float] | None) -> list[str]:
    """Return how a place is called in the languages of members, each name once, its own first."""
    return list(dict.fromkeys([name, *(named(language, name, country, point) for language in MEMBER_LOCALES)]))


def _known(town: str, country: str, point: tuple[float, float] | None) -> Mapping[str, Any] | None:
    for one in _by_name().get((plain(town), country), ()):
        if point is None or distance_km(point, (one["latitude"], one["longitude"])) <= AROUND_KM:
            return one
    return None


@cache
def _by_name() -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for one in gazetteer.read("town_names"):
        for key in {plain(one[column]) for column in ("name", *MEMBER_LOCALES)}:
            found[key, one["country"]].append(one)
    return dict(found)
