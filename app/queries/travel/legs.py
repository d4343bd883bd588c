"""Legs of journeys."""

import re
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, false, func, or_, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from app.extensions import db
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import HITTABLE, LOST, Direction, Journey, Leg, LegStatus
from app.models.travel.places import Place
from app.queries.lookup import kept, one
from app.queries.paging import ids_of
from app.text import words_of


def get(delegation: Delegation, leg_id: int) -> Leg:
    """Return a leg of a delegation, with its journey."""
    journey = joinedload(Leg.journey, innerjoin=True)
    of_delegation = Leg.journey.has(Journey.delegation_id == delegation.id)
    return one(Leg, Leg.id == leg_id, of_delegation, options=(journey,))


def carriers(congress_id: int) -> Sequence[str]:
    """Return the names of the carriers of a congress's legs."""
    named = select(Leg.carrier).where(Leg.congress_id == congress_id, Leg.carrier.is_not(None)).distinct()
    return [carrier for carrier in db.session.scalars(named.order_by(Leg.carrier)) if carrier]


def by_id(congress_id: int, leg_ids: Collection[int]) -> dict[int, Leg]:
    """Return legs of a congress by id."""
    found = select(Leg).where(Leg.congress_id == congress_id, Leg.id.in_(leg_ids))
    return {leg.id: leg for leg in db.session.scalars(found)}


def to_the_congress(congress_id: int, delegation_ids: Collection[int] | None, limit: int) -> Sequence[Leg]:
    """Return the outbound legs of some or all delegations, by delegation and departure."""
    there = select(Leg).join(Journey, Journey.id == Leg.journey_id)
    there = there.where(Leg.congress_id == congress_id, Journey.direction == Direction.OUT)
    if delegation_ids is not None:
        there = there.where(Journey.delegation_id.in_(delegation_ids))
    whole = (contains_eager(Leg.journey).joinedload(Journey.delegation), joinedload(Leg.crossing))
    ordered = there.options(*whole).order_by(Journey.delegation_id, Leg.departs_at, Leg.id)
    return db.session.scalars(ordered.limit(limit)).unique().all()


def ahead(congress_id: int, typed: str = "", limit: int = 40) -> Sequence[Leg]:
    """Return legs of a congress that can still be hit, by departure: all, or those with a matching id, place or carrier."""
    hittable = select(Leg).where(Leg.congress_id == congress_id, Leg.status.in_(HITTABLE))
    number = re.fullmatch(r"(?:.*\()?#?(\d{1,9})\)?", typed.strip())
    hittable = hittable.where(*([Leg.id == int(number[1])] if number else _mentioning(typed)))
    return db.session.scalars(hittable.order_by(Leg.departs_at, Leg.id).limit(limit)).all()


def numbers(congress_id: int) -> Sequence[int]:
    """Return the ids of all legs of a congress, by delegation, journey and departure."""
    all_of = select(Leg).join(Journey, Journey.id == Leg.journey_id).where(Leg.congress_id == congress_id)
    return ids_of(Leg.id, all_of.order_by(Journey.delegation_id, Journey.id, Leg.departs_at, Leg.id))


def some(congress_id: int, leg_ids: Collection[int]) -> Sequence[Leg]:
    """Return legs of a congress by id, with their journeys and travelers."""
    journey = joinedload(Leg.journey, innerjoin=True)
    whole = (journey.joinedload(Journey.delegation), journey.selectinload(Journey.travelers))
    found = select(Leg).where(Leg.congress_id == congress_id, Leg.id.in_(leg_ids))
    return db.session.scalars(found.options(*whole)).unique().all()


def _mentioning(typed: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which the places, carrier and number of a leg contain every typed word."""
    wanted = words_of(typed)
    if typed.strip() and not wanted:
        return [false()]
    conditions = []
    for word in wanted:
        there = select(Place.id).where(Place.words.contains(word))
        named = (Leg.carrier_key.contains(word), func.lower(Leg.number).contains(word))
        conditions.append(or_(Leg.origin_id.in_(there), Leg.destination_id.in_(there), *named))
    return conditions


def used_places(congress_id: int, limit: int = 60) -> Sequence[Place]:
    """Return the places where legs of a congress begin or end, most used first."""
    ends = union_all(
        *(
            select(end.label("place_id")).where(Leg.congress_id == congress_id)
            for end in (Leg.origin_id, Leg.destination_id)
        )
    ).subquery()
    ranked = select(Place).join(ends, ends.c.place_id == Place.id).where(kept(Place)).group_by(Place.id)
    return db.session.scalars(ranked.order_by(func.count().desc(), Place.sort_key).limit(limit)).all()


def to_replace(delegation: Delegation) -> Sequence[Leg]:
    """Return the legs of the common outbound journey that are still to be traveled, in order."""
    ahead = (
        select(Leg)
        .join(Journey, Journey.id == Leg.journey_id)
        .where(Journey.delegation_id == delegation.id, Journey.direction == Direction.OUT)
        .where(Leg.status.in_(HITTABLE), ~Journey.travelers.any())
    )
    return db.session.scalars(ahead.order_by(Leg.departs_at, Leg.id)).all()


def replaced(delegation: Delegation) -> Sequence[Leg]:
    """Return the legs that are booked but no longer used, in order."""
    unused = select(Leg).join(Journey, Journey.id == Leg.journey_id).where(Journey.delegation_id == delegation.id)
    unused = unused.where(Leg.status == LegStatus.REPLACED)
    return db.session.scalars(unused.order_by(Leg.departs_at, Leg.id)).all()


def around_problems(delegation: Delegation) -> Sequence[Leg]:
    """Return the legs that were planned to avoid a problem, and the lost legs that they replace."""
    around = select(Leg).join(Journey, Journey.id == Leg.journey_id).where(Journey.delegation_id == delegation.id)
    around = around.where(Leg.around_id.is_not(None), or_(Leg.status.in_(HITTABLE), Leg.status.in_(LOST)))
    return db.session.scalars(around.order_by(Leg.departs_at, Leg.id)).all()
