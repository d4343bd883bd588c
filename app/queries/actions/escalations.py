"""Which actions are escalated, and to whom."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.mail.deliveries import AnnouncedFollowUp, Delivery
from app.queries.actions.follow_ups import ordered
from app.queries.actions.instants import is_past


def any_due(now: datetime) -> bool:
    """Return whether any action is to be escalated by now, hidden ones included: a cheap question."""
    return is_past(now, FollowUp.__table__.c.escalates_at)


def due(now: datetime, limit: int) -> Sequence[FollowUp]:
    """Return the actions to be escalated by now to at most `limit` accounts, locked.

    Actions that another transaction has locked are left out.
    """
    is_due = (FollowUp.escalates_at <= now, FollowUp.status.in_(OPEN_STATUSES))
    some = select(FollowUp.escalate_to_id).where(*is_due).group_by(FollowUp.escalate_to_id).limit(limit)
    found = select(FollowUp).where(*is_due, FollowUp.escalate_to_id.in_(some)).order_by(FollowUp.id)
    found = found.options(joinedload(FollowUp.escalate_to)).with_for_update(of=FollowUp, skip_locked=True)
    return db.session.scalars(found).unique().all()


def waiting_for(follow_up_id: int) -> Sequence[FollowUp]:
    """Return the open actions in scope that wait for an action and are escalated to somebody if they are late."""
    waiting = (FollowUp.after_id == follow_up_id, FollowUp.status.in_(OPEN_STATUSES))
    found = select(FollowUp).where(*waiting, FollowUp.escalate_to_id.is_not(None))
    return db.session.scalars(found.options(joinedload(FollowUp.escalate_to))).unique().all()


def announced_by(delivery: Delivery) -> Sequence[FollowUp]:
    """Return the actions in scope that a letter brings to its account and that are still open and meant for it, by due date."""
    announced = select(AnnouncedFollowUp.follow_up_id).where(AnnouncedFollowUp.delivery_id == delivery.id)
    still = (FollowUp.escalate_to_id == delivery.user_id, FollowUp.status.in_(OPEN_STATUSES))
    found = ordered(FollowUp.id.in_(announced), *still).options(joinedload(FollowUp.assignee_person))
    return db.session.scalars(found).unique().all()
