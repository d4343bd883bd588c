"""A delegate needs help: the email to the coordinators."""

from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.travel.check_ins import HelpCall


def compose(call: HelpCall, user: User) -> Letter:
    """Compose the email to a coordinator. It contains neither the delegate's name nor what was said: others may read it."""
    return render_letter(
        "travel/help_call",
        address=user.email,
        language=user.locale,
        user=user,
        call=call,
        page=address_of("help_calls.index", congress_id=call.congress_id),
    )
