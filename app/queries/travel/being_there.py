"""Whether a leg is where a problem is while it applies: at that end of the leg, and within daily hours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models.travel.journeys import Leg
from app.models.travel.places import Mode, Place
from app.models.travel.problems import ActivePeriod, RouteProblem
from app.queries.travel.entity_legs import Presence
from app.queries.travel.parties import among
from app.queries.travel.touching import Touch
from app.routing.hours import meets

VESSELS = (Mode.AIR, Mode.SEA)
Missed = set[tuple[int, int, Presence]]


def missed(congress_id: int, touches: Sequence[Touch], problem: RouteProblem | None = None) -> Missed:
    """Return the legs, periods and presences that do not meet, although the period covers a part of the leg.

    If all touches are of one problem and it is given, its periods need not be read.
    """
    if not touches:
        return set()
    known = {one.id: one for one in problem.active_periods} if problem else {}
    at_hours = {one.id for one in known.values() if one.daily_from is not None} if problem else _with_hours(congress_id)
    asked = {(one.leg_id, one.period_id, one.presence) for one in touches if one.partly or one.period_id in at_hours}
    if not asked:
        return set()
    periods = known or _periods(congress_id, {one[1] for one in asked})
    legs = _legs(congress_id, {one[0] for one in asked})
    return {one for one in asked if not _meets(window(legs[one[0]], one[2]), periods[one[1]])}


def _with_hours(congress_id: int) -> set[int]:
    daily = select(ActivePeriod.id).where(ActivePeriod.congress_id == congress_id, ActivePeriod.daily_from.is_not(None))
    return set(db.session.scalars(daily))


def _periods(congress_id: int, period_ids: set[int]) -> dict[int, ActivePeriod]:
    wanted = select(ActivePeriod).where(ActivePeriod.congress_id == congress_id, among(ActivePeriod.id, period_ids))
    return {period.id: period for period in db.session.scalars(wanted)}


def _legs(congress_id: int, leg_ids: set[int]) -> dict[int, Any]:
    """Return the times, mode and ends of legs."""
    origin, destination = aliased(Place), aliased(Place)
    columns = (
        Leg.id, Leg.departs_at, Leg.arrives_at, Leg.mode, origin.country.label("origin_country"), origin.fir.label("origin_fir"),
        destination.country.label("destination_country"), destination.fir.label("destination_fir"),
    )  # fmt: skip
    traveled = select(*columns).where(Leg.congress_id == congress_id, among(Leg.id, leg_ids))
    traveled = traveled.join(origin, origin.id == Leg.origin_id)
    traveled = traveled.join(destination, destination.id == Leg.destination_id)
    return {row.id: row for row in db.session.execute(traveled)}


def window(leg: Any, presence: Presence) -> tuple[datetime, datetime]:
    """Return from when until when a leg is there; `leg` has its times, its mode, and country and region of both ends."""
    whole = (leg.departs_at, leg.arrives_at)
    if not presence.end or (presence.only_vessels and leg.mode not in VESSELS):
        return whole
    areas = [getattr(leg, f"{end}_{presence.within}") for end in ("origin", "destination")] if presence.within else []
    if areas and areas[0] == areas[1]:
        return whole
    if presence.end == "origin":
        return leg.departs_at, min(leg.arrives_at, leg.departs_at + presence.lasts)
    return max(leg.departs_at, leg.arrives_at - presence.lasts), leg.arrives_at


def _meets(there: tuple[datetime, datetime], period: ActivePeriod) -> bool:
    """Return whether a time overlaps with a period, and with its daily hours if there are any."""
    starts = max(there[0], period.starts_at)
    ends = there[1] if period.ends_at is None else min(there[1], period.ends_at)
    if starts >= ends:
        return False
    if period.daily_from is None or period.daily_until is None or period.timezone is None:
        return True
    return meets(starts, ends, period.daily_from, period.daily_until, period.timezone)
