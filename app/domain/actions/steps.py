"""What the recipient of a daily letter can do with an action at once: finish it, move it, hand it back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app import clock
from app.domain.accounts import audit
from app.domain.actions import follow_ups, handing_back, reminders
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.text import N_


class Step(StrEnum):
    """What a link of a daily letter offers."""

    DONE = "done"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next-week"
    HAND_BACK = "hand-back"


_DAYS = {Step.TOMORROW: 1, Step.NEXT_WEEK: 7}


def offered(follow_up: FollowUp) -> list[Step]:
    """Return the steps that make sense now: none for a closed action; nothing is moved to an earlier day.

    Whoever assigned an action to herself cannot hand it back, unless she has taken it from a brigade.
    """
    if not follow_up.is_open:
        return []
    moves = [step for step in _DAYS if moved_to(follow_up, step) > follow_up.due_at]
    back = [] if _is_own(follow_up) and not follow_up.is_taken else [Step.HAND_BACK]
    return [Step.DONE, *moves, *back]


def moved_to(follow_up: FollowUp, step: Step) -> datetime:
    """Return the instant to which a step moves an action: its local time, so many days from today.

    Where clocks skip that time, it is as much later.
    """
    zone = ZoneInfo(zone_of(follow_up))
    today = clock.now().astimezone(zone).date()
    local = follow_up.due_at.astimezone(zone)
    return datetime.combine(today + timedelta(days=_DAYS[step]), local.time(), zone).astimezone(UTC)


def zone_of(follow_up: FollowUp) -> str:
    """Return the time zone of whoever has an action: the account's, otherwise that of the congress or campaign."""
    if follow_up.assignee is not None:
        return follow_up.assignee.timezone
    return follow_up.place.timezone if follow_up.place else "UTC"


def move(follow_up: FollowUp, step: Step, shown: datetime | None) -> None:
    """Move an action to the instant that the page has shown, with its reminders.

    Raises DomainError if it would be another one, because a day has begun or someone has changed the action.
    """
    if step not in offered(follow_up) or moved_to(follow_up, step) != shown:
        raise DomainError(None, N_("The action or the day has changed meanwhile. Look at the date and press again."))
    with audit.changing(follow_up, follow_ups.facts):
        follow_up.due_at = shown
    reminders.plan(follow_up)


def hand_back(follow_up: FollowUp, team: Sequence[User]) -> None:
    """Return an action to its brigade, to whoever assigned it, or to the first other account of the team.

    Raises DomainError if there is nobody.
    """
    others = [user for user in team if user.id != follow_up.assignee_id]
    handing_back.return_to_giver(follow_up, [] if _is_own(follow_up) else others, by=follow_up.assignee)


def end_links(user: User) -> None:
    """End the links of all letters that were sent to an account."""
    user.link_number += 1
    db.session.flush()


def _is_own(follow_up: FollowUp) -> bool:
    return follow_up.assignee_id is not None and follow_up.created_by_id == follow_up.assignee_id
