"""Which legs a problem touches: one or more statements for each kind of informed entity, with the same columns (COLUMNS)."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from app import gazetteer
from app.dialects import rarely
from app.extensions import db
from app.models.congress.delegations import Delegate
from app.models.travel.hits import HitKind
from app.models.travel.journeys import Journey, Leg, LegStatus, Overflight
from app.models.travel.places import Mode, Place
from app.models.travel.problems import ActivePeriod, Effect, EntityKind, InformedEntity, RouteProblem
from app.queries.travel import transfers
from app.queries.travel.entity_legs import BY_KIND, CONGRESS, THROUGHOUT, Presence, Statement, joined

_E = InformedEntity
COLUMNS: tuple[Any, ...] = (
    Leg.id.label("leg_id"),
    Leg.journey_id,
    type_coerce(Leg.status, String).label("status"),
    type_coerce(Leg.departs_at, String).label("departs_at"),  # as it is stored, because nobody reads so many instants
    _E.problem_id,
    _E.id.label("entity_id"),
    ActivePeriod.id.label("period_id"),
    type_coerce(RouteProblem.effect, String).label("effect"),
)
"""The columns of each statement, followed by the delegate if only one is affected, and by what `_seen` adds."""
OF_PERSONS = (EntityKind.NATIONALITY, EntityKind.PERSON)
_NOBODY = cast(null(), Integer).label("delegate_id")
_PROBLEM = bindparam("problem", type_=Integer)
_STATUSES = bindparam("statuses", type_=Leg.status.type, expanding=True)
_JOURNEYS = bindparam("journey_ids", type_=Integer, expanding=True)


class Found(NamedTuple):
    """A statement, when the legs that it finds are where the entity is, and whether that is known, if it is not always."""

    statement: Statement
    presence: Presence
    sure: ColumnElement[bool] | None


@cache
def at_any_time(kind: EntityKind) -> tuple[Found, ...]:
    """Return the statements that find what an entity of this kind would touch if its problem applied all the time."""
    return tuple(Found(make(_base(kind)), presence, sure) for make, presence, sure in BY_KIND[kind])


@cache
def statements(kind: EntityKind) -> tuple[Found, ...]:
    """Return the statements that find what an entity of this kind touches, with the delegate if only one is affected."""
    return tuple(
        Found(_seen(_timed(found), presence, sure), presence, sure) for found, presence, sure in at_any_time(kind)
    )


@cache
def _overflights() -> Statement:
    """Return the statement that finds the legs that fly over an airspace without landing there."""
    kinds = (EntityKind.COUNTRY_AIRSPACE, EntityKind.COUNTRY)
    over = select(*COLUMNS, _NOBODY).select_from(_E).where(_E.kind.in_(kinds))
    return joined(over.join(Overflight, Overflight.country == _E.country), Leg.id == Overflight.leg_id)


@lru_cache(maxsize=256)
def _over_region(fir: str) -> tuple[Statement, ...]:
    """Return the statements that find the flights that may cross a region without landing there.

    Only the countries beneath a region are known. A flight from or to an airport of such a country is included if the
    region of that airport is not known.
    """
    beneath = gazetteer.countries_of(fir)
    entity = select(*COLUMNS, _NOBODY).select_from(_E).where(_E.kind == EntityKind.FIR, _E.fir == fir)
    over = entity.join(Overflight, Overflight.country.in_(beneath))
    found = [joined(over, Leg.id == Overflight.leg_id)]
    partly = [country for country in beneath if gazetteer.region_of(country) != fir]
    for end in (Leg.origin_id, Leg.destination_id) if partly else ():
        at = entity.join(Place, and_(Place.country.in_(partly), Place.fir.is_(None)))
        found.append(joined(at, end == Place.id).where(Leg.mode == Mode.AIR))
    return tuple(found)


_PARTLY, _UNSURE = 1, 2


def _seen(statement: Statement, presence: Presence, sure: ColumnElement[bool] | None) -> Statement:
    """Add, as one number, whether the period covers only a part of the leg, and whether it is not known that it is there."""
    part = or_(ActivePeriod.starts_at > Leg.departs_at, ActivePeriod.ends_at < Leg.arrives_at)
    if presence.end:
        return statement.add_columns(case((part, _PARTLY), else_=0).label("seen"))
    if sure is not None:
        return statement.add_columns(case((sure, 0), else_=_UNSURE).label("seen"))
    return statement.add_columns(literal_column("0", Integer).label("seen"))


def _base(kind: EntityKind) -> Statement:
    return select(*COLUMNS, _delegate(kind)).select_from(_E).where(_E.kind == kind)


def _delegate(kind: EntityKind | None) -> ColumnElement[Any]:
    """Return the column of the affected delegate, if only one is."""
    return Delegate.id.label("delegate_id") if kind in OF_PERSONS else _NOBODY


@lru_cache(maxsize=512)
def _timed(statement: Statement) -> Statement:
    """Join the problem and its periods."""
    return (
        statement.join(RouteProblem, RouteProblem.id == _E.problem_id)
        .join(ActivePeriod, and_(ActivePeriod.problem_id == RouteProblem.id, _overlap()))
        .where(Leg.congress_id == CONGRESS, _E.congress_id == CONGRESS, RouteProblem.called_off_at.is_(None))
    )


def _overlap() -> ColumnElement[bool]:
    """Return the condition that the leg is traveled at any instant of a period, which is half-open.

    Whether it is there at that instant is asked afterwards, of the few legs that a period covers in part.
    """
    return and_(
        Leg.arrives_at > ActivePeriod.starts_at,
        or_(ActivePeriod.ends_at.is_(None), Leg.departs_at < ActivePeriod.ends_at),
    )


def _of_delegations(statement: Statement, kind: EntityKind | None, delegation_ids: Collection[int]) -> Statement:
    """Limit a statement to the legs of a few delegations.

    Journeys are joined only for a person, because the join makes SQLite read all legs of a congress. They are few, which
    it has to be told: it would begin with all legs that touch the entity.
    """
    theirs = Journey.delegation_id.in_(delegation_ids)
    if kind in OF_PERSONS:
        return statement.where(theirs)
    return statement.where(rarely(Leg.journey_id.in_(select(Journey.id).where(theirs))))


class Touch(NamedTuple):
    """An entity that touches a leg in a period, before it is known whose journey that is."""

    leg_id: int
    journey_id: int
    status: str
    """The status of the leg, as it is stored."""
    departs_at: Any
    """When the leg departs, as it is stored: only to be compared."""
    problem_id: int
    entity_id: int
    period_id: int
    kind: HitKind
    delegate_id: int | None
    presence: Presence = THROUGHOUT
    partly: bool = False
    """Whether the period covers only a part of the leg."""


def find(
    congress_id: int, problem_id: int | None, statuses: tuple[LegStatus, ...], delegation_ids: Collection[int] | None
) -> Iterator[Touch]:
    """Return what one or all problems of a congress touch, running only the statements that are needed."""
    here = [InformedEntity.congress_id == congress_id]
    if problem_id is not None:
        here.append(InformedEntity.problem_id == problem_id)
    kinds, firs = _named(db.session.execute(select(_E.kind, _E.fir).where(*here).distinct()))
    here.append(Leg.status.in_(statuses))
    asked = _asked(kinds, firs)
    found = (_rows(one, delegation_ids, *here, congress_id=congress_id) for one in asked)
    return _touches(congress_id, asked, found)


def _named(entities: Iterable[Any]) -> tuple[tuple[EntityKind, ...], tuple[str, ...]]:
    """Return the kinds and regions of entities, each once and in order."""
    listed = {(kind, fir) for kind, fir in entities}
    return tuple(sorted({kind for kind, _ in listed})), tuple(sorted({fir for _, fir in listed if fir}))


def _touches(congress_id: int, asked: Iterable["_Asked"], found: Iterator[Iterable[Any]]) -> Iterator[Touch]:
    """Yield what the statements have found, each in turn."""
    closes, direct, warning = Effect.NO_SERVICE.value, HitKind.DIRECT, HitKind.WARNING
    for (kind, _, presence), touched in zip(asked, found, strict=True):
        rows = _without_transfers(congress_id, list(touched)) if kind is EntityKind.MODE else touched
        # The loop of all hits of a congress, so rows are not read by name.
        for leg_id, journey_id, status, departs, number, entity_id, period_id, effect, delegate_id, seen in rows:
            reach = HitKind.DETOUR if kind is None else direct if effect == closes else warning
            if seen == _UNSURE and reach is direct:
                reach = HitKind.PASSAGE
            yield Touch(
                leg_id, journey_id, status, departs, number, entity_id, period_id, reach, delegate_id, presence,
                seen == _PARTLY,
            )  # fmt: skip


class _Asked(NamedTuple):
    """A statement that finds touches; those of flights that only pass over what is closed have no kind."""

    kind: EntityKind | None
    statement: Statement
    presence: Presence


@lru_cache(maxsize=256)
def _asked(kinds: tuple[EntityKind, ...], firs: tuple[str, ...]) -> tuple[_Asked, ...]:
    """Return the statements that find what entities of these kinds and regions touch."""
    asked = [_Asked(kind, statement, presence) for kind in kinds for statement, presence, _ in statements(kind)]
    for passing in passing_over(kinds, firs):
        closing = _timed(passing).where(RouteProblem.effect == Effect.NO_SERVICE)
        asked.append(_Asked(None, _seen(closing, THROUGHOUT, None), THROUGHOUT))
    return tuple(asked)


def of_journeys(problem: RouteProblem, statuses: tuple[LegStatus, ...], journey_ids: Collection[int]) -> list[Touch]:
    """Return what a problem touches of a few journeys, found by one statement."""
    kinds, firs = _named((one.kind, one.fir) for one in problem.informed_entities)
    if problem.called_off_at or not kinds or not journey_ids:
        return []
    given = {
        "congress": problem.congress_id, "problem": problem.id, "statuses": statuses, "journey_ids": list(journey_ids),
    }  # fmt: skip
    asked = _asked(kinds, firs)
    found: list[list[Any]] = [[] for _ in asked]
    for row in db.session.execute(_together(kinds, firs, closes=problem.closes), given):
        found[row.asked].append((*row[:-3], problem.effect.value, row.delegate_id, row.seen))
    return list(_touches(problem.congress_id, asked, iter(found)))


@lru_cache(maxsize=256)
def _together(kinds: tuple[EntityKind, ...], firs: tuple[str, ...], *, closes: bool) -> Statement:
    """Return the statement that finds what one problem touches of a few journeys, with the number of what was asked.

    The problem is not joined, because it is known. The journeys are few, which SQLite has to be told: it would begin with
    all legs that touch the entity.
    """
    found: list[tuple[EntityKind | None, Found]] = [(kind, one) for kind in kinds for one in at_any_time(kind)]
    found += [(None, Found(one, THROUGHOUT, None)) for one in (passing_over(kinds, firs) if closes else ())]
    here = (_E.problem_id == _PROBLEM, _E.congress_id == CONGRESS, Leg.congress_id == CONGRESS)
    theirs = rarely(Leg.journey_id.in_(_JOURNEYS))
    each = [
        _seen(one.statement.with_only_columns(*COLUMNS[:-1], _delegate(kind)), one.presence, one.sure)
        .add_columns(literal_column(str(number), Integer).label("asked"))
        .join(ActivePeriod, and_(ActivePeriod.problem_id == _PROBLEM, _overlap()))
        .where(*here, Leg.status.in_(_STATUSES), theirs)
        for number, (kind, one) in enumerate(found)
    ]
    return select(*union_all(*each).subquery().c)


def passing_over(kinds: Collection[EntityKind], firs: Collection[str]) -> list[Statement]:
    """Return the statements that find the flights that only pass over what is closed, at any time."""
    over = [_overflights()] if {EntityKind.COUNTRY_AIRSPACE, EntityKind.COUNTRY} & {*kinds} else []
    return over + [one for fir in sorted(firs) for one in _over_region(fir)]


def _without_transfers(congress_id: int, rows: list[Any]) -> list[Any]:
    """Leave out the legs that closed roads leave open."""
    open_legs = transfers.among_legs(congress_id, {row[0] for row in rows}) if rows else set()
    return [row for row in rows if row[0] not in open_legs]


def _rows(
    asked: _Asked, delegation_ids: Collection[int] | None, *narrowed: ColumnElement[bool], congress_id: int
) -> Iterable[Any]:
    statement = asked.statement
    if delegation_ids is not None:
        statement = _of_delegations(statement, asked.kind, delegation_ids)
    return db.session.execute(statement.where(*narrowed), {"congress": congress_id})
