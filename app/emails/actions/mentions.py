"""The email to an account that a comment on an action mentions."""

from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp


def compose(follow_up: FollowUp, user: User) -> Letter:
    """Compose the email. It contains the title of the action but not the comment."""
    return render_letter(
        "actions/mention",
        address=user.email,
        language=user.locale,
        user=user,
        follow_up=follow_up,
        page=address_of("follow_ups.show", follow_up_id=follow_up.id),
    )
