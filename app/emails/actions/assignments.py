"""The email about assigned actions."""

from collections.abc import Sequence

from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp


def compose(follow_ups: Sequence[FollowUp], user: User) -> Letter:
    """Compose the email about actions that were assigned together. It does not contain their notes."""
    first = follow_ups[0]
    single = address_of("follow_ups.show", follow_up_id=first.id)
    return render_letter(
        "actions/assignment",
        address=user.email,
        language=user.locale,
        user=user,
        follow_ups=follow_ups,
        page=single if len(follow_ups) == 1 else address_of("today.index"),
    )
