"""Follow-up actions."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.travel.problems import RouteProblem
from app.queries.lookup import one

_WHOLE = (
    joinedload(FollowUp.delegation),
    joinedload(FollowUp.problem).selectinload(RouteProblem.informed_entities),
)


def get(congress_id: int, follow_up_id: int) -> FollowUp:
    """Return one follow-up of a congress."""
    return one(FollowUp, FollowUp.id == follow_up_id, FollowUp.congress_id == congress_id, options=_WHOLE)


def of_congress(congress_id: int) -> Sequence[FollowUp]:
    """Return all follow-ups of a congress, open ones first, by due date."""
    return _listing(FollowUp.congress_id == congress_id)


def of_problem(problem_id: int) -> Sequence[FollowUp]:
    """Return the follow-ups that a problem brought about."""
    return _listing(FollowUp.problem_id == problem_id)


def of_delegation(delegation_id: int) -> Sequence[FollowUp]:
    """Return the follow-ups that concern a delegation."""
    return _listing(FollowUp.delegation_id == delegation_id)


def waiting_for(user: User) -> Sequence[FollowUp]:
    """Return the open follow-ups of one assignee, by due date."""
    return _listing(FollowUp.assignee_id == user.id, FollowUp.status.in_(OPEN_STATUSES))


def owned_delegations(congress_id: int) -> set[tuple[int, int]]:
    """Return problem and delegation of each open action of a congress that is about both."""
    pairs = select(FollowUp.problem_id, FollowUp.delegation_id).where(
        FollowUp.congress_id == congress_id,
        FollowUp.status.in_(OPEN_STATUSES),
        FollowUp.problem_id.is_not(None),
        FollowUp.delegation_id.is_not(None),
    )
    return {(problem, delegation) for problem, delegation in db.session.execute(pairs) if problem and delegation}


def assigned_with(follow_up: FollowUp, user: User) -> Sequence[FollowUp]:
    """Return what was assigned at once with a follow-up and is still open and the user's, by due date."""
    together = FollowUp.assigned_at == follow_up.assigned_at
    same = (FollowUp.congress_id == follow_up.congress_id, FollowUp.assignee_id == user.id)
    return _listing(together, *same, FollowUp.status.in_(OPEN_STATUSES))


def _listing(*conditions: ColumnElement[bool]) -> Sequence[FollowUp]:
    open_first = (FollowUp.status.not_in(OPEN_STATUSES), FollowUp.due_at, FollowUp.id)
    listed = select(FollowUp).where(*conditions).options(*_WHOLE).order_by(*open_first)
    return db.session.scalars(listed).unique().all()
