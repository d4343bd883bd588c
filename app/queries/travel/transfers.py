"""Legs between a town and its airport, port or station: closed roads leave them open, as they do for proposed routes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.geography.sphere import distance_km
from app.models.travel.journeys import Leg
from app.models.travel.places import Mode, Place
from app.queries.travel.parties import among
from app.routing.transfers import TOWNS, are_transfers

_COLUMNS = ("kind", "country", "latitude", "longitude")


def among_legs(congress_id: int, leg_ids: Collection[int]) -> set[int]:
    """Return those of some legs that are transfers by road."""
    origin, destination = aliased(Place), aliased(Place)
    columns: tuple[Any, ...] = (
        Leg.id,
        *(getattr(origin, name).label(f"origin_{name}") for name in _COLUMNS),
        *(getattr(destination, name).label(f"destination_{name}") for name in _COLUMNS),
    )
    by_road = select(*columns).where(Leg.congress_id == congress_id, Leg.mode == Mode.ROAD, among(Leg.id, leg_ids))
    by_road = by_road.join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    by_road = by_road.where(origin.country == destination.country)
    found = set()
    for leg in db.session.execute(by_road):
        points = (leg.origin_latitude, leg.origin_longitude, leg.destination_latitude, leg.destination_longitude)
        if None in points:
            continue
        south, west, north, east = map(float, points)
        km, is_within = distance_km((south, west), (north, east)), leg.origin_country == leg.destination_country
        if are_transfers(km, is_within, leg.origin_kind in TOWNS, leg.destination_kind in TOWNS):
            found.add(leg.id)
    return found
