"""Countries, their parts and their land masses."""

from app.geography.cells import cells
from app.geography.sphere import Point
from app.geography.world import SEA, Part, world

SHORE_KM = 25.0
"""A place this far off the drawn coast still counts as on it: the atlas simplifies bays and piers and omits small islands."""


def country_at(point: Point) -> str | None:
    """Return the code of the country that contains `point`, or None at sea. There is no tolerance at the coast; see `part_at`."""
    return world().country_beside(cells().part_at(point))


def part_at(point: Point) -> tuple[str, int] | None:
    """Return the country of `point` and the number of its connected part there, or None far from all land.

    A place in the water belongs to the nearest coast within SHORE_KM.
    """
    part = _part(point)
    return (part.country, part.number) if part else None


def landmass_at(point: Point) -> int | None:
    """Return the number of the connected land mass of `point`, across all borders, or None far from all land.

    Two places can be reached from each other without crossing the sea only if the numbers are equal; bridges and
    tunnels do not count. A place in the water belongs to the nearest coast within SHORE_KM.
    """
    part = _part(point)
    return part.landmass if part else None


def _part(point: Point) -> Part | None:
    """Return the part that `point` belongs to."""
    found = cells().part_at(point)
    if found == SEA:
        found = cells().nearest_land(point, SHORE_KM)
    return None if found == SEA else world().parts[found]
