"""The current user."""

from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from flask_login import current_user

from app.models.accounts.accounts import User
from app.recurring.occurrences import instant_of


def reader() -> User:
    """Return the current user's account; only for views that require signing in."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001 - Flask-Login offers no other way


def midnight(day: date) -> datetime:
    """Return the instant when a day begins for the current user."""
    return instant_of(day, time(), ZoneInfo(reader().timezone))
