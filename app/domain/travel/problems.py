"""Route problems."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final, TypedDict

from app import clock, gazetteer
from app.domain.accounts import audit
from app.domain.travel import impact
from app.domain.travel.places import find_carrier
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegate
from app.models.travel.journeys import Leg
from app.models.travel.places import Crossing, Mode, Place, PlaceKind
from app.models.travel.problems import (
    SUBJECTS,
    ActivePeriod,
    Cause,
    Effect,
    EntityKind,
    InformedEntity,
    RouteProblem,
    Severity,
    Verification,
    columns_of,
)
from app.queries.travel import places as place_queries
from app.queries.travel import problems as problem_queries
from app.text import N_, plain

LONGEST_YEARS = 3
"""A longer period is assumed to be a typing error; leave the end open instead."""
_FACTS: Final = (
    "cause", "effect", "severity_level", "cause_detail", "verification", "reference", "source_url", "source_quote",
)  # fmt: skip


class EntityValues(TypedDict):
    """What a problem affects; the kind determines which of the other fields are used (SUBJECTS)."""

    kind: EntityKind
    country: str | None
    other_country: str | None
    fir: str | None
    place: Place | None
    other_place: Place | None
    crossing: Crossing | None
    mode: Mode | None
    carrier: str | None
    nationality: str | None
    leg: Leg | None
    delegate: Delegate | None


class PeriodValues(TypedDict):
    """When a problem applies, as instants; daily hours are local times of a zone."""

    starts_at: datetime
    ends_at: datetime | None
    daily_from: time | None
    daily_until: time | None
    timezone: str | None


class ProblemValues(PeriodValues):
    """What is recorded about a route problem, with its first period."""

    cause: Cause | None
    """None for the cause that the entities imply (`implied_cause`)."""
    effect: Effect
    severity_level: Severity
    cause_detail: str | None
    verification: Verification
    reference: str | None
    source_url: str | None
    source_quote: str | None
    end_estimated: bool
    entities: list[EntityValues]


def create(congress: Congress, values: ProblemValues, *, by: User | None) -> RouteProblem:
    """Record a problem that affects travel to a congress; the affected legs are determined at once."""
    problem = RouteProblem(congress_id=congress.id, created_by_id=by.id if by else None, created_at=clock.now())
    if not values["entities"]:
        raise DomainError("kind", N_("Choose what the problem covers."))
    _write(problem, values, by)
    problem.active_periods = [_period(problem, values)]
    problem.informed_entities = [entity_of(problem.congress_id, entity) for entity in values["entities"]]
    db.session.add(problem)
    db.session.flush()
    _follow(problem, "recorded", {})
    return problem


def update(problem: RouteProblem, values: ProblemValues, *, by: User | None = None) -> None:
    """Change what is recorded, including the first period and the first entity; hits are updated at once."""
    before = _facts(problem)
    _write(problem, values, by)
    problem.active_periods[0] = _period(problem, values)
    for number, entity in enumerate(values["entities"]):
        _put(problem, number, entity_of(problem.congress_id, entity))
    _follow(problem, "changed", before)


def add_period(problem: RouteProblem, values: PeriodValues) -> None:
    """Add another period."""
    before = _facts(problem)
    problem.active_periods.append(_period(problem, values))
    _follow(problem, "changed", before)


def remove_period(problem: RouteProblem, period: ActivePeriod) -> None:
    """Remove one of several periods."""
    if not problem.has_several_periods:
        raise DomainError(None, N_("A problem needs at least one period. If it has ended, mark it as ended instead."))
    before = _facts(problem)
    problem.active_periods.remove(period)
    _follow(problem, "changed", before)


def add_entity(problem: RouteProblem, values: EntityValues, *, joined_to: InformedEntity | None = None) -> None:
    """Add another affected entity: an alternative, or joined to one, so that only what both cover is affected."""
    before = _facts(problem)
    entity = entity_of(problem.congress_id, values)
    if joined_to is not None:
        if joined_to.group_number is None:
            joined_to.group_number = max((one.group_number or 0 for one in problem.informed_entities), default=0) + 1
        entity.group_number = joined_to.group_number
    problem.informed_entities.append(entity)
    _follow(problem, "changed", before)


def remove_entity(problem: RouteProblem, entity: InformedEntity) -> None:
    """Remove one of several affected entities, with those that are joined to it: alone, they would cover more."""
    if not problem.has_several_entities:
        raise DomainError(
            None, N_("A problem must cover at least one thing. If it has ended, mark it as ended instead.")
        )
    before = _facts(problem)
    for one in next(group for group in problem.groups if entity in group):
        problem.informed_entities.remove(one)
    _follow(problem, "changed", before)


def lift(problem: RouteProblem) -> None:
    """Mark the problem as over: current periods end now, future ones are deleted."""
    now = clock.now()
    if not problem_queries.has_begun(problem):
        raise DomainError(None, N_("The problem has not started yet. Change its dates instead."))
    before = _facts(problem)
    for period in list(problem.active_periods):
        if period.starts_at >= now:
            problem.active_periods.remove(period)
        elif period.ends_at is None or period.ends_at > now:
            period.ends_at = now
    problem.end_estimated = False
    _follow(problem, "lifted", before)


def _follow(problem: RouteProblem, verb: str, before: audit.Facts) -> None:
    db.session.flush()
    audit.note(problem, verb, before, _facts(problem))
    impact.settle(problem.congress_id, problem_id=problem.id)


def _write(problem: RouteProblem, values: ProblemValues, by: User | None) -> None:
    for name in _FACTS:
        setattr(problem, name, values[name])
    problem.cause = values["cause"] or implied_cause(values["effect"], values["entities"])
    problem.end_estimated = values["end_estimated"] and values["ends_at"] is not None
    if not problem.is_verified:
        problem.verified_at = problem.verified_by_id = None
    elif problem.verified_at is None:
        problem.verified_at, problem.verified_by_id = clock.now(), by.id if by else None


_CLOSED = {
    EntityKind.COUNTRY_AIRSPACE: Cause.AIRSPACE_CLOSED,
    EntityKind.FIR: Cause.AIRSPACE_CLOSED,
    EntityKind.BORDER: Cause.BORDER_CLOSED,
    EntityKind.CROSSING: Cause.BORDER_CLOSED,
}
"""The cause that the closure of an entity implies. For carriers, roads and people, only a person knows it."""


def implied_cause(effect: Effect, entities: Sequence[EntityValues]) -> Cause:
    """Return the cause that all of these entities imply, or UNKNOWN_CAUSE if they differ."""
    causes = {_closed_cause(entity) for entity in entities}
    return causes.pop() if effect is Effect.NO_SERVICE and len(causes) == 1 else Cause.UNKNOWN_CAUSE


def _closed_cause(entity: EntityValues) -> Cause:
    place = entity["place"]
    if entity["kind"] is EntityKind.PLACE and place is not None and place.kind is PlaceKind.AIRPORT:
        return Cause.AIRPORT_CLOSED
    return _CLOSED.get(entity["kind"], Cause.UNKNOWN_CAUSE)


def check_period(values: PeriodValues) -> None:
    """Raise DomainError if a problem cannot hold at such times."""
    starts_at, ends_at = values["starts_at"], values["ends_at"]
    begins, ends = values["daily_from"], values["daily_until"]
    if ends_at is not None and ends_at <= starts_at:
        raise DomainError("ends", N_("The end must be after the start."))
    if ends_at is not None and ends_at - starts_at > timedelta(days=LONGEST_YEARS * 366):
        too_long = N_("This is more than %(years)s years. Leave the end blank if it is not known.")
        raise DomainError("ends", too_long, years=LONGEST_YEARS)
    if (begins is None) != (ends is None):
        raise DomainError("daily_until" if ends is None else "daily_from", N_("Enter both times, or leave both blank."))
    if begins is not None and begins == ends:
        raise DomainError("daily_until", N_("For the whole day, leave both times blank."))


def _period(problem: RouteProblem, values: PeriodValues) -> ActivePeriod:
    check_period(values)
    starts_at, ends_at = values["starts_at"], values["ends_at"]
    begins, ends = values["daily_from"], values["daily_until"]
    return ActivePeriod(
        congress_id=problem.congress_id,
        starts_at=starts_at,
        ends_at=ends_at,
        daily_from=begins,
        daily_until=ends,
        timezone=values["timezone"] if begins is not None else None,
    )


_FIELD_OF = {
    "place_id": "place",
    "other_place_id": "other_place",
    "crossing_id": "crossing",
    "leg_id": "leg",
    "delegate_id": "delegate",
}
_ENTITY_COLUMNS = {
    *(column for kind in EntityKind for column in columns_of(kind)), "carrier_key", "carrier_id",
}  # fmt: skip


def entity_of(congress_id: int, values: EntityValues) -> InformedEntity:
    """Return an informed entity with only the fields of its kind; raises DomainError if it is invalid."""
    kind = values["kind"]
    entity = InformedEntity(congress_id=congress_id, kind=kind)
    for column in columns_of(kind):
        field = _FIELD_OF.get(column, column)
        value: Any = values.get(field)
        if value in (None, "") and column in SUBJECTS[kind]:
            raise DomainError(field, N_("Choose one."))
        setattr(entity, column, value.id if column in _FIELD_OF and value is not None else value or None)
    _check_entity(entity)
    if entity.fir:
        entity.fir = entity.fir.upper()
        if not gazetteer.countries_of(entity.fir):
            raise DomainError("fir", N_("Unknown region. The code has four letters, such as SVZM."))
    if kind is EntityKind.ALLIANCE and entity.carrier:
        same = (name for name in place_queries.alliances() if plain(name) == plain(entity.carrier))
        known = next(same, None)
        if known is None:
            raise DomainError(
                "carrier",
                N_("This alliance is not known. Known alliances: %(names)s."),
                names=", ".join(place_queries.alliances()),
            )
        entity.carrier = known
    if kind is EntityKind.CARRIER and entity.carrier:
        carrier = find_carrier(entity.carrier)
        entity.carrier_key, entity.carrier_id = plain(entity.carrier), carrier.id if carrier else None
    return entity


def _put(problem: RouteProblem, number: int, entity: InformedEntity) -> None:
    """Replace an entity, keeping its position among the others."""
    if number >= len(problem.informed_entities):
        problem.informed_entities.append(entity)
        return
    for column in ("kind", *_ENTITY_COLUMNS):
        setattr(problem.informed_entities[number], column, getattr(entity, column))


def _check_entity(entity: InformedEntity) -> None:
    if entity.kind is EntityKind.BORDER and entity.country == entity.other_country:
        raise DomainError("other_country", N_("Choose another country."))
    if entity.kind is EntityKind.ROAD and entity.place_id == entity.other_place_id:
        raise DomainError("other_place", N_("Choose two different places."))


def _facts(problem: RouteProblem) -> audit.Facts:
    facts = {name: getattr(problem, name) for name in (*_FACTS, "end_estimated")}
    facts["periods"] = [
        [period.starts_at.isoformat(), period.ends_at.isoformat() if period.ends_at else None,
         f"{period.daily_from}–{period.daily_until}" if period.daily_from is not None else None]
        for period in problem.active_periods
    ]  # fmt: skip
    listed = [entity for group in problem.groups for entity in group]
    facts["entities"] = [[one.kind.value, *(getattr(one, name) for name in columns_of(one.kind))] for one in listed]
    return facts
