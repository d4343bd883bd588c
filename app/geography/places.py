"""Countries, their parts and their land masses."""

from functools import cache

from app.geography.cells import cells
from app.geography.sphere import Point
from app.geography.world import SEA, Part, world

SHORE_KM = 25.0
"""A place this far off the drawn coast still counts as on it: the atlas simplifies bays and piers and omits small islands."""
LINE_KM = 5.0
"""A place this far beyond a line of control may still be on its own side of it."""


def country_at(point: Point) -> str | None:
    """Return the code of the country that contains `point`, or None at sea. There is no tolerance at the coast; see `part_at`."""
    return world().country_beside(cells().part_at(point))


def part_at(point: Point) -> tuple[str, int] | None:
    """Return the country of `point` and the number of its connected part there, or None far from all land.

    A place in the water belongs to the nearest coast within SHORE_KM.
    """
    part = _part(point)
    return (part.country, part.number) if part else None


@cache
def neighbors() -> frozenset[tuple[str, str]]:
    """Return the pairs of countries with a common land border, each in both orders."""
    of = world()
    sides = ((of.country_beside(right), of.country_beside(left)) for right, left in zip(of.right, of.left, strict=True))
    pairs = {(one, other) for one, other in sides if one and other and one != other}
    return frozenset(pairs | {(other, one) for one, other in pairs})


def part_of(point: Point, country: str) -> tuple[int, int] | None:
    """Return the land mass of a place that is known to be in `country`, and the number of the country's part there.

    Without bridges and tunnels, roads lead only from one place of a part to another. A place in the water belongs to the
    nearest coast within SHORE_KM. At a border the drawn line may be on the wrong side of a town: then it belongs to the
    nearest part of its own country. In an area that the atlas draws apart (its code starts with X), the number is that
    area's, below zero. None far from all land.
    """
    found = _part(point)
    if found is None or found.country == country:
        return (found.landmass, found.number) if found else None
    is_apart = found.country.startswith("X-")
    own = cells().nearest_land(point, LINE_KM if is_apart else SHORE_KM, country)
    if own != SEA:
        part = world().parts[own]
        return part.landmass, part.number
    return found.landmass, -2 - world().parts.index(found) if is_apart else 0


def _part(point: Point) -> Part | None:
    """Return the part that `point` belongs to."""
    found = cells().part_at(point)
    if found == SEA:
        found = cells().nearest_land(point, SHORE_KM)
    return None if found == SEA else world().parts[found]
