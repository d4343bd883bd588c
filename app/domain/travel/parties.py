"""Separate itineraries of some people of a delegation."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.domain.travel import impact, legs
from app.domain_errors import DomainError
from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.removing import REMOVED
from app.models.travel.journeys import HITTABLE, Direction, Journey, LegStatus, Traveler
from app.queries.travel import journeys
from app.text import N_


def begin_party(delegation: Delegation, direction: Direction, delegates: Iterable[Delegate]) -> Journey:
    """Give some people of a delegation a separate itinerary."""
    journey = Journey(congress_id=delegation.congress_id, delegation_id=delegation.id, direction=direction)
    db.session.add(journey)
    db.session.flush()
    set_party(journey, delegates)
    return journey


def set_party(journey: Journey, delegates: Iterable[Delegate]) -> None:
    """Set who follows a separate itinerary; they leave the others in the same direction."""
    chosen = list(delegates)
    if not chosen:
        raise DomainError("delegates", N_("Choose who is traveling on this leg."))
    others = (
        select(Traveler)
        .join(Journey, Journey.id == Traveler.journey_id)
        .where(Journey.delegation_id == journey.delegation_id, Journey.direction == journey.direction)
        .where(Journey.id != journey.id, Traveler.delegate_id.in_([one.id for one in chosen]))
    )
    _leave(db.session.scalars(others).unique().all())
    known = {one.delegate_id: one for one in journey.travelers}
    journey.travelers = [
        known.get(one.id) or Traveler(congress_id=journey.congress_id, delegate_id=one.id) for one in chosen
    ]
    db.session.flush()
    impact.settle(journey.congress_id, delegation_id=journey.delegation_id)


def leave_parties(delegate: Delegate) -> None:
    """Remove a delegate from all separate itineraries."""
    _leave(db.session.scalars(select(Traveler).where(Traveler.delegate_id == delegate.id)).unique().all())


def _leave(travelers: Sequence[Traveler]) -> None:
    """Remove people from separate itineraries; one without travelers is ended and not assigned to anyone else.

    One that is left to removed people is kept: it is hidden with them, and theirs again when they are restored.
    """
    left = {db.session.get_one(Journey, one.journey_id) for one in travelers}
    for one in travelers:
        db.session.delete(one)
    db.session.flush()
    for journey in sorted(left, key=lambda one: one.id):
        db.session.expire(journey)
        still_there = select(Traveler.id).where(Traveler.journey_id == journey.id).limit(1)
        if db.session.scalar(still_there, execution_options=REMOVED) is None:
            _give_up(journey)


def _give_up(journey: Journey) -> None:
    """Cancel the remaining legs of an itinerary; its other legs are moved to the shared journey."""
    delegation, direction, given_up = journey.delegation, journey.direction, list(journey.legs)
    for leg in given_up:
        if leg.status in HITTABLE:
            legs.set_leg_status(leg, LegStatus.CANCELLED)
    common = journeys.shared(delegation, direction, but=journey)
    if common is not None or not given_up:
        for leg in given_up:
            leg.journey_id = common.id if common else leg.journey_id
        db.session.flush()
        db.session.expire(journey)
        db.session.delete(journey)
        db.session.flush()


def end_party(journey: Journey) -> None:
    """End a separate itinerary; its travelers follow the shared one again."""
    if journey.legs:
        raise DomainError(None, N_("Remove its legs first."))
    delegation_id, congress_id = journey.delegation_id, journey.congress_id
    db.session.delete(journey)
    db.session.flush()
    impact.settle(congress_id, delegation_id=delegation_id)
