"""The borders that a journey or a route crosses, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Protocol

from sqlalchemy import select

from app.extensions import db
from app.geography.sphere import distance_km
from app.models.travel.places import Crossing, Mode, Place, PlaceKind


class Hop(Protocol):
    """A leg of a journey, or a segment of a route."""

    @property
    def origin(self) -> Place: ...  # noqa: D102
    @property
    def destination(self) -> Place: ...  # noqa: D102
    @property
    def mode(self) -> Mode: ...  # noqa: D102
    @property
    def crossing(self) -> Crossing | None: ...  # noqa: D102
    @property
    def departs_at(self) -> datetime: ...  # noqa: D102
    @property
    def arrives_at(self) -> datetime: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Border:
    """A country that is entered, and where."""

    left: str
    entered: str
    hop: Hop
    crossing: Crossing | None
    """The crossing on the ground, if it is recorded."""
    at: Place | None
    """The airport, port or station of entry; None on the road."""
    changes_only: bool
    """Whether travelers only change planes at one airport and fly on to another country."""

    @property
    def flies(self) -> bool:
        """Whether the country is entered by air."""
        return self.hop.mode is Mode.AIR


def borders(hops: Sequence[Hop], passed: Mapping[int, Sequence[str]]) -> list[Border]:
    """Return the borders in order; `passed` are countries that a leg over land passes through, by its position."""
    found = []
    posts = _posts(hops)
    for number, hop in enumerate(hops):
        following = hops[number + 1] if number + 1 < len(hops) else None
        crossing = hop.crossing or _at_a_post(hop, posts)
        for left, entered in pairwise(_countries(hop, passed.get(number, ()))):
            sides = {crossing.near.country, crossing.far.country} if crossing else set()
            lands = entered == hop.destination.country and hop.mode is not Mode.ROAD and hop.mode is not Mode.FOOT
            found.append(
                Border(
                    left=left,
                    entered=entered,
                    hop=hop,
                    crossing=crossing if sides == {left, entered} else None,
                    at=hop.destination if lands else None,
                    changes_only=_changes_only(hop, following, entered),
                )
            )
    return found


def _posts(hops: Sequence[Hop]) -> dict[int, Crossing]:
    """Return the crossings at the places where legs start and end, by the place."""
    ends = {place.id for hop in hops for place in (hop.origin, hop.destination) if place.kind is PlaceKind.CROSSING}
    if not ends:
        return {}
    there = select(Crossing).where(Crossing.place_id.in_(ends))
    return {one.place_id: one for one in db.session.scalars(there).unique() if one.place_id}


def _at_a_post(hop: Hop, posts: Mapping[int, Crossing]) -> Crossing | None:
    """Return the crossing at whose border post a leg into another country starts or ends."""
    if hop.origin.country == hop.destination.country:
        return None
    return posts.get(hop.origin.id) or posts.get(hop.destination.id)


def _countries(hop: Hop, passed: Sequence[str]) -> list[str]:
    """Return the countries of a leg in order, its ends included."""
    between = list(passed)
    if hop.crossing:
        near, far = _in_order(hop, hop.crossing)
        between = [one for one in passed if one not in (near, far)]
        between = [near, far] if not between else [near, far, *between]
    listed = [hop.origin.country, *between, hop.destination.country]
    return [one for number, one in enumerate(listed) if number == 0 or one != listed[number - 1]]


def _in_order(hop: Hop, crossing: Crossing) -> tuple[str, str]:
    """Return the countries on the two sides of a crossing in the direction of travel."""
    near, far = crossing.near, crossing.far
    if hop.origin.country in (near.country, far.country):
        forward = hop.origin.country == near.country
    elif hop.destination.country in (near.country, far.country):
        forward = hop.destination.country == far.country
    else:
        ends = [hop.origin.point, near.point, far.point]
        points = [point for point in ends if point]
        forward = len(points) < 3 or distance_km(points[0], points[1]) <= distance_km(points[0], points[2])
    return (near.country, far.country) if forward else (far.country, near.country)


def _changes_only(hop: Hop, following: Hop | None, entered: str) -> bool:
    return (
        following is not None
        and hop.mode is Mode.AIR
        and following.mode is Mode.AIR
        and following.origin.id == hop.destination.id
        and following.destination.country != entered
    )
