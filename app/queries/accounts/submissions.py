"""Forms already saved."""

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models.accounts.submissions import Submission

RECENT = timedelta(minutes=30)
"""How long the same content under another key counts as a duplicate, unless the user confirms it."""


def was_sent(digest: str, key: str, user_id: int | None) -> bool:
    """Return whether the same person saved the same content recently under another key."""
    same = select(Submission.id).where(Submission.digest == digest, Submission.created_at > clock.now() - RECENT)
    mine = Submission.user_id.is_(None) if user_id is None else Submission.user_id == user_id
    return db.session.scalar(same.where(mine, Submission.key != key).limit(1)) is not None


def find(key: str) -> Submission | None:
    """Return the submission with a key, or None."""
    return db.session.scalar(select(Submission).where(Submission.key == key).execution_options(populate_existing=True))
