"""Forms already saved."""

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models.accounts.submissions import Submission

RECENT = timedelta(minutes=30)
"""For so long the same content under another key is taken for the same form, until a person says otherwise."""


def was_sent(digest: str, key: str, user_id: int | None) -> bool:
    """Say whether the same person saved the same content a short while ago under another key."""
    same = select(Submission.id).where(Submission.digest == digest, Submission.created_at > clock.now() - RECENT)
    mine = Submission.user_id.is_(None) if user_id is None else Submission.user_id == user_id
    return db.session.scalar(same.where(mine, Submission.key != key).limit(1)) is not None


def digest_of(key: str) -> str | None:
    """Return what was sent under a key, shortened."""
    return db.session.scalar(select(Submission.digest).where(Submission.key == key))


def is_latest(key: str, digest: str, revision: int) -> bool:
    """Say whether a key was used to save the same content, or nobody has changed the row since it was used."""
    used = select(Submission.digest, Submission.revision).where(Submission.key == key)
    last = db.session.execute(used).first()
    return last is not None and (last.digest == digest or last.revision == revision)


def location(key: str, user_id: int | None) -> str | None:
    """Return the page that a saved form led to, for the one who saved it."""
    same = select(Submission.location).where(Submission.key == key)
    mine = Submission.user_id.is_(None) if user_id is None else Submission.user_id == user_id
    return db.session.scalar(same.where(mine))
