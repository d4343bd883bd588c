"""Forms that were saved, so that submitting one twice stores it once."""

from datetime import timedelta

from sqlalchemy import delete, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.extensions import db
from app.models.accounts.submissions import Submission

KEPT = timedelta(days=30)


def begin(key: str, user_id: int | None, digest: str) -> bool:
    """Claim the key of a form for this transaction; return False if the form is already saved."""
    row = {"key": key, "user_id": user_id, "digest": digest, "location": "", "created_at": clock.now()}
    return bool(insert_missing(db.session, Submission.__table__, [row]))  # type: ignore[arg-type]


def finish(key: str, **facts: str | int | None) -> None:
    """Record what was saved last under a key; `facts` are columns of Submission."""
    db.session.execute(update(Submission).where(Submission.key == key).values(facts))


def sweep() -> None:
    """Delete keys that no browser will send again."""
    db.session.execute(delete(Submission).where(Submission.created_at < clock.now() - KEPT))
