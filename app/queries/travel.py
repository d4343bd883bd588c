"""Journeys, legs and places."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.delegations import Delegation
from app.models.travel import Journey, Leg, Place, PlaceKind
from app.queries.lookup import one


def journeys(delegation: Delegation) -> Sequence[Journey]:
    """Return a delegation's journeys with their legs in order, out before back."""
    listed = select(Journey).where(Journey.delegation_id == delegation.id).options(selectinload(Journey.legs))
    return db.session.scalars(listed.order_by(Journey.direction.desc())).all()


def get_leg(delegation: Delegation, leg_id: int) -> Leg:
    """Return one leg of a delegation's journeys, with its journey."""
    journey = joinedload(Leg.journey, innerjoin=True)
    of_delegation = Leg.journey.has(Journey.delegation_id == delegation.id)
    return one(Leg, Leg.id == leg_id, of_delegation, options=(journey,))


def places() -> Sequence[Place]:
    """Return all places by name, airports first."""
    return db.session.scalars(select(Place).order_by(Place.kind, Place.name, Place.country)).all()


def same_place(name: str, country: str, kind: PlaceKind) -> Place | None:
    """Return the place that already has this name, country and kind."""
    same = select(Place).where(func.lower(Place.name) == name.lower(), Place.country == country, Place.kind == kind)
    return db.session.scalar(same)


def carriers(congress_id: int) -> Sequence[str]:
    """Return the carriers that the legs of a congress name."""
    named = select(Leg.carrier).where(Leg.congress_id == congress_id, Leg.carrier.is_not(None)).distinct()
    return [carrier for carrier in db.session.scalars(named.order_by(Leg.carrier)) if carrier]
