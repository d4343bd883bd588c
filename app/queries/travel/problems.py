"""Route problems."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock, countries
from app.dialects import folded
from app.extensions import db
from app.models.congress.delegations import Delegate
from app.models.people.people import Person
from app.models.travel.hits import HitRecord
from app.models.travel.places import Crossing, Place
from app.models.travel.problems import ActivePeriod, InformedEntity, RouteProblem
from app.queries.lookup import one
from app.queries.paging import Page, page_of
from app.text import MOST_WORDS, words_of

_TOUCHED = selectinload(RouteProblem.informed_entities)
_WHOLE = (
    selectinload(RouteProblem.active_periods),
    _TOUCHED.joinedload(InformedEntity.place),
    _TOUCHED.joinedload(InformedEntity.other_place),
)


def get(congress_id: int, problem_id: int) -> RouteProblem:
    """Return a problem of a congress with its periods and entities."""
    return one(RouteProblem, RouteProblem.id == problem_id, RouteProblem.congress_id == congress_id, options=_WHOLE)


def listing(congress_id: int) -> Sequence[RouteProblem]:
    """Return the problems of a congress, including those called off, latest first."""
    listed = select(RouteProblem).where(RouteProblem.congress_id == congress_id).options(*_WHOLE)
    return db.session.scalars(listed.order_by(RouteProblem.created_at.desc(), RouteProblem.id.desc())).all()


def expected(congress_id: int, *, or_id: int | None = None) -> Sequence[RouteProblem]:
    """Return the problems of a congress that were not called off, and always the one with the id `or_id`."""
    return [one for one in listing(congress_id) if one.called_off_at is None or one.id == or_id]


class Show(StrEnum):
    """Filter for the list of problems."""

    AHEAD = "ahead"
    OVER = "over"
    CALLED_OFF = "called_off"


def find(congress_id: int, typed: str, show: str, number: int) -> Page[RouteProblem]:
    """Return a page of the problems of a congress, latest first.

    The problem and its entities (countries, places, crossings, carriers, people) together must contain every word of
    `typed`; `show` is a value of Show, or empty for all.
    """
    lasting = RouteProblem.active_periods.any(or_(ActivePeriod.ends_at.is_(None), ActivePeriod.ends_at > clock.now()))
    stands = RouteProblem.called_off_at.is_(None)
    shown = {Show.AHEAD: and_(stands, lasting), Show.OVER: and_(stands, ~lasting), Show.CALLED_OFF: ~stands}
    found = select(RouteProblem).where(RouteProblem.congress_id == congress_id, *_holding(typed)).options(*_WHOLE)
    if show:
        found = found.where(shown[Show(show)])
    return page_of(found.order_by(RouteProblem.created_at.desc(), RouteProblem.id.desc()), number)


def _holding(typed: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which a problem or its entities contain every word of the text."""
    wanted = words_of(typed)[:MOST_WORDS]
    if typed.strip() and not wanted:
        return [false()]
    known = (RouteProblem.reference, RouteProblem.cause_detail, RouteProblem.source_quote)
    return [
        or_(*(folded(column).contains(word) for column in known), RouteProblem.informed_entities.any(_names(word)))
        for word in wanted
    ]


def _names(word: str) -> ColumnElement[bool]:
    """Return the condition under which the name of one of a problem's entities contains a word."""
    codes = countries.holding(word)
    named = (InformedEntity.country, InformedEntity.other_country, InformedEntity.nationality)
    written = (InformedEntity.fir, InformedEntity.carrier)
    return or_(
        *(column.in_(codes) for column in named),
        *(folded(column).contains(word) for column in written),
        InformedEntity.place.has(Place.words.contains(word)),
        InformedEntity.other_place.has(Place.words.contains(word)),
        InformedEntity.crossing.has(folded(Crossing.name).contains(word)),
        InformedEntity.delegate.has(Delegate.person.has(Person.words.contains(word))),
    )


def entities(entity_ids: Collection[int]) -> dict[int, InformedEntity]:
    """Return informed entities by id, with what the title of their problem needs."""
    titled = joinedload(InformedEntity.problem).selectinload(RouteProblem.informed_entities)
    wanted = select(InformedEntity).where(InformedEntity.id.in_(entity_ids)).options(titled)
    return {entity.id: entity for entity in db.session.scalars(wanted).unique()}


def past_hits(problem_id: int, limit: int = 60) -> Sequence[HitRecord]:
    """Return the past hits of a problem, latest first: what it did before it ended or people traveled around it."""
    gone = select(HitRecord).where(HitRecord.problem_id == problem_id, HitRecord.ended_at.is_not(None))
    gone = gone.options(joinedload(HitRecord.delegation)).order_by(HitRecord.ended_at.desc(), HitRecord.id)
    return db.session.scalars(gone.limit(limit)).unique().all()


def is_over(problem: RouteProblem) -> bool:
    """Return whether the last period of a problem has ended, or it was called off."""
    if problem.called_off_at is not None:
        return True
    now = clock.now()
    return all(period.ends_at is not None and period.ends_at <= now for period in problem.active_periods)


def has_begun(problem: RouteProblem) -> bool:
    """Return whether the first period of a problem has begun."""
    return any(period.starts_at <= clock.now() for period in problem.active_periods)


def get_entity(problem: RouteProblem, entity_id: int) -> InformedEntity:
    """Return an informed entity of a problem."""
    return one(InformedEntity, InformedEntity.id == entity_id, InformedEntity.problem_id == problem.id)


def get_period(problem: RouteProblem, period_id: int) -> ActivePeriod:
    """Return an active period of a problem."""
    return one(ActivePeriod, ActivePeriod.id == period_id, ActivePeriod.problem_id == problem.id)
