"""What the daily letters of assignees contain."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.queries.actions.follow_ups import ordered

SHOWN = 50
"""The number of actions that a letter names; it counts the others."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The actions that wait for somebody, by due date, and how many more there are."""

    follow_ups: Sequence[FollowUp]
    more: int


def due(now: datetime, limit: int) -> Sequence[Any]:
    """Return the actions to be mentioned by now of at most `limit` assignees, locked, with what their next letter depends on.

    Actions that another transaction has locked are left out.
    """
    is_due = (FollowUp.next_reminder_at <= now, FollowUp.status.in_(OPEN_STATUSES), FollowUp.assignee_id.is_not(None))
    people = select(FollowUp.assignee_id).where(*is_due).group_by(FollowUp.assignee_id).limit(limit)
    wanted = select(FollowUp.id, FollowUp.assignee_id, FollowUp.due_at, FollowUp.remind_before_hours)
    wanted = wanted.where(*is_due, FollowUp.assignee_id.in_(people))
    return db.session.execute(wanted.with_for_update(of=FollowUp, skip_locked=True)).all()


def assignees(user_ids: Collection[int]) -> Sequence[User]:
    """Return accounts by id."""
    return db.session.scalars(select(User).where(User.id.in_(user_ids))).all()


def waiting_for(user: User, until: datetime) -> Waiting:
    """Return the open actions in scope that are assigned to an account and due before an instant."""
    wanted = (FollowUp.assignee_id == user.id, FollowUp.status.in_(OPEN_STATUSES), FollowUp.due_at < until)
    found = db.session.scalars(ordered(*wanted).limit(SHOWN)).unique().all()
    total = db.session.scalar(select(func.count()).select_from(FollowUp).where(*wanted)) or 0
    return Waiting(found, total - len(found))
