"""What a flight passes over."""

import math
from functools import lru_cache
from itertools import chain

from app.geography.cells import cells
from app.geography.places import part_at
from app.geography.sphere import Point, distance_km, points_between
from app.geography.world import SEA, world

_STEP_KM = 15.0
"""A country crossed for a shorter distance is uncertain before the flight."""


def overflown(a: Point, b: Point) -> frozenset[str]:
    """Return the countries that the shortest line from `a` to `b` passes over, including those of both ends.

    Coastal waters are not included: Natural Earth contains only land.
    """
    return _overflown(*sorted((a, b)))


@lru_cache(maxsize=4096)
def _overflown(a: Point, b: Point) -> frozenset[str]:
    """Answer for both directions."""
    find = cells().part_at
    steps = max(1, math.ceil(distance_km(a, b) / _STEP_KM))
    under = {find(point) for point in chain((a, b), points_between(a, b, steps))} - {SEA}
    ends = {part[0] for part in (part_at(a), part_at(b)) if part}
    return frozenset(ends | {world().parts[part].country for part in under})
