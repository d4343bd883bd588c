"""The checklist and the comments of an action."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.actions.parts import ChecklistItem, FollowUpComment
from app.queries.lookup import one


def checklist(follow_up_id: int) -> Sequence[ChecklistItem]:
    """Return the items of an action's checklist, in the order in which they were added."""
    items = select(ChecklistItem).where(ChecklistItem.follow_up_id == follow_up_id)
    return db.session.scalars(items.order_by(ChecklistItem.id)).all()


def get_item(follow_up_id: int, item_id: int) -> ChecklistItem:
    """Return an item of an action's checklist."""
    return one(ChecklistItem, ChecklistItem.id == item_id, ChecklistItem.follow_up_id == follow_up_id)


def comments(follow_up_id: int) -> Sequence[FollowUpComment]:
    """Return the comments on an action with their authors, earliest first."""
    said = select(FollowUpComment).where(FollowUpComment.follow_up_id == follow_up_id)
    whole = (joinedload(FollowUpComment.user), joinedload(FollowUpComment.person))
    return db.session.scalars(said.options(*whole).order_by(FollowUpComment.id)).all()
