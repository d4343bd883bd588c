"""The daily letter with the actions that wait for an account."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.queries.actions.reminders import Waiting

_WEEK = timedelta(days=7)


def compose(waiting: Waiting, user: User) -> Letter:
    """Compose the letter in the account's language and zone. It contains the titles of actions but not their notes."""
    late, today, week, later = _parts(waiting, user)
    return render_letter(
        "actions/reminder",
        address=user.email,
        language=user.locale,
        user=user,
        late=late,
        today=today,
        week=week,
        later=later,
        total=len(waiting.follow_ups) + waiting.more,
        more=waiting.more,
        page=address_of("today.index"),
        profile=address_of("accounts.profile"),
    )


def _parts(waiting: Waiting, user: User) -> tuple[list[FollowUp], list[FollowUp], list[FollowUp], list[FollowUp]]:
    """Divide the actions into those that are late, due today, due within a week, and due later, in the account's zone."""
    now, zone = clock.now(), ZoneInfo(user.timezone)
    day = now.astimezone(zone).date()
    late, today, week, later = [], [], [], []
    for one in waiting.follow_ups:
        due_day = one.due_at.astimezone(zone).date()
        if one.due_at < now:
            late.append(one)
        elif due_day == day:
            today.append(one)
        elif due_day - day <= _WEEK:
            week.append(one)
        else:
            later.append(one)
    return late, today, week, later
