"""The audit trail of a record."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import and_, or_, select

from app.extensions import Base, db
from app.models.accounts.audit import AuditEntry

LONGEST_HISTORY = 50
"""How many entries of a record are shown."""


def of(*records: Base) -> Sequence[AuditEntry]:
    """Return the changes of a record and of its parts, latest first, within the scope of the session."""
    tables = groupby(sorted(records, key=_table), key=_table)
    about = [
        and_(AuditEntry.subject == table, AuditEntry.subject_id.in_([row.id for row in rows]))  # type: ignore[attr-defined]
        for table, rows in tables
    ]
    entries = select(AuditEntry).where(or_(*about)).order_by(AuditEntry.id.desc()).limit(LONGEST_HISTORY)
    return db.session.scalars(entries).unique().all()


def last_actors(record: Base) -> dict[str, str]:
    """Return the name of the last known author of each value of a record."""
    names: dict[str, str] = {}
    for entry in reversed(of(record)):
        for fact in entry.after:
            if entry.actor:
                names[fact] = entry.actor.name
            else:
                names.pop(fact, None)
    return names


def _table(record: Base) -> str:
    return str(record.__tablename__)
