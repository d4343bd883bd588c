"""The land that places are on: connected areas of a country, joined by the fixed links of the gazetteer."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from app import gazetteer
from app.geography.places import part_of
from app.geography.shores import Shores
from app.geography.sphere import Point

Land = tuple[int, int]
"""A land mass, and the number of a country's part there; both -1 if unknown."""
UNKNOWN: Land = (-1, -1)


def land_of(point: Point, country: str) -> Land:
    """Return the land of a place: the same for all places of a country between which bridges and tunnels lead."""
    own = part_of(point, country)
    if own is None:
        return UNKNOWN
    return _joined().get((country, own), own)


@cache
def shores() -> Shores:
    """Return where land is, with the bridges and tunnels for cars inside countries and between them."""
    inside = [one["between"] for one in gazetteer.read("fixed_links")]
    over = [(one["a"], one["b"]) for one in gazetteer.read("crossings") if one["mode"] == "road"]
    return Shores((_point(one), _point(other)) for one, other in (*inside, *over))


def _point(end: Mapping[str, Any]) -> Point:
    return end["latitude"], end["longitude"]


@cache
def _joined() -> dict[tuple[str, Land], Land]:
    """Return the land under which the parts that fixed links join are known, by country and part."""
    known: dict[tuple[str, Land], Land] = {}
    for link in gazetteer.read("fixed_links"):
        country = link["country"]
        ends = [part_of(_point(end), country) for end in link["between"]]
        one, other = (known.get((country, end), end) for end in ends if end is not None)
        keys = {(country, end) for end in ends if end is not None} | {
            key for key, land in known.items() if key[0] == country and land in (one, other)
        }
        known.update(dict.fromkeys(keys, min(one, other, key=lambda land: land[1])))
    return known
