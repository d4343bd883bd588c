"""Writes the rows of an import in one transaction: everything or nothing."""

from app import clock
from app.domain.imports.kinds import scope_of
from app.domain.imports.registry import kind_of
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.imports.imports import Import, ImportStatus
from app.models.scoping import in_scope
from app.queries.imports import imports as import_queries

CHANGED = "changed"
"""What would be written is no longer what a person saw in the preview."""


def write(work: Import) -> None:
    """Write what the preview showed. Raises ChangedError, with nothing to be kept, if anything would be different now."""
    now = clock.now()
    with in_scope(scope_of(work)):
        kind_of(work).write(work)
        entry = AuditEntry(
            actor_id=work.asked_by_id, verb="imported", subject="imports", subject_id=work.id, at=now, before={},
            after=dict(work.counts), **work.where,
        )  # fmt: skip
        db.session.add(entry)
        db.session.flush()
        work.last_entry_id = import_queries.last_entry_id()
    work.status, work.written_at, work.top = ImportStatus.WRITTEN, now, []
    db.session.flush()
