"""The one who asks."""

from typing import cast

from flask_login import current_user

from app.models.accounts.accounts import User


def reader() -> User:
    """Return the account of the one who asks; only for views that require one to be signed in."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001 - Flask-Login offers no other way
