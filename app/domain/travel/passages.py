"""The countries between the ends of a leg: those that a flight passes over, and those that a leg over land passes through."""

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.geography.flights import overflown
from app.models.travel.journeys import HITTABLE, Leg, Overflight, Passage
from app.models.travel.places import Mode, Place
from app.queries.travel import passing
from app.queries.travel.entity_legs import OVER_LAND


def note(leg: Leg) -> None:
    """Store the countries between the ends of a leg, after the leg or one of its ends was changed."""
    _keep_overflights(leg)
    _keep_passages(leg)
    db.session.flush()


def derive() -> int:
    """Find anew which countries the legs still to be traveled pass through; return how many legs were changed.

    The answer depends on the network: a crossing that was verified or banned can make another way the fastest.
    """
    origin, destination = aliased(Place), aliased(Place)
    abroad = (
        select(Leg).join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    )
    abroad = abroad.where(Leg.status.in_(HITTABLE), Leg.mode.in_(OVER_LAND))
    concerned = abroad.where(or_(origin.country != destination.country, Leg.crossing_id.is_not(None))).order_by(Leg.id)
    changed = sum(_keep_passages(leg) for leg in db.session.scalars(concerned).unique().all())
    db.session.flush()
    return changed


def _keep_overflights(leg: Leg) -> None:
    """Store the countries that the straight line of a flight passes over, none if a place has no coordinates."""
    over: frozenset[str] = frozenset()
    if leg.mode is Mode.AIR and leg.origin.point and leg.destination.point:
        over = overflown(leg.origin.point, leg.destination.point)
    over -= {leg.origin.country, leg.destination.country}
    known = {row.country: row for row in db.session.scalars(select(Overflight).where(Overflight.leg_id == leg.id))}
    for country in known.keys() - over:
        db.session.delete(known[country])
    for country in sorted(over - known.keys()):
        db.session.add(Overflight(congress_id=leg.congress_id, leg_id=leg.id, country=country))


def _keep_passages(leg: Leg) -> bool:
    """Store the countries that a leg passes through, and return whether they were others before."""
    passed = passing.countries(leg) if leg.mode in OVER_LAND else {}
    known = {row.country: row for row in db.session.scalars(select(Passage).where(Passage.leg_id == leg.id))}
    for country in known.keys() - passed.keys():
        db.session.delete(known[country])
    for country in sorted(passed.keys() - known.keys()):
        row = Passage(congress_id=leg.congress_id, leg_id=leg.id, country=country, recorded=passed[country])
        db.session.add(row)
    for country in known.keys() & passed.keys():
        known[country].recorded = passed[country]
    return {row.country for row in known.values()} != passed.keys()
