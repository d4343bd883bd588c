"""The borders and coasts of the world, as packed by `tools/build_world.py`.

The world consists of arcs: lines that end where three areas meet. Each arc stores what is on its two sides, and each
part of a country stores which arcs surround it. So neighbors share exactly the same border.
"""

import gzip
import json
from array import array
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("world.json.gz")

SEA = -1
"""The side of an arc without land."""


@dataclass(frozen=True, slots=True)
class Part:
    """A connected part of a country."""

    country: str
    """ISO 3166-1 alpha-2, or a code that starts with X if there is none."""
    number: int
    """The number of the part within its country, from 0 for the largest, by size."""
    landmass: int
    """The connected land mass that it belongs to, across all borders."""
    rings: tuple[tuple[int, ...], ...]
    """Arcs around it, with the land to the right; `~arc` is traversed backward. The first ring is the outline, others are holes."""


@dataclass(frozen=True, slots=True)
class World:
    """All arcs, concatenated in flat arrays, and all parts."""

    longitudes: "array[float]"
    """Degrees; within an arc they continue beyond ±180 if it crosses the antimeridian."""
    latitudes: "array[float]"
    starts: "array[int]"
    """Where each arc starts in the arrays, and at the end their length."""
    coarse: "tuple[array[int], ...]"
    """For each arc the points, counted from its start, that are enough for a view wider than a continent."""
    right: "array[int]"
    """For each arc the part (its index in `parts`) to the right in its direction, or SEA."""
    left: "array[int]"
    parts: tuple[Part, ...]

    def country_beside(self, part: int) -> str | None:
        """Return the country of a value in `right` or `left`."""
        return None if part == SEA else self.parts[part].country


@cache
def world() -> World:
    """Return the world; it is loaded once, when first needed."""
    packed: dict[str, Any] = json.loads(gzip.decompress(_DATA.read_bytes()))
    grid: int = packed["grid"]
    longitudes, latitudes, starts = array("d"), array("d"), array("i", [0])
    for flat in packed["arcs"]:
        longitudes.extend(x / grid for x in accumulate(flat[::2]))
        latitudes.extend(y / grid for y in accumulate(flat[1::2]))
        starts.append(len(longitudes))
    parts = _parts(packed["parts"])
    right, left = (array("h", [SEA]) * len(packed["arcs"]) for _ in "rl")
    for number, part in enumerate(parts):
        for ring in part.rings:
            for arc in ring:
                if arc >= 0:
                    right[arc] = number
                else:
                    left[~arc] = number
    coarse = tuple(array("H", accumulate(gaps, initial=0)) for gaps in packed["coarse"])
    return World(longitudes, latitudes, starts, coarse, right, left, parts)


def _parts(packed: list[tuple[str, int, list[list[int]]]]) -> tuple[Part, ...]:
    """Return the parts, numbered within their countries."""
    seen: dict[str, int] = {}
    parts = []
    for country, landmass, rings in packed:
        number = seen[country] = seen.get(country, -1) + 1
        parts.append(Part(country, number, landmass, tuple(map(tuple, rings))))
    return tuple(parts)
