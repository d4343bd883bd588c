"""The email about assigned actions."""

from collections.abc import Sequence

from app.emails.calendars import with_calendar
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.wording.todos import todo


def compose(follow_ups: Sequence[FollowUp], user: User, *, is_release: bool) -> Letter:
    """Compose the email about actions that were assigned together, or can be begun now. It does not contain their notes."""
    first = follow_ups[0]
    single = address_of("follow_ups.show", follow_up_id=first.id)
    letter = render_letter(
        "actions/assignment",
        address=user.email,
        language=user.locale,
        user=user,
        follow_ups=follow_ups,
        is_release=is_release,
        page=single if len(follow_ups) == 1 else address_of("today.index"),
    )
    todos = [todo(one, address_of("follow_ups.show", follow_up_id=one.id), user.timezone) for one in follow_ups]
    return with_calendar(letter, todos, name="actions.ics")
