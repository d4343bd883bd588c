"""What depends on an account."""

from collections import Counter

from app.models.accounts.accounts import Grant, User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.press.intakes import Intake, IntakeStatus
from app.queries.lookup import count


def on(user: User) -> Counter[str]:
    """Return the number of records that depend on an account."""
    waiting = (IntakeStatus.WAITING, IntakeStatus.READ)
    return Counter(
        roles=count(Grant, Grant.user_id == user.id, Grant.standing()),
        actions=count(FollowUp, FollowUp.assignee_id == user.id, FollowUp.status.in_(OPEN_STATUSES)),
        drafts=count(Intake, Intake.created_by_id == user.id, Intake.status.in_(waiting)),
    )
