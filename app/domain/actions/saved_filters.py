"""Filters of lists of actions that an account saves under a name."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from sqlalchemy import update

from app.domain import bulk
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.saved_filters import SavedFilter
from app.queries.actions import saved_filters
from app.text import N_, plain

MOST = 30
"""The number of filters that an account can save."""


class SavedFilterValues(TypedDict):
    """The values that a person chooses for a saved filter."""

    name: str
    is_default: bool


def save(user: User, parameters: Mapping[str, str], values: SavedFilterValues) -> SavedFilter:
    """Save the parameters of a list for an account.

    Raises DomainError on `name` if another one of the account is called so, and without a field if there are too many,
    or if nothing is filtered by.
    """
    if not parameters:
        raise DomainError(None, N_("This list shows everything. Filter it first."))
    others = saved_filters.of_user(user)
    if len(others) >= MOST:
        raise DomainError(None, N_("You have saved %(most)s filters. Remove one first."), most=MOST)
    _check_name(values["name"], others)
    saved = SavedFilter(user_id=user.id, name=values["name"], parameters=dict(parameters))
    return _store(saved, is_default=values["is_default"])


def change(saved: SavedFilter, user: User, values: SavedFilterValues) -> None:
    """Rename a saved filter, or change whether lists begin with it. Raises DomainError on `name` like `save`."""
    _check_name(values["name"], [one for one in saved_filters.of_user(user) if one.id != saved.id])
    saved.name = values["name"]
    _store(saved, is_default=values["is_default"])


def remove(saved: SavedFilter) -> None:
    """Remove a saved filter; only its account can undo that."""
    bulk.remove(SavedFilter, {saved.id: (SavedFilter.__tablename__, saved.id)})


def _check_name(name: str, others: Iterable[SavedFilter]) -> None:
    if plain(name) in {plain(one.name) for one in others}:
        raise DomainError("name", N_("You have saved another filter with this name."))


def _store(saved: SavedFilter, *, is_default: bool) -> SavedFilter:
    """Store a filter; if it becomes the default, no other one of the account is."""
    if is_default and not saved.is_default:
        others = (SavedFilter.user_id == saved.user_id, SavedFilter.is_default)
        db.session.execute(update(SavedFilter).where(*others).values(is_default=False))
    saved.is_default = is_default
    db.session.add(saved)
    db.session.flush()
    return saved
