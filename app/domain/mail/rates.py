"""Records how fast emails are sent: one row for each minute."""

from datetime import timedelta

from sqlalchemy import delete, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.extensions import db
from app.models.mail.rates import SendingMinute

KEPT_FOR = timedelta(days=7)


def note(emails: int, seconds: float) -> None:
    """Record that a worker sent so many emails in so many seconds."""
    if not emails:
        return
    minute = clock.now().replace(second=0, microsecond=0)
    row = {"minute": minute, "emails": 0, "seconds": 0.0}
    insert_missing(db.session, SendingMinute.__table__, [row])  # type: ignore[arg-type]
    more = {"emails": SendingMinute.emails + emails, "seconds": SendingMinute.seconds + seconds}
    counted = update(SendingMinute).where(SendingMinute.minute == minute).values(more)
    db.session.execute(counted.execution_options(synchronize_session=False))


def sweep() -> None:
    """Delete what is older than a few days."""
    db.session.execute(delete(SendingMinute).where(SendingMinute.minute < clock.now() - KEPT_FOR))
