"""Journeys, leg by leg, and the places between."""

from datetime import datetime, timedelta
from typing import TypedDict

from sqlalchemy import select

from app.domain.errors import DomainError
from app.domain.times import to_instant, to_local
from app.extensions import db
from app.models.delegations import Delegation
from app.models.travel import Direction, Journey, Leg, LegStatus, Mode, Place, PlaceKind
from app.queries import travel as travel_queries
from app.text import N_

LONGEST_LEG = timedelta(days=21)
"""A longer leg is a slip of the pen; even a river voyage is shorter."""


class LegValues(TypedDict):
    """What a person records about a leg; times are local to the place where they are read off."""

    direction: Direction
    mode: Mode
    carrier: str | None
    number: str | None
    origin: Place
    destination: Place
    departs: datetime
    arrives: datetime
    status: LegStatus


def add_leg(delegation: Delegation, values: LegValues) -> Leg:
    """Add a leg to a delegation's journey out or back; the first leg begins the journey."""
    leg = Leg(congress_id=delegation.congress_id, journey_id=_journey(delegation, values["direction"]).id)
    _write(leg, values)
    db.session.add(leg)
    db.session.flush()
    return leg


def update_leg(leg: Leg, delegation: Delegation, values: LegValues) -> None:
    """Change a leg."""
    leg.journey_id = _journey(delegation, values["direction"]).id
    _write(leg, values)
    db.session.flush()


def set_leg_status(leg: Leg, status: LegStatus) -> None:
    """Note how far a leg has come."""
    leg.status = status
    db.session.flush()


def delete_leg(leg: Leg) -> None:
    """Take a leg out of its journey."""
    db.session.delete(leg)
    db.session.flush()


def add_place(*, name: str, kind: PlaceKind, code: str | None, country: str, timezone: str) -> Place:
    """Record a place, or return the one that already has this name, country and kind."""
    code = code.upper() if code else None
    known = travel_queries.same_place(name, country, kind)
    if known:
        return known
    if code and db.session.scalar(select(Place.id).where(Place.code == code)) is not None:
        raise DomainError("code", N_("Another place has this code."))
    place = Place(name=name, kind=kind, code=code, country=country, timezone=timezone)
    db.session.add(place)
    db.session.flush()
    return place


def _journey(delegation: Delegation, direction: Direction) -> Journey:
    same = select(Journey).where(Journey.delegation_id == delegation.id, Journey.direction == direction)
    journey = db.session.scalar(same)
    if journey is None:
        journey = Journey(congress_id=delegation.congress_id, delegation_id=delegation.id, direction=direction)
        db.session.add(journey)
        db.session.flush()
    return journey


def _write(leg: Leg, values: LegValues) -> None:
    departs_at = to_instant(values["departs"], values["origin"].timezone, "departs")
    arrives_at = to_instant(values["arrives"], values["destination"].timezone, "arrives")
    if values["origin"].id == values["destination"].id:
        raise DomainError("destination", N_("The leg ends where it begins."))
    if arrives_at <= departs_at:
        raise DomainError(
            "arrives",
            N_("It has to arrive after it departs: %(departs)s in %(origin)s is %(there)s in %(destination)s."),
            departs=f"{values['departs']:%d/%m %H:%M}",
            origin=values["origin"].name,
            there=_shown_at(departs_at, values["destination"]),
            destination=values["destination"].name,
        )
    if arrives_at - departs_at > LONGEST_LEG:
        raise DomainError("arrives", N_("A leg of more than %(days)d days? Check both dates."), days=LONGEST_LEG.days)
    leg.mode, leg.status = values["mode"], values["status"]
    leg.carrier, leg.number = values["carrier"], values["number"]
    leg.origin_id, leg.destination_id = values["origin"].id, values["destination"].id
    leg.departs_at, leg.arrives_at = departs_at, arrives_at


def _shown_at(instant: datetime, place: Place) -> str:
    return f"{to_local(instant, place.timezone):%d/%m %H:%M}"
