"""What hangs on an account."""

from dataclasses import dataclass

from app.models.accounts.accounts import Grant, User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.press.intakes import Intake, IntakeStatus
from app.queries.lookup import count


@dataclass(frozen=True, slots=True)
class Hanging:
    """How much hangs on an account."""

    roles: int
    actions: int
    """Those that are open."""
    drafts: int
    """Articles that were read for it and that it has not imported."""


def on(user: User) -> Hanging:
    """Return how much hangs on an account."""
    waiting = (IntakeStatus.WAITING, IntakeStatus.READ)
    return Hanging(
        roles=count(Grant, Grant.user_id == user.id, Grant.revoked_at.is_(None)),
        actions=count(FollowUp, FollowUp.assignee_id == user.id, FollowUp.status.in_(OPEN_STATUSES)),
        drafts=count(Intake, Intake.created_by_id == user.id, Intake.status.in_(waiting)),
    )
