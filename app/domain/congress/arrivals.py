"""Arrivals that delegates report themselves: with a tap, without location and tracking."""

from datetime import timedelta

from app import clock
from app.domain.congress import delegations
from app.domain.travel import legs
from app.domain_errors import DomainError
from app.extensions import db
from app.models.congress.delegations import Delegate, DelegationStatus
from app.models.travel.journeys import HITTABLE, LOST, Direction, Leg, LegStatus
from app.queries.travel import journeys as journey_queries
from app.queries.travel import parties
from app.text import N_

EARLIER = timedelta(hours=12)
"""A leg may already have been traveled this long before its scheduled departure."""


def report(delegate: Delegate, leg: Leg) -> None:
    """Record that a delegate, and everyone traveling with them, has arrived at the end of a leg."""
    journey = leg.journey
    if leg.status not in HITTABLE:
        raise DomainError(None, N_("This leg has already ended."))
    if not has_begun(leg):
        raise DomainError(None, N_("This leg has not started yet."))
    legs.arrive(leg)
    delegation = delegate.delegation
    aboard = parties.of(delegation.congress_id, {delegation.id}).aboard(journey.id, delegation.id, journey.direction)
    is_last = all(other.departs_at <= leg.departs_at or other.status in LOST for other in journey.legs)
    if journey.direction is not Direction.OUT or delegation.status is DelegationStatus.UNABLE_TO_ATTEND:
        return
    if is_last:
        for one in delegation.delegates:
            if one.id in aboard:
                one.arrived_at = one.arrived_at or clock.now()
        db.session.flush()
    everybody = is_last and all(one.arrived_at for one in delegation.delegates)
    if delegation.status is not DelegationStatus.ARRIVED:
        delegations.set_status(delegation, DelegationStatus.ARRIVED if everybody else DelegationStatus.TRAVELING)


def has_begun(leg: Leg) -> bool:
    """Return whether a leg can have been traveled by now; some leave earlier than planned."""
    return clock.now() >= leg.departs_at - EARLIER


def undo(delegate: Delegate, leg: Leg) -> None:
    """Undo a mistaken report: the leg gets its previous status, and nobody has arrived by it."""
    if leg.status is not LegStatus.DONE:
        raise DomainError(None, N_("Nobody has reported this leg."))
    legs.set_leg_status(leg, legs.status_before(leg, LegStatus.DONE))
    delegation, journey = delegate.delegation, leg.journey
    if journey.direction is not Direction.OUT:
        return
    aboard = parties.of(delegation.congress_id, {delegation.id}).aboard(journey.id, delegation.id, journey.direction)
    for one in delegation.delegates:
        if one.id in aboard:
            one.arrived_at = None
    db.session.flush()
    if delegation.status is DelegationStatus.ARRIVED:
        delegations.set_status(delegation, DelegationStatus.TRAVELING)


def ways(delegate: Delegate) -> list[Leg]:
    """Return the legs that a delegate travels, outbound before return, without canceled and missed ones."""
    delegation = delegate.delegation
    known = parties.of(delegation.congress_id, {delegation.id})
    return [
        leg
        for journey in journey_queries.of_delegation(delegation)
        if delegate.id in known.aboard(journey.id, delegation.id, journey.direction)
        for leg in journey.legs
        if leg.status not in LOST
    ]
