"""Roads that organizers rule out because they are dangerous, for the whole house; see docs/decisions/0035."""

from datetime import date
from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.travel.places import Crossing, Place
from app.models.travel.ruled_out_roads import RoadKind, RuledOutRoad
from app.text import N_


class RoadValues(TypedDict):
    """What a person records about a dangerous road; of its subject, only what its kind needs counts."""

    kind: RoadKind
    one: Place | None
    other: Place | None
    country: str | None
    crossing: Crossing | None
    since: date | None
    until: date | None
    reason: str
    source: str
    checked_on: date


def rule_out(values: RoadValues, *, by: User) -> RuledOutRoad:
    """Rule a road out at once: whoever knows that it is dangerous need not wait for anybody.

    Raises DomainError on `other` if both places are the same or one has no coordinates, on `until` if that day is before the
    first.
    """
    kind = values["kind"]
    check_days(values["since"], values["until"])
    if kind is RoadKind.BETWEEN:
        check_places(values["one"], values["other"])
    road = RuledOutRoad(
        kind=kind,
        one=values["one"] if kind is RoadKind.BETWEEN else None,
        other=values["other"] if kind is RoadKind.BETWEEN else None,
        country=values["country"] if kind is RoadKind.COUNTRY else None,
        crossing=values["crossing"] if kind is RoadKind.CROSSING else None,
        since=values["since"], until=values["until"], reason=values["reason"], source=values["source"],
        checked_on=values["checked_on"], ruled_out_by_id=by.id, ruled_out_at=clock.now(),
    )  # fmt: skip
    db.session.add(road)
    db.session.flush()
    audit.note(road, "recorded", {}, _facts(road))
    return road


def ask_to_lift(road: RuledOutRoad, *, by: User) -> None:
    """Propose to lift it; it stays ruled out until somebody else has agreed."""
    with audit.changing(road, _facts):
        road.lift_asked_by_id, road.lift_asked_at = by.id, clock.now()


def keep(road: RuledOutRoad) -> None:
    """Decline to lift it: it stays ruled out."""
    with audit.changing(road, _facts):
        road.lift_asked_by_id = road.lift_asked_at = None


def lift(road: RuledOutRoad, *, by: User) -> None:
    """Lift it: routes may lead over it again. Lifting it twice changes nothing."""
    if road.lifted_at is not None:
        return
    before = _facts(road)
    road.lifted_by_id, road.lifted_at = by.id, clock.now()
    db.session.flush()
    audit.note(road, "lifted", before, _facts(road))


def check_places(one: Place | None, other: Place | None) -> None:
    """Raise DomainError on `other` if no road is given by these places."""
    if one is None or other is None:
        return
    if one.id == other.id:
        raise DomainError("other", N_("Origin and destination are the same."))
    if one.point is None or other.point is None:
        raise DomainError("other", N_("It is not known where these places are. Add their coordinates first."))


def check_days(since: date | None, until: date | None) -> None:
    """Raise DomainError on `until` if it is before the first day."""
    if since is not None and until is not None and until < since:
        raise DomainError("until", N_("This is before the first day."))


def _facts(road: RuledOutRoad) -> audit.Facts:
    names = ("country", "since", "until", "reason", "source", "checked_on")
    ends = {"origin": road.one, "destination": road.other, "crossing": road.crossing}
    labels = {name: end.label if end else None for name, end in ends.items()}
    is_asked = road.lift_asked_at is not None
    return labels | audit.facts_of(road, names) | {"lift_asked": is_asked, "is_lifted": road.lifted_at is not None}
