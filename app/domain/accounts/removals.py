"""Removing and restoring rows: the same for every kind of row that is Removable."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete

from app import clock
from app.domain.accounts import audit, log
from app.extensions import Base, db
from app.models.accounts.accounts import User
from app.models.accounts.audit import AuditEntry
from app.models.removing import HiddenWith, Removable, RemovedWhole, hidden_ids, hiding_models
from app.queries.lookup import REMOVED_FOR


def remove(row: Removable, *, by: User | None) -> None:
    """Remove a row until someone restores it; removing it twice has no further effect."""
    if row.removed_at is None:
        _set(row, "removed", by)


def bring_back(row: Removable) -> None:
    """Restore a removed row."""
    if row.removed_at is not None:
        _set(row, "restored", None)


def forget(model: type[Removable], *conditions: ColumnElement[bool]) -> None:
    """Delete rows that were removed too long ago to be restored, with everything that depends on them."""
    past = delete(model).where(model.removed_at <= clock.now() - REMOVED_FOR, *conditions)
    db.session.execute(past.execution_options(synchronize_session=False))


def forget_whole(model: type[RemovedWhole], until: datetime | None = None) -> dict[str, Sequence[int]]:
    """Delete rows that were removed too long ago to be restored, with their dependents, their history and their logged values.

    Returns the ids of all deleted rows by table. `until` is another instant by which they were removed.
    """
    until = until or clock.now() - REMOVED_FOR
    gone = {hidden: _removed_until(hidden, until) for hidden in hiding_models()}
    for hidden, ids in gone.items():
        log.erase_about(hidden.__tablename__, ids)
    past = delete(model).where(model.removed_at <= until)
    db.session.execute(past.execution_options(synchronize_session=False))
    for hidden, ids in gone.items():
        about = [delete(AuditEntry).where(AuditEntry.subject == hidden.__tablename__, AuditEntry.subject_id.in_(ids))]
        if issubclass(hidden, HiddenWith):
            about.append(delete(hidden).where(hidden.id.in_(ids)))  # type: ignore[attr-defined]
        for statement in about if ids else ():
            db.session.execute(statement.execution_options(synchronize_session=False))
    return {hidden.__tablename__: ids for hidden, ids in gone.items()}


def _removed_until(model: type[Base], until: datetime) -> Sequence[int]:
    ids = hidden_ids(model.__table__, until).execution_options(unscoped="what is forgotten is forgotten in all scopes")
    return db.session.scalars(ids).all()


def _set(row: Removable, verb: str, by: User | None) -> None:
    before, removing = row.removed_at, verb == "removed"
    row.removed_at, row.removed_by_id = (clock.now() if removing else None), (by.id if by else None)
    db.session.flush()
    if isinstance(row, audit.Record):
        audit.note(row, verb, {"removed_at": before}, {"removed_at": row.removed_at})
