"""Legs of the journeys of delegations."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypedDict

from sqlalchemy import select

from app.domain.accounts import audit
from app.domain.travel import arrivals, impact, passages
from app.domain.travel.places import find_carrier
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import HITTABLE, Direction, Journey, Leg, LegStatus
from app.models.travel.places import Crossing, Mode, Place
from app.queries.travel import journeys
from app.queries.travel import places as place_queries
from app.text import N_, plain
from app.times import Local, to_local, to_span, to_typed

LONGEST_LEG = timedelta(days=21)
"""A longer leg is assumed to be a typo; even a river voyage is shorter."""


class LegValues(TypedDict):
    """What is recorded about a leg; times are local to the places of departure and arrival."""

    direction: Direction
    journey: Journey | None
    """The journey of a party; None for the delegation's shared journey in that direction."""
    mode: Mode
    carrier: str | None
    number: str | None
    origin: Place
    destination: Place
    crossing: Crossing | None
    departs: datetime
    arrives: datetime | None
    """None to estimate it."""
    status: LegStatus
    booking_reference: str | None
    seats: int | None
    cost: Decimal | None
    currency: str | None


def add_leg(delegation: Delegation, values: LegValues) -> Leg:
    """Add a leg to a journey of a delegation; the first leg creates the shared journey."""
    leg = Leg(congress_id=delegation.congress_id, journey_id=_journey(delegation, values).id)
    _write(leg, values)
    db.session.add(leg)
    db.session.flush()
    _follow(leg, delegation, "added", {})
    return leg


def update_leg(leg: Leg, delegation: Delegation, values: LegValues) -> None:
    """Change a leg and update the hits."""
    before = _facts(leg)
    leg.journey_id = _journey(delegation, values).id
    _write(leg, values)
    db.session.flush()
    _follow(leg, delegation, "changed", before)


def set_leg_status(leg: Leg, status: LegStatus) -> None:
    """Set the status of a leg."""
    before = _facts(leg)
    leg.status = status
    db.session.flush()
    _follow(leg, leg.journey.delegation, "changed", before)


def delete_leg(leg: Leg) -> None:
    """Remove a leg from its journey. Its history ends; that of the delegation says what was removed."""
    delegation = leg.journey.delegation
    audit.note(delegation, "leg deleted", _facts(leg), {})
    audit.forget(leg)
    db.session.delete(leg)
    db.session.flush()
    impact.settle(delegation.congress_id, delegation_id=delegation.id)


def arrive(leg: Leg) -> None:
    """Mark a leg and all earlier legs of its journey as traveled."""
    for earlier in leg.journey.legs:
        if earlier.departs_at < leg.departs_at and earlier.status in HITTABLE:
            earlier.status = LegStatus.DONE
    set_leg_status(leg, LegStatus.DONE)


def move_ends(leg: Leg, departs: datetime, arrives: datetime) -> None:
    """Update what was derived from the ends of a leg, after one was edited; both times are local to them.

    Raises DomainError on `timezone` if the times are impossible there. Hits are not updated.
    """
    before = _facts(leg)
    begins, *_ = Local(departs, leg.origin.timezone, "timezone").instants()
    if leg.arrival_estimated and leg.origin.point and leg.destination.point:
        arrives = arrivals.estimated(leg.origin, leg.destination, departs, leg.mode)
    ends, *_ = Local(arrives, leg.destination.timezone, "timezone").instants()
    if ends <= begins:
        raise DomainError(
            "timezone",
            N_("In this time zone, a leg would arrive before it departs. Correct the times of the leg first."),
        )
    leg.departs_at, leg.arrives_at = begins, ends
    passages.note(leg)
    audit.note(leg, "changed", before, _facts(leg))


def _journey(delegation: Delegation, values: LegValues) -> Journey:
    party = values["journey"]
    if party is not None:
        return party
    journey = journeys.shared(delegation, values["direction"])
    if journey is None:
        journey = Journey(
            congress_id=delegation.congress_id, delegation_id=delegation.id, direction=values["direction"]
        )
        db.session.add(journey)
        db.session.flush()
    return journey


