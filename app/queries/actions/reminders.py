"""What the daily letters of assignees contain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.people.people import Person
from app.queries.actions.follow_ups import ordered
from app.queries.actions.instants import is_past
from app.queries.actions.order import waits

SHOWN = 50
"""The number of actions that a letter names; it counts the others."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The actions that wait for somebody, by due date, and how many more there are."""

    follow_ups: Sequence[FollowUp]
    more: int


def anything_due(now: datetime) -> bool:
    """Return whether any action is to be mentioned or escalated by now: what is asked every few seconds, in one statement."""
    every = FollowUp.__table__.c
    return is_past(now, every.next_reminder_at, every.escalates_at)


def any_due(now: datetime) -> bool:
    """Return whether any action is to be mentioned by now, hidden ones included: a cheap question."""
    return is_past(now, FollowUp.__table__.c.next_reminder_at)


def due(now: datetime, limit: int) -> Sequence[Any]:
    """Return at most `limit` actions to be mentioned by now, those that have waited longest first, locked.

    Each row has what the next letter depends on, with what its account has chosen, the zone of its congress or campaign, and
    whether it waits for another action. Actions that another transaction has locked are left out.
    """
    wanted = select(*_PLANNED, waits().label("waits")).outerjoin(Congress, Congress.id == FollowUp.congress_id)
    wanted = wanted.outerjoin(Campaign, Campaign.id == FollowUp.campaign_id)
    wanted = wanted.outerjoin(User, User.id == FollowUp.assignee_id)
    wanted = wanted.where(FollowUp.next_reminder_at <= now, FollowUp.status.in_(OPEN_STATUSES))
    wanted = wanted.order_by(FollowUp.next_reminder_at, FollowUp.assignee_id).limit(limit)
    return db.session.execute(wanted.with_for_update(of=FollowUp, skip_locked=True)).all()


def waiting_for(holder: User | Person, until: datetime) -> Waiting:
    """Return the open actions in scope of an account, or of a person without one, that are due before an instant.

    Those that wait for another action are left out.
    """
    column = FollowUp.assignee_id if isinstance(holder, User) else FollowUp.assignee_person_id
    wanted = (column == holder.id, FollowUp.status.in_(OPEN_STATUSES), FollowUp.due_at < until, ~waits())
    found = db.session.scalars(ordered(*wanted).limit(SHOWN)).unique().all()
    total = db.session.scalar(select(func.count()).select_from(FollowUp).where(*wanted)) or 0
    return Waiting(found, total - len(found))


_PLANNED = (
    FollowUp.id, FollowUp.assignee_id, FollowUp.assignee_person_id, FollowUp.assignee_brigade_id, FollowUp.due_at,
    FollowUp.remind_before_hours, FollowUp.next_reminder_at,
    func.coalesce(Congress.timezone, Campaign.timezone).label("timezone"),
    User.timezone.label("chosen_timezone"), User.reminder_hour, User.quiet_days,
)  # fmt: skip
