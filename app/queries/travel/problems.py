"""Route problems."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.extensions import db
from app.models.travel.problems import ActivePeriod, InformedEntity, RouteProblem
from app.models.travel.travel import HitRecord
from app.queries.lookup import one

_TOUCHED = selectinload(RouteProblem.informed_entities)
_WHOLE = (
    selectinload(RouteProblem.active_periods),
    _TOUCHED.joinedload(InformedEntity.place),
    _TOUCHED.joinedload(InformedEntity.other_place),
)


def get(congress_id: int, problem_id: int) -> RouteProblem:
    """Return one problem of a congress with its periods and entities."""
    return one(RouteProblem, RouteProblem.id == problem_id, RouteProblem.congress_id == congress_id, options=_WHOLE)


def listing(congress_id: int) -> Sequence[RouteProblem]:
    """Return the problems of a congress, also those called off, the latest recorded first."""
    listed = select(RouteProblem).where(RouteProblem.congress_id == congress_id).options(*_WHOLE)
    return db.session.scalars(listed.order_by(RouteProblem.created_at.desc(), RouteProblem.id.desc())).all()


def expected(congress_id: int, *, or_id: int | None = None) -> Sequence[RouteProblem]:
    """Return the problems of a congress without those that were called off; with the one of that number in any case."""
    return [one for one in listing(congress_id) if one.called_off_at is None or one.id == or_id]


def entities(entity_ids: Collection[int]) -> dict[int, InformedEntity]:
    """Return what problems touch, by number."""
    wanted = select(InformedEntity).where(InformedEntity.id.in_(entity_ids))
    return {entity.id: entity for entity in db.session.scalars(wanted).unique()}


def past_hits(problem_id: int, limit: int = 60) -> Sequence[HitRecord]:
    """Return the hits that are gone, the latest first: what a problem did before it ended or people went around it."""
    gone = select(HitRecord).where(HitRecord.problem_id == problem_id, HitRecord.ended_at.is_not(None))
    gone = gone.options(joinedload(HitRecord.delegation)).order_by(HitRecord.ended_at.desc(), HitRecord.id)
    return db.session.scalars(gone.limit(limit)).unique().all()


def is_over(problem: RouteProblem) -> bool:
    """Say whether the last period of a problem has ended."""
    now = clock.now()
    return all(period.ends_at is not None and period.ends_at <= now for period in problem.active_periods)


def has_begun(problem: RouteProblem) -> bool:
    """Say whether the first period of a problem has begun."""
    return any(period.starts_at <= clock.now() for period in problem.active_periods)


def get_entity(problem: RouteProblem, entity_id: int) -> InformedEntity:
    """Return one of the things that a problem touches."""
    return one(InformedEntity, InformedEntity.id == entity_id, InformedEntity.problem_id == problem.id)


def get_period(problem: RouteProblem, period_id: int) -> ActivePeriod:
    """Return one of the periods of a problem."""
    return one(ActivePeriod, ActivePeriod.id == period_id, ActivePeriod.problem_id == problem.id)
