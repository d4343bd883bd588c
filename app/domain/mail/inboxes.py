"""Mailboxes that cannot be read: why, and since when."""

from sqlalchemy import delete, select, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.extensions import db
from app.models.mail.relays import InboxReason, InboxTrouble


def note_trouble(name: str, reason: InboxReason) -> None:
    """Record that a mailbox cannot be read; since when is kept as long as it cannot."""
    row = {"name": name, "reason": reason, "since": clock.now()}
    insert_missing(db.session, InboxTrouble.__table__, [row])  # type: ignore[arg-type]
    known = update(InboxTrouble).where(InboxTrouble.name == name, InboxTrouble.reason != reason)
    db.session.execute(known.values(reason=reason).execution_options(synchronize_session=False))


def note_read(name: str) -> None:
    """Record that a mailbox can be read."""
    known = select(InboxTrouble.id).where(InboxTrouble.name == name)
    if db.session.scalar(known) is not None:  # so that nothing is written as long as all is well
        db.session.execute(delete(InboxTrouble).where(InboxTrouble.name == name))
