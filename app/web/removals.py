"""What was removed and can be brought back: each wing says what the reader may bring back of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask, current_app

from app.models.removing import Removable


@dataclass(frozen=True, slots=True)
class Removed:
    """A row that was removed, as the list of all kinds shows it."""

    name: str
    kind: str
    """What it is, in the reader's language."""
    row: Removable
    bring_back: str
    """The address of the button that brings it back."""


def register(app: Flask, removed: Iterable[Callable[[], list[Removed]]]) -> None:
    """Keep with the application what lists the removed rows of each wing."""
    app.extensions["removed"] = tuple(removed)


def recently_removed() -> list[Removed]:
    """Return all that the reader may bring back, the latest first."""
    found = [one for listed in current_app.extensions["removed"] for one in listed()]
    return sorted(found, key=lambda one: str(one.row.removed_at), reverse=True)
