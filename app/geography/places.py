"""Countries, their parts and the lands they lie on."""

from app.geography.cells import cells
from app.geography.sphere import Point
from app.geography.world import SEA, Part, world

SHORE_KM = 25.0
"""So far off the drawn coast a place still counts as on it: the atlas rounds bays and piers off and omits small islands."""


def country_at(point: Point) -> str | None:
    """Return the code of the country that holds `point`, or None at sea. Nothing is forgiven at the coast; see `part_at`."""
    return world().country_beside(cells().part_at(point))


def part_at(point: Point) -> tuple[str, int] | None:
    """Return the country of `point` and the number of its connected piece there, or None far from all land.

    A place in the water counts to the nearest coast within SHORE_KM.
    """
    part = _part(point)
    return (part.country, part.number) if part else None


def landmass_at(point: Point) -> int | None:
    """Return the number of the connected land that holds `point`, over all borders, or None far from all land.

    Two places can be reached from each other without crossing the sea only if the numbers are equal; bridges and tunnels
    do not count. A place in the water counts to the nearest coast within SHORE_KM.
    """
    part = _part(point)
    return part.landmass if part else None


def _part(point: Point) -> Part | None:
    """Return what `point` counts to."""
    found = cells().part_at(point)
    if found == SEA:
        found = cells().nearest_land(point, SHORE_KM)
    return None if found == SEA else world().parts[found]
