"""Where and when delegations still have to start from."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Journey, Leg, LegStatus
from app.models.travel.places import Place, PlaceKind, Service
from app.queries.lookup import kept


def points(congress: Congress, delegations: Sequence[Delegation]) -> dict[int, tuple[int, datetime]]:
    """Return the place and time from which each delegation still has to travel, where known.

    A delegation under way is where its last finished leg ended. Otherwise it starts at the origin of its first leg, at
    the departure; without any leg, at its place of departure, or else at the busiest airport of its country.
    """
    now = clock.now()
    found: dict[int, tuple[int, datetime]] = {}
    legs = (
        select(Journey.delegation_id, Leg)
        .join(Leg, Leg.journey_id == Journey.id)
        .where(Journey.congress_id == congress.id, Journey.direction == Direction.OUT)
        .where(Journey.delegation_id.in_([one.id for one in delegations]), ~Journey.travelers.any())
        .order_by(Leg.departs_at)
    )
    for delegation_id, leg in db.session.execute(legs):
        if leg.status is LegStatus.DONE:
            found[delegation_id] = (leg.destination_id, max(now, leg.arrives_at))
        else:
            found.setdefault(delegation_id, (leg.origin_id, max(now, leg.departs_at)))
    for one in delegations:
        if one.origin_id is not None:
            found.setdefault(one.id, (one.origin_id, now))
    homes = _homes({one.country for one in delegations if one.id not in found})
    for one in delegations:
        if one.id not in found and one.country in homes:
            found[one.id] = (homes[one.country], now)
    return found


def _homes(countries: Collection[str]) -> dict[str, int]:
    """Return the busiest airport of each country."""
    busiest = (
        select(Place.country, Place.id, func.sum(Service.frequency).label("runs"))
        .join(Service, Service.origin_id == Place.id)
        .where(kept(Place), Place.country.in_(countries), Place.kind == PlaceKind.AIRPORT)
        .group_by(Place.country, Place.id)
        .order_by("runs")
    )
    return {row.country: row.id for row in db.session.execute(busiest)} if countries else {}
