"""Journeys of delegations."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Journey
from app.queries.lookup import one


def of_delegation(delegation: Delegation) -> Sequence[Journey]:
    """Return a delegation's journeys with their legs in order, outbound first."""
    listed = select(Journey).where(Journey.delegation_id == delegation.id)
    listed = listed.options(selectinload(Journey.legs), selectinload(Journey.travelers))
    return db.session.scalars(listed.order_by(Journey.direction.desc(), Journey.id)).unique().all()


def get(delegation: Delegation, journey_id: int) -> Journey:
    """Return a journey of a delegation with its legs and travelers."""
    whole = (selectinload(Journey.legs), selectinload(Journey.travelers))
    return one(Journey, Journey.id == journey_id, Journey.delegation_id == delegation.id, options=whole)


def shared(delegation: Delegation, direction: Direction, *, but: Journey | None = None) -> Journey | None:
    """Return the shared journey in a direction, other than `but`, or None."""
    same = select(Journey).where(Journey.delegation_id == delegation.id, Journey.direction == direction)
    same = same.where(~Journey.travelers.any(), *([Journey.id != but.id] if but else []))
    return db.session.scalars(same.order_by(Journey.id)).first()
