"""Journeys whose legs do not hold together: one was lost and the next stands, or they do not meet in place or time."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.geography.sphere import distance_km
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.travel.journeys import HITTABLE, LOST, Journey, Leg
from app.models.travel.places import Place
from app.queries.travel.places import BESIDE_KM
from app.text import plain


class Flaw(StrEnum):
    """Why a leg does not continue the journey."""

    LOST_BEFORE = "lost_before"
    APART = "apart"
    OVERLAP = "overlap"


class Gap(NamedTuple):
    """A leg that does not continue the journey, and the one before it."""

    flaw: Flaw
    before: Leg
    leg: Leg


def gaps(legs: Sequence[Leg]) -> list[Gap]:
    """Return where the legs of one journey, in order of departure, do not hold together.

    Only legs that are still to be traveled are judged. An arrival that was estimated is not compared.
    """
    used = [leg for leg in legs if not leg.is_lost]
    found = [_first(legs, used[0])] if used else []
    for before, leg in pairwise(used):
        found.append(_lost_between(legs, before, leg) or _apart(before, leg))
        if not before.arrival_estimated and leg.departs_at < before.arrives_at:
            found.append(Gap(Flaw.OVERLAP, before, leg))
    return [gap for gap in found if gap is not None and gap.leg.status in HITTABLE]


def by_leg(journeys: Iterable[Journey]) -> dict[int, list[Gap]]:
    """Return the gaps of journeys by the leg that does not continue."""
    found: dict[int, list[Gap]] = {}
    for journey in journeys:
        for gap in gaps(journey.legs):
            found.setdefault(gap.leg.id, []).append(gap)
    return found


def of_congress(congress_id: int) -> dict[int, list[Gap]]:
    """Return the gaps in journeys to and from a congress, by delegation, except of those who cannot attend."""
    listed = _suspects(congress_id)
    legs = select(Leg).where(Leg.congress_id == congress_id, Leg.journey_id.in_(listed))
    legs = legs.options(joinedload(Leg.journey, innerjoin=True)).order_by(Leg.journey_id, Leg.departs_at, Leg.id)
    journeys: dict[int, list[Leg]] = {}
    for leg in db.session.scalars(legs).unique():
        journeys.setdefault(leg.journey_id, []).append(leg)
    found: dict[int, list[Gap]] = {}
    for chain in journeys.values():
        if broken := gaps(chain):
            found.setdefault(chain[0].journey.delegation_id, []).extend(broken)
    return found


def _suspects(congress_id: int) -> Sequence[int]:
    """Return the journeys in which a leg was lost, or two legs in turn differ in place or overlap in time."""
    order = (Leg.departs_at, Leg.id)
    chained = (
        select(
            Leg.journey_id, Leg.origin_id, Leg.departs_at,
            func.lag(Leg.destination_id).over(partition_by=Leg.journey_id, order_by=order).label("from_id"),
            func.lag(Leg.arrives_at).over(partition_by=Leg.journey_id, order_by=order).label("since"),
            case((Leg.status.in_(LOST), 1), else_=0).label("lost"),
        )
        .where(Leg.congress_id == congress_id)
        .subquery()
    )  # fmt: skip
    one = chained.c
    doubtful = select(one.journey_id).where(
        or_(one.lost == 1, one.from_id != one.origin_id, one.since > one.departs_at)
    )
    coming = select(Journey.id).join(Delegation, Delegation.id == Journey.delegation_id)
    coming = coming.where(
        Journey.congress_id == congress_id, Delegation.status != DelegationStatus.UNABLE_TO_ATTEND,
        Journey.id.in_(doubtful),
    )  # fmt: skip
    return db.session.scalars(coming).all()


def _first(legs: Sequence[Leg], first: Leg) -> Gap | None:
    """Return the gap before the first leg that is used, if a lost one was to lead there."""
    before = [leg for leg in legs if leg.is_lost and leg.departs_at < first.departs_at]
    lead = [leg for leg in before if _meet(leg.destination, first.origin)]
    return Gap(Flaw.LOST_BEFORE, lead[-1], first) if lead else None


def _lost_between(legs: Sequence[Leg], before: Leg, leg: Leg) -> Gap | None:
    if _meet(before.destination, leg.origin):
        return None
    lost = [one for one in legs if one.is_lost and before.departs_at <= one.departs_at <= leg.departs_at]
    lead = [one for one in lost if _meet(one.destination, leg.origin)]
    return Gap(Flaw.LOST_BEFORE, lead[-1], leg) if lead else None


def _apart(before: Leg, leg: Leg) -> Gap | None:
    return None if _meet(before.destination, leg.origin) else Gap(Flaw.APART, before, leg)


def _meet(here: Place, there: Place) -> bool:
    """Return whether two places are one town: its airport, its station, its port. Without coordinates, the name decides."""
    if here.id == there.id:
        return True
    if here.country == there.country and plain(here.name) == plain(there.name):
        return True
    if here.point is None or there.point is None:
        return here.country == there.country
    return distance_km(here.point, there.point) <= BESIDE_KM
