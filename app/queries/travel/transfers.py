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


def among_legs(congress_id: int, leg_ids: Collection[int]) -> set[int]:
    """Return those of some legs that are transfers by road."""
    origin, destination = aliased(Place), aliased(Place)
    columns: tuple[Any, ...] = (
        Leg.id, origin.kind, origin.country, origin.latitude, origin.longitude,
        destination.kind, destination.country, destination.latitude, destination.longitude,
    )  # fmt: skip
    by_road = select(*columns).where(Leg.congress_id == congress_id, Leg.mode == Mode.ROAD, among(Leg.id, leg_ids))
    by_road = by_road.join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    by_road = by_road.where(origin.country == destination.country)
    found = set()
    for leg_id, start, country, *here, end, other, north, east in db.session.execute(by_road):
        if None in (*here, north, east):
            continue
        km = distance_km((float(here[0]), float(here[1])), (float(north), float(east)))
        if are_transfers(km, country == other, start in TOWNS, end in TOWNS):
            found.add(leg_id)
    return found
