"""Declares situations as organizers would: a congress in the town, a delegation with its members, and problems."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from app.domain.congress import congresses
from app.domain.travel import problems
from app.extensions import db
from app.models.congress.congresses import Congress, CongressStatus
from app.models.congress.delegations import Capacity, Delegate, Delegation, DelegationStatus
from app.models.people.organizations import Classification, Organization
from app.models.people.people import Person
from app.models.travel.places import Crossing, Mode, Place
from app.models.travel.problems import (
    ActivePeriod,
    Cause,
    Effect,
    EntityKind,
    InformedEntity,
    RouteProblem,
    Severity,
    Verification,
)
from app.queries.travel import places
from app.text import plain

UNTIL = timedelta(days=10)
"""How long before the congress people leave."""
_EMPTY: dict[str, Any] = dict.fromkeys(
    ("country", "other_country", "fir", "place", "other_place", "crossing", "mode", "carrier", "nationality", "leg",
     "delegate")
)  # fmt: skip
_LISTED = ("country", "other_country", "place")
"""Fields of which a list stands for several closures."""


class UnknownNameError(Exception):
    """A town, place or crossing that the product does not find by its name."""


def departure(situation: dict[str, Any]) -> datetime:
    """Return when the party could leave."""
    return datetime.fromisoformat(situation["departs"]).astimezone(UTC)


def town(named: dict[str, str]) -> Place:
    """Return the place that the product takes for the name of a town in its country."""
    for place, _ in places.meant_by(named["town"], named["country"]):
        if place.country == named["country"] and place.point:
            return place
    raise UnknownNameError(f"{named['town']}, {named['country']}")


def congress(situation: dict[str, Any]) -> Congress:
    """Create the congress that the party travels to."""
    goal = town(situation["to"])
    opens = (departure(situation) + UNTIL).date()
    return congresses.create({
        "title": situation["name"], "edition": None, "theme": None, "venue": None, "locality": goal.name,
        "country": goal.country, "start_date": opens, "end_date": opens + timedelta(days=2), "timezone": goal.timezone,
        "status": CongressStatus.CONFIRMED, "help_name": None, "help_phone": None,
    })  # fmt: skip


def delegation(of: Congress, situation: dict[str, Any]) -> Delegation:
    """Create the party, with a member for each nationality."""
    origin, now = town(situation["from"]), departure(situation)
    union = Organization(name="Union", classification=Classification.UNION, country=origin.country, created_at=now)
    db.session.add(union)
    db.session.flush()
    party = Delegation(
        congress_id=of.id, organization_id=union.id, country=origin.country, origin_id=origin.id,
        seats=len(situation["nationalities"]), status=DelegationStatus.ACCEPTED, created_at=now,
    )  # fmt: skip
    members = [
        Person(given_name=f"Member {number}", country=origin.country, nationality=code, created_at=now)
        for number, code in enumerate(situation["nationalities"], start=1)
    ]
    db.session.add_all([party, *members])
    db.session.flush()
    seats = ({"person": one, "capacity": Capacity.DELEGATE, "is_head": False} for one in members)
    db.session.add_all([Delegate(congress_id=of.id, delegation_id=party.id, **seat) for seat in seats])
    db.session.flush()
    return party


def declare(of: Congress, situation: dict[str, Any]) -> None:
    """Record the closures of a situation as problems of the congress."""
    now = departure(situation)
    for closure in situation["closures"]:
        problem = RouteProblem(
            congress_id=of.id, cause=Cause.UNKNOWN_CAUSE, effect=Effect.NO_SERVICE, severity_level=Severity.SEVERE,
            verification=Verification.VERIFIED, end_estimated=False, created_at=now,
        )  # fmt: skip
        problem.active_periods = [_period(of.id, one, now) for one in closure["periods"]]
        problem.informed_entities = list(_entities(of.id, closure))
        db.session.add(problem)
    db.session.flush()


def _period(congress_id: int, one: dict[str, Any], now: datetime) -> ActivePeriod:
    begins, ends = one.get("daily_from"), one.get("daily_until")
    return ActivePeriod(
        congress_id=congress_id,
        starts_at=now + timedelta(hours=one["from_hours"]),
        ends_at=now + timedelta(hours=one["until_hours"]) if "until_hours" in one else None,
        daily_from=time.fromisoformat(begins) if begins else None,
        daily_until=time.fromisoformat(ends) if ends else None,
        timezone=one.get("timezone"),
    )


def _entities(congress_id: int, closure: dict[str, Any]) -> Iterator[InformedEntity]:
    if "all_of" not in closure:
        for one in _each(closure):
            yield problems.entity_of(congress_id, _values(one))
        return
    for number, joined in enumerate(itertools.product(*map(_each, closure["all_of"])), start=1):
        for one in joined:
            entity = problems.entity_of(congress_id, _values(one))
            entity.group_number = number
            yield entity


def _each(closure: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the closures that one with lists stands for."""
    lists = {name: closure[name] for name in _LISTED if isinstance(closure.get(name), list)}
    for values in itertools.product(*lists.values()):
        yield closure | dict(zip(lists, values, strict=True))


def _values(closure: dict[str, Any]) -> Any:
    values = _EMPTY | {"kind": EntityKind(closure["kind"])}
    values |= {
        name: closure[name] for name in ("country", "other_country", "fir", "carrier", "nationality") if name in closure
    }
    if "place" in closure:
        values["place"] = _place(closure["place"])
    if "crossing" in closure:
        values["crossing"] = _crossing(closure["crossing"])
    if "mode" in closure:
        values["mode"] = Mode(closure["mode"])
    return values


def _place(code: str) -> Place:
    found = places.with_code(code)
    if found is None:
        raise UnknownNameError(code)
    return found


def _crossing(name: str) -> Crossing:
    listed = db.session.scalars(select(Crossing).order_by(func.length(Crossing.name), Crossing.id)).unique()
    found = next((one for one in listed if plain(name) in plain(one.name)), None)
    if found is None:
        raise UnknownNameError(name)
    return found
