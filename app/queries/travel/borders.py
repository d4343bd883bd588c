"""Land borders: which are open to everybody, and which have no recorded crossing."""

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app import gazetteer
from app.extensions import db
from app.geography.places import neighbors
from app.models.travel.places import Crossing, Mode, Place, Service

_OVER_LAND = (Mode.RAIL, Mode.ROAD, Mode.RIVER, Mode.FOOT)


@cache
def open_pairs() -> frozenset[tuple[str, str]]:
    """Return the pairs of neighbors between which any road will do, each in both orders."""
    groups = [one["countries"] for one in gazetteer.read("open_borders")]
    return frozenset((one, other) for group in groups for one in group for other in group) & _touching()


def _touching() -> frozenset[tuple[str, str]]:
    """Return neighbors, and territories whose places are listed under the country that they belong to."""
    territories = [*(("US", one) for one in ("PR", "VI", "GU", "MP", "AS")), ("NO", "SJ"), ("FI", "AX")]
    return neighbors() | {pair for one, other in territories for pair in ((one, other), (other, one))}


def is_unrecorded(one: str, other: str) -> bool:
    """Return whether two countries are neighbors, and neither a crossing nor a line over their border is recorded."""
    if (one, other) not in neighbors() or (one, other) in open_pairs():
        return False
    crossing = _between(select(Crossing.id), Crossing.near_id, Crossing.far_id, one, other)
    line = select(Service.id).where(Service.mode.in_(_OVER_LAND))
    line = _between(line, Service.origin_id, Service.destination_id, one, other)
    return all(db.session.scalar(found.limit(1)) is None for found in (crossing, line))


def _between(
    found: Select[Any], start: InstrumentedAttribute[int], end: InstrumentedAttribute[int], one: str, other: str
) -> Select[Any]:
    near, far = aliased(Place), aliased(Place)
    meets = or_(and_(near.country == one, far.country == other), and_(near.country == other, far.country == one))
    return found.join(near, near.id == start).join(far, far.id == end).where(meets)
