"""Who changed what."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models.accounts.audit import AuditEntry


def of(subject: str, subject_id: int) -> Sequence[AuditEntry]:
    """Return the changes of one thing, the latest first."""
    about = select(AuditEntry).where(AuditEntry.subject == subject, AuditEntry.subject_id == subject_id)
    return db.session.scalars(about.order_by(AuditEntry.id.desc()).limit(50)).unique().all()


def last_actors(subject: str, subject_id: int) -> dict[str, str]:
    """Return the names of those who changed each fact of a thing last, as far as they are known."""
    names: dict[str, str] = {}
    for entry in reversed(of(subject, subject_id)):
        for fact in entry.after:
            if entry.actor:
                names[fact] = entry.actor.name
            else:
                names.pop(fact, None)
    return names
