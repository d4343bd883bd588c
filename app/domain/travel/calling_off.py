"""Calling off a problem that will not happen, and undoing that. All records about it are kept."""

from sqlalchemy import select

from app import clock
from app.domain.accounts import audit
from app.domain.mail import deliveries
from app.domain.travel import impact
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.mail.deliveries import Delivery
from app.models.travel.check_ins import CheckIn
from app.models.travel.problems import RouteProblem
from app.queries.travel import problems as problem_queries
from app.text import N_


def call_off(problem: RouteProblem, *, by: User | None) -> None:
    """Call off a problem: it no longer affects anyone, and its suggested actions and emails are withdrawn."""
    if problem.called_off_at is not None:
        return
    if problem_queries.has_begun(problem):
        raise DomainError(None, N_("The problem has already started. Mark it as ended instead."))
    problem.called_off_at, problem.called_off_by_id = clock.now(), by.id if by else None
    db.session.flush()
    audit.note(problem, "called off", {"called_off_at": None}, {"called_off_at": problem.called_off_at})
    deliveries.withdraw_about(Delivery.check_in_id, _check_ins(problem), at=problem.called_off_at)
    impact.settle(problem.congress_id, problem_id=problem.id)


def reinstate(problem: RouteProblem) -> None:
    """Undo calling off a problem: its effects are determined again, and its actions and emails are restored."""
    if problem.called_off_at is None:
        return
    since = problem.called_off_at
    problem.called_off_at = problem.called_off_by_id = None
    db.session.flush()
    audit.note(problem, "reinstated", {"called_off_at": since}, {"called_off_at": None})
    deliveries.requeue(Delivery.check_in_id, _check_ins(problem), withdrawn_at=since)
    impact.settle(problem.congress_id, problem_id=problem.id)


def _check_ins(problem: RouteProblem) -> list[int]:
    return list(db.session.scalars(select(CheckIn.id).where(CheckIn.problem_id == problem.id)))
