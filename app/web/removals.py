"""Removed records that can be restored. Each wing lists those that the user may restore."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask, current_app

from app.models.removing import Removable


@dataclass(frozen=True, slots=True)
class Removed:
    """A removed row, as shown in the list of all kinds."""

    name: str
    kind: str
    """What kind of record it is, in the user's language."""
    row: Removable
    bring_back: str
    """The address of the button that restores it."""
    erase: str = ""
    """The address of the page that erases it for good, if the user may do that."""


def register(app: Flask, removed: Iterable[Callable[[], list[Removed]]]) -> None:
    """Store the functions that list each wing's removed rows in the application."""
    app.extensions["removed"] = tuple(removed)


def recently_removed() -> list[Removed]:
    """Return all removed rows that the user may restore, latest first."""
    found = [one for listed in current_app.extensions["removed"] for one in listed()]
    return sorted(found, key=lambda one: str(one.row.removed_at), reverse=True)
