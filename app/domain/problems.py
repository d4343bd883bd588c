"""Route problems."""

from datetime import datetime, timedelta
from typing import TypedDict

from app import clock
from app.domain.errors import DomainError
from app.extensions import db
from app.models.accounts import User
from app.models.congresses import Congress
from app.models.problems import (
    ActivePeriod,
    Cause,
    Effect,
    EntityKind,
    InformedEntity,
    RouteProblem,
    Severity,
    Verification,
)
from app.models.travel import Place
from app.text import N_

LONGEST = timedelta(days=3 * 366)
"""A period that would last longer is a slip of the pen; one without an end in sight has none."""


class EntityValues(TypedDict):
    """What the problem touches; the kind says which of the others counts."""

    kind: EntityKind
    country: str | None
    place: Place | None
    carrier: str | None


class ProblemValues(TypedDict):
    """What a person records about a route problem, in instants."""

    cause: Cause
    effect: Effect
    severity_level: Severity
    cause_detail: str | None
    verification: Verification
    reference: str | None
    source_url: str | None
    end_estimated: bool
    starts_at: datetime
    ends_at: datetime | None
    entities: list[EntityValues]


def create(congress: Congress, values: ProblemValues, *, by: User | None) -> RouteProblem:
    """Record a problem on the way to a congress."""
    problem = RouteProblem(congress_id=congress.id, created_by_id=by.id if by else None, created_at=clock.now())
    _write(problem, values)
    db.session.add(problem)
    db.session.flush()
    return problem


def update(problem: RouteProblem, values: ProblemValues) -> None:
    """Change what is recorded; whom it hits follows at once, because hits are asked for and not kept."""
    _write(problem, values)
    db.session.flush()


def lift(problem: RouteProblem) -> None:
    """Note that the problem is over now: periods that run end, periods to come are dropped."""
    now = clock.now()
    for period in list(problem.active_periods):
        if period.starts_at >= now:
            problem.active_periods.remove(period)
        elif period.ends_at is None or period.ends_at > now:
            period.ends_at = now
    if not problem.active_periods:
        raise DomainError(None, N_("The problem has not begun yet. Change its dates instead."))
    problem.end_estimated = False
    db.session.flush()


def _write(problem: RouteProblem, values: ProblemValues) -> None:
    _check(values)
    for name in ("cause", "effect", "severity_level", "cause_detail", "verification", "reference", "source_url"):
        setattr(problem, name, values[name])
    problem.end_estimated = values["end_estimated"] and values["ends_at"] is not None
    problem.active_periods = [
        ActivePeriod(congress_id=problem.congress_id, starts_at=values["starts_at"], ends_at=values["ends_at"])
    ]
    problem.informed_entities = [_entity(problem, entity) for entity in values["entities"]]


def _entity(problem: RouteProblem, values: EntityValues) -> InformedEntity:
    kind, place = values["kind"], values["place"]
    in_country = kind in (EntityKind.COUNTRY_AIRSPACE, EntityKind.COUNTRY)
    for field, missing in (
        ("country", in_country and not values["country"]),
        ("place", kind == EntityKind.PLACE and place is None),
        ("carrier", kind == EntityKind.CARRIER and not values["carrier"]),
    ):
        if missing:
            raise DomainError(field, N_("Say which one."))
    return InformedEntity(
        congress_id=problem.congress_id,
        kind=kind,
        country=values["country"] if in_country else None,
        place_id=place.id if place and kind == EntityKind.PLACE else None,
        carrier=values["carrier"] if kind == EntityKind.CARRIER else None,
    )


def _check(values: ProblemValues) -> None:
    ends_at = values["ends_at"]
    if ends_at is not None and ends_at <= values["starts_at"]:
        raise DomainError("ends", N_("The problem ends before it starts."))
    if ends_at is not None and ends_at - values["starts_at"] > LONGEST:
        raise DomainError("ends", N_("More than three years? Leave the end empty if none is in sight."))
    if not values["entities"]:
        raise DomainError("kind", N_("Say what the problem touches."))
