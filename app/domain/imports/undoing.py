"""Undoes a whole import, for as long as nothing was built on what it wrote."""

from app import clock
from app.domain.imports.kinds import scope_of
from app.domain.imports.registry import kind_of
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.imports.imports import Import, ImportStatus
from app.models.scoping import in_scope

BUILT_ON = "built_on"
"""Something was built on what the import wrote."""
NAMED = 20
"""How many of the records in the way are named."""


def undo(work: Import) -> None:
    """Undo an import, or note by name what it cannot be undone for."""
    kind = kind_of(work)
    with in_scope(scope_of(work)):
        found = kind.obstacles(work)
        if found.names or found.gone:
            work.status, work.failure = ImportStatus.WRITTEN, BUILT_ON
            work.details = {"names": list(found.names[:NAMED]), "count": len(found.names), "gone": found.gone}
            return
        kind.take_back(work)
        db.session.add(
            AuditEntry(
                actor_id=work.asked_by_id, verb="import undone", subject="imports", subject_id=work.id, at=clock.now(),
                before=dict(work.counts), after={}, **work.where,
            )
        )  # fmt: skip
    work.status = ImportStatus.UNDONE
    db.session.flush()
