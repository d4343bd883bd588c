"""Unverified crossings that would open a route for delegations without one, once verified."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.travel.places import Crossing
from app.queries.travel.ways import AlternativeRoute, RouteConstraints, find_for

MOST = 6


@dataclass(frozen=True, slots=True)
class Opening:
    """Unverified crossings, and the fastest route that they would open."""

    crossings: tuple[Crossing, ...]
    """All of them must be verified; in the order of travel."""
    way: AlternativeRoute
    delegations: int
    """How many of the delegations without a route it would serve."""


def openings(congress: Congress, delegations: Sequence[Delegation], constraints: RouteConstraints) -> list[Opening]:
    """Return what would open routes, sorted by the number of delegations served, then by the fastest route."""
    if not delegations:
        return []
    found: dict[tuple[Crossing, ...], list[AlternativeRoute]] = defaultdict(list)
    for ways in find_for(congress, delegations, constraints, unverified=True).values():
        served = {tuple(one for one in way.crossings if not one.usable): way for way in reversed(ways)}
        for crossings, way in served.items():
            found[crossings].append(way)
    opened = [
        Opening(crossings, min(ways, key=lambda way: way.hours), len(ways))
        for crossings, ways in found.items()
        if crossings
    ]
    return sorted(opened, key=lambda one: (-one.delegations, one.way.hours))[:MOST]
