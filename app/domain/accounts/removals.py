"""Removing and restoring rows: the same for every kind of row that is Removable."""

from sqlalchemy import ColumnElement, delete

from app import clock
from app.domain.accounts import audit
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.scoping import InCongress
from app.models.types import Removable
from app.queries.lookup import REMOVED_FOR


def remove(row: Removable, *, by: User | None) -> None:
    """Remove a row until someone restores it; removing it twice has no further effect."""
    if row.removed_at is None:
        _set(row, "remove", by)


def bring_back(row: Removable) -> None:
    """Restore a removed row."""
    if row.removed_at is not None:
        _set(row, "bring back", None)


def forget(model: type[Removable], *conditions: ColumnElement[bool]) -> None:
    """Delete rows for good that were removed too long ago to be restored, with everything that depends on them."""
    past = delete(model).where(model.removed_at <= clock.now() - REMOVED_FOR, *conditions)
    db.session.execute(past.execution_options(synchronize_session=False))


def _set(row: Removable, verb: str, by: User | None) -> None:
    before, removing = row.removed_at, verb == "remove"
    row.removed_at, row.removed_by_id = (clock.now() if removing else None), (by.id if by else None)
    db.session.flush()
    if isinstance(row, InCongress):
        audit.note(row, verb, {"removed_at": before}, {"removed_at": row.removed_at})
