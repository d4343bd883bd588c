"""Roads that organizers have ruled out: which stand, whom they concern, and what they close."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import or_, select

from app import clock
from app.extensions import db
from app.models.travel.places import Crossing, Place
from app.models.travel.ruled_out_roads import RoadKind, RuledOutRoad
from app.queries.lookup import one
from app.queries.paging import Page, slice_of
from app.routing.closures import Closure, Period

EAST, WEST = timedelta(hours=14), timedelta(hours=12)
"""How much earlier than in UTC a day begins in the east, and how much later it ends in the west."""


def get(road_id: int) -> RuledOutRoad:
    """Return a road that is ruled out and was not lifted; raises Missing."""
    return one(RuledOutRoad, RuledOutRoad.id == road_id, RuledOutRoad.lifted_at.is_(None))


def standing() -> Sequence[RuledOutRoad]:
    """Return the roads that are or will be ruled out, the latest first."""
    today = (clock.now() - WEST).date()
    found = select(RuledOutRoad).where(
        RuledOutRoad.lifted_at.is_(None), or_(RuledOutRoad.until.is_(None), RuledOutRoad.until >= today)
    )
    return db.session.scalars(found.order_by(RuledOutRoad.id.desc())).unique().all()


def find(number: int) -> Page[RuledOutRoad]:
    """Return a page of them."""
    return slice_of(standing(), number)


def closures() -> list[Closure]:
    """Return what they close, and when."""
    return [_closure(road) for road in standing()]


def within(countries: Collection[str]) -> list[RuledOutRoad]:
    """Return those that lead through any of these countries."""
    return [road for road in standing() if countries_of(road) & set(countries)]


def countries_of(road: RuledOutRoad) -> set[str]:
    """Return the countries of a road."""
    ends = [road.one, road.other] if road.kind is RoadKind.BETWEEN else _sides(road.crossing)
    return {road.country or "", *(end.country for end in ends if end)} - {""}


def _sides(crossing: Crossing | None) -> list[Place | None]:
    return [crossing.near, crossing.far] if crossing else []


def _closure(road: RuledOutRoad) -> Closure:
    starts = datetime.combine(road.since, time.min, UTC) - EAST if road.since else datetime.min.replace(tzinfo=UTC)
    ends = datetime.combine(road.until, time.min, UTC) + timedelta(days=1) + WEST if road.until else None
    periods = (Period(starts, ends),)
    if road.kind is RoadKind.COUNTRY:
        return Closure("mode", periods, country=road.country or "", way="road")
    if road.kind is RoadKind.CROSSING:
        return Closure("crossing", periods, crossing_id=road.crossing_id or 0)
    one, other = (end.point if end else None for end in (road.one, road.other))
    return Closure("road_along", periods, between=(one, other) if one and other else ())
