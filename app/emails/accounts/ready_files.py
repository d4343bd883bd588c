"""The email that a file of a scheduled export is ready. It names neither the segment nor anybody."""

from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User


def compose(user: User) -> Letter:
    """Compose the email; its link leads to the account's files and requires signing in."""
    page = address_of("scheduled_exports.mine")
    return render_letter("accounts/export_ready", address=user.email, language=user.locale, page=page)
