"""Operations on several legs: copying them to other delegations, or setting their status."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.travel.legs import add_leg, given_arrival, set_leg_status
from app.domain_errors import DomainError
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Leg, LegStatus
from app.queries.travel import journeys as journey_queries
from app.text import N_
from app.times import to_typed


@dataclass(frozen=True, slots=True)
class Copied:
    """The result of copying legs to other delegations."""

    legs: int
    """Legs created."""
    delegations: int
    """Delegations that received at least one."""
    skipped: int
    """Legs not created because the delegation has an equal one."""


def copy(legs: Sequence[Leg], delegations: Iterable[Delegation]) -> Copied:
    """Copy legs to the common journeys of other delegations as planned legs, without booking, seats and cost.

    If a delegation already has a leg with the same mode, places and times, it gets no copy.
    """
    chosen = list(delegations)
    if not legs:
        raise DomainError("legs", N_("Choose at least one leg."))
    if not chosen:
        raise DomainError("delegations", N_("Choose at least one delegation."))
    made = skipped = reached = 0
    for delegation in chosen:
        there = {_course(leg) for leg in _common_legs(delegation)}
        new = [leg for leg in legs if _course(leg) not in there]
        for leg in new:
            _copy(leg, delegation)
        made, skipped, reached = made + len(new), skipped + len(legs) - len(new), reached + bool(new)
    return Copied(made, reached, skipped)


def set_status(legs: Sequence[Leg], status: LegStatus, booking_reference: str | None) -> None:
    """Set the status of several legs, and their booking reference if one is given."""
    if not legs:
        raise DomainError("legs", N_("Choose at least one leg."))
    for leg in legs:
        leg.booking_reference = booking_reference or leg.booking_reference
        set_leg_status(leg, status)


def _common_legs(delegation: Delegation) -> list[Leg]:
    common = [one for one in journey_queries.of_delegation(delegation) if not one.travelers]
    return [leg for journey in common for leg in journey.legs if not leg.is_lost]


def _course(leg: Leg) -> tuple[object, ...]:
    """Return the key by which two legs are equal."""
    return leg.journey.direction, leg.mode, leg.origin_id, leg.destination_id, leg.departs_at, leg.arrives_at


def _copy(leg: Leg, delegation: Delegation) -> None:
    add_leg(
        delegation,
        {
            "direction": leg.journey.direction,
            "journey": None,
            "mode": leg.mode,
            "carrier": leg.carrier,
            "number": leg.number,
            "origin": leg.origin,
            "destination": leg.destination,
            "crossing": leg.crossing,
            "departs": to_typed(leg.departs_at, leg.origin.timezone),
            "arrives": given_arrival(leg),
            "status": LegStatus.PLANNED,
            "booking_reference": None,
            "seats": None,
            "cost": None,
            "currency": None,
        },
    )
