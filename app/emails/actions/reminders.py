"""The daily letter with the actions that wait for an account."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.emails.actions import steps
from app.emails.calendars import with_calendar
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.brigades import BrigadeMember
from app.queries.actions.reminders import Waiting
from app.wording.todos import todo

_WEEK = timedelta(days=7)


def compose(waiting: Waiting, user: User, of_brigades: Sequence[tuple[FollowUp, BrigadeMember]]) -> Letter:
    """Compose the letter in the account's language and zone.

    It contains the titles of actions but not their notes, links to act on each, and what waits for somebody of the
    brigades that the account coordinates.
    """
    late, today, week, later = _parts(waiting, user)
    letter = render_letter(
        "actions/reminder",
        address=user.email,
        language=user.locale,
        user=user,
        offers=lambda one: steps.offers(one, user),
        late=late,
        today=today,
        week=week,
        later=later,
        total=len(waiting.follow_ups) + waiting.more,
        more=waiting.more,
        of_brigades=of_brigades,
        page=address_of("today.index"),
        brigades_page=address_of("today.index", _anchor="brigades"),
        profile=address_of("accounts.profile"),
    )
    todos = [todo(one, address_of("follow_ups.show", follow_up_id=one.id), user.timezone) for one in waiting.follow_ups]
    return with_calendar(letter, todos, name="actions.ics") if todos else letter


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
