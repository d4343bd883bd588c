"""The reminder before an action is due, and the notice when it is overdue."""

from flask import url_for

from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp


def compose(follow_up: FollowUp, user: User, *, overdue: bool) -> Letter:
    """Compose the email to the assignee in their language and zone. It contains the title of the action but not the note."""
    page = url_for("follow_ups.show", follow_up_id=follow_up.id, _external=True)
    return render_letter(
        "actions/reminder",
        address=user.email,
        language=user.locale,
        user=user,
        follow_up=follow_up,
        page=page,
        overdue=overdue,
    )
