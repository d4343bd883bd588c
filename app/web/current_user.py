"""The current user."""

from typing import cast

from flask_login import current_user

from app.models.accounts.accounts import User


def reader() -> User:
    """Return the current user's account; only for views that require signing in."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001 - Flask-Login offers no other way