def _write(leg: Leg, values: LegValues) -> None:
    arrives = values["arrives"]
    leg.arrival_estimated = arrives is None
    if arrives is None:
        arrives = arrivals.estimated(values["origin"], values["destination"], values["departs"], values["mode"])
    leg.departs_at, leg.arrives_at = times(values["origin"], values["destination"], values["departs"], arrives)
    leg.mode, leg.status = values["mode"], values["status"]
    leg.carrier, leg.number = values["carrier"], values["number"]
    leg.carrier_key = plain(leg.carrier) if leg.carrier else None
    carrier = find_carrier(leg.carrier, leg.number)
    leg.carrier_id = carrier.id if carrier else None
    leg.origin, leg.destination = values["origin"], values["destination"]
    leg.crossing = values["crossing"] or _crossing(leg)
    if values["cost"] is not None and not values["currency"]:
        raise DomainError("currency", N_("Enter the currency."))
    leg.booking_reference, leg.seats = values["booking_reference"], values["seats"]
    leg.cost, leg.currency = values["cost"], values["currency"]


def given_arrival(leg: Leg) -> datetime | None:
    """Return the recorded local arrival of a leg, or None if it is estimated."""
    return None if leg.arrival_estimated else to_typed(leg.arrives_at, leg.destination.timezone)


def times(origin: Place, destination: Place, departs: datetime, arrives: datetime) -> tuple[datetime, datetime]:
    """Return the departure and arrival of a leg from its local times; raises DomainError if they are impossible."""
    departs_at, arrives_at = to_span(
        Local(departs, origin.timezone, "departs"),
        Local(arrives, destination.timezone, "arrives"),
        LONGEST_LEG,
    )
    if origin.id == destination.id:
        raise DomainError("destination", N_("The origin and destination of the leg are the same."))
    if arrives_at <= departs_at:
        raise DomainError(
            "arrives",
            N_("The arrival must be after the departure: %(departs)s in %(origin)s is %(there)s in %(destination)s."),
            departs=departs,
            origin=origin.name,
            there=shown_at(departs_at, destination),
            destination=destination.name,
        )
    if arrives_at - departs_at > LONGEST_LEG:
        raise DomainError(
            "arrives", N_("The leg takes more than %(days)s days. Check both dates."), days=LONGEST_LEG.days
        )
    return departs_at, arrives_at


def _crossing(leg: Leg) -> Crossing | None:
    """Return the crossing that a land leg uses, if its ends are the towns on both sides."""
    if leg.mode is Mode.AIR or leg.origin.country == leg.destination.country:
        return None
    return place_queries.crossing_between(leg.origin, leg.destination)


def _follow(leg: Leg, delegation: Delegation, verb: str, before: audit.Facts) -> None:
    """Update what depends on a changed leg: countries between its ends, history, hits."""
    passages.note(leg)
    audit.note(leg, verb, before, _facts(leg))
    impact.settle(delegation.congress_id, delegation_id=delegation.id)


def _facts(leg: Leg) -> audit.Facts:
    return {
        "booking_reference": leg.booking_reference,
        "way": f"{leg.origin.name} → {leg.destination.name}",
        "departs_at": leg.departs_at,
        "arrives_at": leg.arrives_at,
        "mode": leg.mode,
        "carrier": leg.carrier,
        "number": leg.number,
        "status": leg.status,
    }


def status_before(leg: Leg, status: LegStatus) -> LegStatus:
    """Return the status of a leg before it was changed, from the audit trail; planned if there is no entry."""
    entries = select(AuditEntry).where(AuditEntry.subject == Leg.__tablename__, AuditEntry.subject_id == leg.id)
    for entry in db.session.scalars(entries.order_by(AuditEntry.id.desc())).unique():
        if entry.after.get("status") == status.value and "status" in entry.before:
            return LegStatus(entry.before["status"])
    return LegStatus.PLANNED


def shown_at(instant: datetime, place: Place) -> datetime:
    """Return an instant in the local time of a place, rounded down to the minute."""
    return to_local(instant, place.timezone).replace(second=0, microsecond=0)
