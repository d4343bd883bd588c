"""Forms already saved."""

from sqlalchemy import select

from app.extensions import db
from app.models.submissions import Submission


def location(key: str, user_id: int | None) -> str | None:
    """Return the page that a saved form led to, for the one who saved it."""
    same = select(Submission.location).where(Submission.key == key)
    mine = Submission.user_id.is_(None) if user_id is None else Submission.user_id == user_id
    return db.session.scalar(same.where(mine))
