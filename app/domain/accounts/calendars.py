"""The secret addresses under which calendar applications follow what concerns an account."""

import secrets

from app.extensions import db
from app.models.accounts.accounts import User


def renew(user: User) -> None:
    """Give an account addresses of its calendars; earlier ones stop working."""
    user.calendar_key = secrets.token_urlsafe(24)
    db.session.flush()


def end(user: User) -> None:
    """End the calendars of an account."""
    user.calendar_key = None
    db.session.flush()
