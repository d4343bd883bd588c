"""What the calendar of an account contains."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.queries.actions.brigades import participations
from app.queries.actions.follow_ups import ordered

MOST = 1000
"""The number of actions in a calendar, open ones first."""


def actions_of(user: User, done_since: datetime) -> Sequence[FollowUp]:
    """Return the actions in scope that an account has: open ones, and those that were done since an instant.

    Besides, the open ones that its brigades have and nobody has taken.
    """
    is_open = FollowUp.status.in_(OPEN_STATUSES)
    own = (FollowUp.assignee_id == user.id) & (is_open | (FollowUp.completed_at >= done_since))
    of_brigades = FollowUp.assignee_brigade_id.in_([one.brigade_id for one in participations(user)])
    found = ordered(or_(own, of_brigades & is_open)).options(joinedload(FollowUp.assignee_brigade))
    return db.session.scalars(found.limit(MOST)).unique().all()
