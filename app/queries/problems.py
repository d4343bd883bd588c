"""Route problems."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import clock
from app.extensions import db
from app.models.problems import RouteProblem
from app.queries.lookup import one

_WHOLE = (selectinload(RouteProblem.active_periods), selectinload(RouteProblem.informed_entities))


def get(congress_id: int, problem_id: int) -> RouteProblem:
    """Return one problem of a congress with its periods and entities."""
    return one(RouteProblem, RouteProblem.id == problem_id, RouteProblem.congress_id == congress_id, options=_WHOLE)


def listing(congress_id: int) -> Sequence[RouteProblem]:
    """Return the problems of a congress, the latest recorded first."""
    listed = select(RouteProblem).where(RouteProblem.congress_id == congress_id).options(*_WHOLE)
    return db.session.scalars(listed.order_by(RouteProblem.created_at.desc(), RouteProblem.id.desc())).all()


def is_over(problem: RouteProblem) -> bool:
    """Say whether the last period of a problem has ended."""
    now = clock.now()
    return all(period.ends_at is not None and period.ends_at <= now for period in problem.active_periods)
