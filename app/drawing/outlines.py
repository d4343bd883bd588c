"""Outlines of land and of countries: arcs of the world joined into rings."""

from dataclasses import dataclass
from functools import cache

from app.geography.world import World, world

_EVERY_LAND = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed line of arcs; `~arc` is traversed backward. Its box is in degrees and may extend beyond ±180."""

    arcs: tuple[int, ...]
    west: float
    south: float
    east: float
    north: float


def land() -> tuple[Ring, ...]:
    """Return the coastlines of all land."""
    return outline(_EVERY_LAND)


@cache
def outline(countries: frozenset[str]) -> tuple[Ring, ...]:
    """Return the rings around `countries`, without the borders between them."""
    of = world()
    starts: dict[tuple[float, float], list[int]] = {}
    for arc in range(len(of.right)):
        right, left = _belongs(of, of.right[arc], countries), _belongs(of, of.left[arc], countries)
        if right != left:
            walked = arc if right else ~arc
            starts.setdefault(_ends(of, walked)[0], []).append(walked)
    rings = []
    while starts:
        begin, choices = next(iter(starts.items()))
        ring = []
        here = begin
        while choices:
            ring.append(choices.pop())
            if not choices:
                del starts[here]
            here = _ends(of, ring[-1])[1]
            if here == begin:
                break
            choices = starts.get(here, [])
        rings.append(_boxed(of, ring))
    return tuple(rings)


def _belongs(of: World, part: int, countries: frozenset[str]) -> bool:
    country = of.country_beside(part)
    return country is not None and (countries is _EVERY_LAND or country in countries)


def _ends(of: World, arc: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the start and end of a walk along `arc`, in a form in which the same place is equal."""
    points = [of.starts[arc], of.starts[arc + 1] - 1] if arc >= 0 else [of.starts[~arc + 1] - 1, of.starts[~arc]]
    first, last = ((round(of.longitudes[i] % 360, 4) % 360, of.latitudes[i]) for i in points)
    return first, last


def _boxed(of: World, arcs: list[int]) -> Ring:
    """Return a ring with its bounding box, continued across the antimeridian."""
    west = east = None
    here = 0.0
    low, high = 90.0, -90.0
    for arc in arcs:
        number = arc if arc >= 0 else ~arc
        piece = slice(of.starts[number], of.starts[number + 1])
        longitudes = of.longitudes[piece] if arc >= 0 else of.longitudes[piece][::-1]
        shift = 0.0 if west is None else round((here - longitudes[0]) / 360) * 360
        west = min(longitudes) + shift if west is None else min(west, min(longitudes) + shift)
        east = max(longitudes) + shift if east is None else max(east, max(longitudes) + shift)
        here = longitudes[-1] + shift
        low, high = min(low, *of.latitudes[piece]), max(high, *of.latitudes[piece])
    return Ring(tuple(arcs), west or 0.0, low, east or 0.0, high)
