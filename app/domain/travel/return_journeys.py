"""Drafts the return journey from the outbound one: the same legs in reverse, for a person to correct and confirm."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from app.domain.travel import parties
from app.domain.travel.legs import add_leg
from app.domain_errors import DomainError
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Journey, Leg, LegStatus
from app.models.travel.places import Crossing, Mode, Place
from app.queries.travel import journeys as journey_queries
from app.queries.travel.next_legs import return_of, to_turn_around
from app.text import N_
from app.times import to_instant, to_typed


@dataclass(frozen=True, slots=True)
class ReturnLeg:
    """A leg of the drafted return journey; times are local to their places."""

    leg_id: int
    """The outbound leg that it reverses."""
    mode: Mode
    carrier: str | None
    departs: datetime
    arrives: datetime
    origin_id: int
    destination_id: int
    origin: Place = field(repr=False)
    destination: Place = field(repr=False)
    crossing: Crossing | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReturnJourney:
    """A drafted return journey."""

    journey_id: int
    """The outbound journey."""
    legs: tuple[ReturnLeg, ...]

    @property
    def is_ready(self) -> bool:
        """Whether the draft is complete; drafts without legs are never made."""
        return bool(self.legs)


def draft(journey: Journey, departs: datetime) -> ReturnJourney:
    """Return the reverse of an outbound journey from a local departure; legs and waits keep their duration.

    Raises DomainError if there is nothing to reverse or the return journey is already recorded, or on `departs`.
    """
    outward = [leg for leg in journey.legs if not leg.is_lost]
    if not outward:
        raise DomainError("journey", N_("This journey has no legs yet."))
    if journey.id not in to_turn_around(journey_queries.of_delegation(journey.delegation)):
        raise DomainError("journey", N_("Its return journey is already recorded. Edit it leg by leg."))
    begins = to_instant(departs, outward[-1].destination.timezone, "departs")
    waits = [later.departs_at - earlier.arrives_at for earlier, later in pairwise(outward)]
    legs = []
    for leg, wait in zip(reversed(outward), [*reversed(waits), timedelta(0)], strict=True):
        ends = begins + (leg.arrives_at - leg.departs_at)
        legs.append(_turned(leg, begins, ends))
        begins = ends + max(wait, timedelta(0))
    return ReturnJourney(journey.id, tuple(legs))


def record(
    delegation: Delegation, journey: Journey, drafted: ReturnJourney, times: Sequence[tuple[datetime, datetime]]
) -> list[Leg]:
    """Record the return journey as planned legs with these local times, for the travelers of the outbound one.

    Raises DomainError on `departs-0`, `arrives-0` and so on, by the position of the leg.
    """
    party = None
    if journey.travelers:
        party = return_of(journey_queries.of_delegation(delegation), journey) or parties.begin_party(
            delegation, Direction.BACK, [one.delegate for one in journey.travelers]
        )
    return [
        _add(delegation, party, leg, position, departs, arrives)
        for position, (leg, (departs, arrives)) in enumerate(zip(drafted.legs, times, strict=True))
    ]


def _turned(leg: Leg, begins: datetime, ends: datetime) -> ReturnLeg:
    return ReturnLeg(
        leg.id,
        leg.mode,
        leg.carrier,
        to_typed(begins, leg.destination.timezone),
        to_typed(ends, leg.origin.timezone),
        leg.destination_id,
        leg.origin_id,
        leg.destination,
        leg.origin,
        leg.crossing,
    )


def _add(
    delegation: Delegation, party: Journey | None, leg: ReturnLeg, position: int, departs: datetime, arrives: datetime
) -> Leg:
    try:
        return add_leg(
            delegation,
            {
                "direction": Direction.BACK,
                "journey": party,
                "mode": leg.mode,
                "carrier": leg.carrier,
                "number": None,
                "origin": leg.origin,
                "destination": leg.destination,
                "crossing": leg.crossing,
                "departs": departs,
                "arrives": arrives,
                "status": LegStatus.PLANNED,
                "booking_reference": None,
                "seats": None,
                "cost": None,
                "currency": None,
            },
        )
    except DomainError as error:
        error.field = f"{error.field}-{position}" if error.field in ("departs", "arrives") else None
        raise
