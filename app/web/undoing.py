"""Actions that can be undone: their changes are recorded, and the next page offers to undo them."""

from collections.abc import Callable
from typing import TypeVar

from flask import g, request, url_for

from app.domain.recording import recording, recording_many
from app.models.accounts.undo import UndoEntry
from app.web.current_user import reader

Saved = TypeVar("Saved")


def undoable(write: Callable[[], Saved], name: str) -> Callable[[], Saved]:
    """Return `write`, wrapped so that its changes can be undone; `name` is what the affected record is called."""

    def recorded() -> Saved:
        with recording(str(request.endpoint), name, by=reader()) as entry:
            saved = write()
        if entry.id is not None:
            g.undo_address = address_of(entry)
        return saved

    return recorded


def written_together(write: Callable[[], Saved], name: str, **where: int | None) -> Saved:
    """Call `write`, which changes many records, so that its changes can be undone; `name` is what they have in common.

    `where` is the congress or campaign whose users may undo it; otherwise only the current user may.
    """
    with recording_many(str(request.endpoint), name, by=reader(), **where) as entry:
        saved = write()
    if entry.id is not None:
        offer_undo(address_of(entry))
    return saved


def offer_undo(address: str) -> None:
    """Have the next page offer to undo the changes of this request, by the button with an address."""
    g.undo_address = address


def undo_address() -> str:
    """Return the address that undoes the changes of this request, or an empty string."""
    return str(g.get("undo_address", ""))


def address_of(entry: UndoEntry) -> str:
    """Return the address of the button that undoes an entry."""
    if entry.congress_id is not None:
        return url_for("undo.in_congress", congress_id=entry.congress_id, undo_id=entry.id)
    if entry.campaign_id is not None:
        return url_for("undo.in_campaign", campaign_id=entry.campaign_id, undo_id=entry.id)
    return url_for("undo.in_house", undo_id=entry.id)
