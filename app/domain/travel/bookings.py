"""Bookings of alternative routes, and cancellations of the old bookings."""

from collections.abc import Mapping

from app.domain.actions import follow_ups
from app.domain.travel import legs
from app.models.actions.follow_ups import FollowUp, FollowUpKind
from app.models.travel.journeys import Leg, LegStatus
from app.queries.travel import legs as leg_queries


def to_book(action: FollowUp) -> list[Leg]:
    """Return the planned legs of the alternative route that an open action is about."""
    if action.kind is not FollowUpKind.BOOK or not action.is_open or action.delegation is None:
        return []
    return [leg for leg in leg_queries.to_replace(action.delegation) if leg.status is LegStatus.PLANNED]


def book(action: FollowUp, references: Mapping[int, str | None]) -> None:
    """Complete a booking action: book the legs with these ids, with their references."""
    for leg in to_book(action):
        if leg.id in references:
            leg.booking_reference = references[leg.id]
            legs.set_leg_status(leg, LegStatus.BOOKED)
    follow_ups.complete(action)


def complete(action: FollowUp) -> FollowUp | None:
    """Complete an action, and return the next one of its series; an action to cancel bookings marks them as canceled."""
    if action.kind is FollowUpKind.CANCEL_BOOKING and action.delegation is not None:
        for leg in leg_queries.replaced(action.delegation):
            legs.set_leg_status(leg, LegStatus.CANCELLED)
    return follow_ups.complete(action)
