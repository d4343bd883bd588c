"""Saved filters of lists of actions: everything is asked for one account."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.saved_filters import SavedFilter
from app.queries.lookup import one


def get(filter_id: int, user: User) -> SavedFilter:
    """Return a saved filter of an account."""
    return one(SavedFilter, SavedFilter.id == filter_id, SavedFilter.user_id == user.id)


def of_user(user: User) -> Sequence[SavedFilter]:
    """Return the saved filters of an account, by name."""
    found = select(SavedFilter).where(SavedFilter.user_id == user.id).order_by(SavedFilter.name, SavedFilter.id)
    return db.session.scalars(found).all()
