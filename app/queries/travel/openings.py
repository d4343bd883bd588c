"""Crossings that would open a way where none is known, once somebody has verified them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.travel.places import Crossing
from app.queries.travel.ways import Asked, OtherWay, find_for

MOST = 6


@dataclass(frozen=True, slots=True)
class Opening:
    """Crossings that nobody has verified, and the shortest way that they would open."""

    crossings: tuple[Crossing, ...]
    """All of them have to be verified; in the order of the way."""
    way: OtherWay
    delegations: int
    """How many of those that have no way it would serve."""


def openings(congress: Congress, delegations: Sequence[Delegation], asked: Asked) -> list[Opening]:
    """Return what would open a way for delegations that have none: what serves most of them first, then the shortest."""
    if not delegations:
        return []
    found: dict[tuple[Crossing, ...], list[OtherWay]] = defaultdict(list)
    for ways in find_for(congress, delegations, asked, unverified=True).values():
        served = {tuple(one for one in way.crossings if not one.usable): way for way in reversed(ways)}
        for crossings, way in served.items():
            found[crossings].append(way)
    opened = [
        Opening(crossings, min(ways, key=lambda way: way.hours), len(ways))
        for crossings, ways in found.items()
        if crossings
    ]
    return sorted(opened, key=lambda one: (-one.delegations, one.way.hours))[:MOST]
