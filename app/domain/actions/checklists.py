"""The checklist of an action."""

from app import clock
from app.domain_errors import DomainError
from app.extensions import db
from app.models.actions.follow_ups import FollowUp
from app.models.actions.parts import ChecklistItem
from app.queries.actions import parts
from app.text import N_

MOST_ITEMS = 100


def add(follow_up: FollowUp, texts: list[str]) -> None:
    """Add items at the end. Raises DomainError on `items` if there would be too many."""
    if len(parts.checklist(follow_up.id)) + len(texts) > MOST_ITEMS:
        raise DomainError("items", N_("A checklist has at most %(most)s items."), most=MOST_ITEMS)
    for text in texts:
        db.session.add(ChecklistItem(follow_up=follow_up, text=text))
        db.session.flush()


def tick(item: ChecklistItem) -> None:
    """Tick an item off, or take the tick back."""
    item.done_at = None if item.done_at else clock.now()
    db.session.flush()


def remove(item: ChecklistItem) -> None:
    """Remove an item."""
    db.session.delete(item)
    db.session.flush()
