"""The letter that brings overdue actions to the account that was chosen for that."""

from collections.abc import Sequence

from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp


def compose(follow_ups: Sequence[FollowUp], user: User) -> Letter:
    """Compose the letter in the account's language and zone. It contains the titles of actions but not their notes."""
    return render_letter(
        "actions/escalation",
        address=user.email,
        language=user.locale,
        user=user,
        follow_ups=follow_ups,
        linked=[(one, address_of("follow_ups.show", follow_up_id=one.id)) for one in follow_ups],
    )
