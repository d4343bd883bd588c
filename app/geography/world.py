"""The borders and coasts of the world, as `tools/build_world.py` has packed them.

The world is a heap of arcs: lines that end where three areas meet. Each arc knows what lies on its two sides, and each part
of a country knows which arcs go around it. So neighbours share a border to the point.
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
"""What stands on the side of an arc where there is no land."""


@dataclass(frozen=True, slots=True)
class Part:
    """A connected piece of a country."""

    country: str
    """ISO 3166-1 alpha-2, or a code that begins with X where there is none."""
    number: int
    """Counts the parts of a country from 0, the largest, downwards in size."""
    landmass: int
    """The connected land that it belongs to, over all borders."""
    rings: tuple[tuple[int, ...], ...]
    """Arcs around it, the land to the right; `~arc` is walked backward. The first ring is the outline, others are holes."""


@dataclass(frozen=True, slots=True)
class World:
    """All arcs, one after another in flat arrays, and all parts."""

    longitudes: "array[float]"
    """Degrees; within an arc they go on beyond ±180 where it passes the antimeridian."""
    latitudes: "array[float]"
    starts: "array[int]"
    """Where each arc begins in the arrays, and at the end their length."""
    coarse: "tuple[array[int], ...]"
    """For each arc the points, counted from its start, that suffice for a view wider than a continent."""
    right: "array[int]"
    """For each arc the part (its place in `parts`) to the right of who walks along it, or SEA."""
    left: "array[int]"
    parts: tuple[Part, ...]

    def country_beside(self, part: int) -> str | None:
        """Return the country of what stands in `right` or `left`."""
        return None if part == SEA else self.parts[part].country


@cache
def world() -> World:
    """Return the world; it is read once, when it is first asked for."""
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
