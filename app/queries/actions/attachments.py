"""Files that are attached to actions."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.actions.attachments import Attachment
from app.models.removing import REMOVED
from app.queries.lookup import one


def of_follow_up(follow_up_id: int) -> Sequence[Attachment]:
    """Return the files attached to an action, earliest first."""
    found = select(Attachment).where(Attachment.follow_up_id == follow_up_id)
    found = found.options(joinedload(Attachment.user), joinedload(Attachment.person))
    return db.session.scalars(found.order_by(Attachment.id)).all()


def get(follow_up_id: int, attachment_id: int) -> Attachment:
    """Return a file attached to an action."""
    return one(Attachment, Attachment.id == attachment_id, Attachment.follow_up_id == follow_up_id)


def keys() -> set[str]:
    """Return the keys of all files that rows name, also those of removed actions."""
    return set(db.session.scalars(select(Attachment.key), execution_options=REMOVED))
