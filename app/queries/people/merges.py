"""Merges, and what an old id refers to."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from app import clock
from app.extensions import db
from app.models.people.merges import Merge, MergedId
from app.queries.lookup import REMOVED_FOR, one


def current_id(table_name: str, old_id: int) -> int | None:
    """Return the id of the row that a merged row became part of; None if no row with this id was merged."""
    found = select(MergedId.new_id).where(MergedId.table_name == table_name, MergedId.old_id == old_id)
    return db.session.scalars(found.order_by(MergedId.id.desc())).first()


def delegate_behind(delegate_id: int, link_number: int) -> tuple[int, int] | None:
    """Return the id of the delegate to whom the link of a merged delegate now leads, and the number of that one's link."""
    found = select(MergedId).where(
        MergedId.table_name == "delegates", MergedId.old_id == delegate_id, MergedId.old_link == link_number
    )
    merged = db.session.scalars(found.order_by(MergedId.id.desc())).first()
    return (merged.new_id, merged.new_link) if merged and merged.new_link is not None else None


def get(merge_id: int) -> Merge:
    """Return a merge."""
    return one(Merge, Merge.id == merge_id)


def of_person(person_id: int) -> Sequence[Merge]:
    """Return the merges into a person that can be undone, latest first."""
    return _undoable(Merge.person_id == person_id)


def of_organization(organization_id: int) -> Sequence[Merge]:
    """Return the merges into an organization that can be undone, latest first."""
    return _undoable(Merge.organization_id == organization_id)


def later(merge: Merge) -> Merge | None:
    """Return the later merge that merged away what this one kept."""
    kind = Merge.person_id.is_not(None) if merge.person_id is not None else Merge.organization_id.is_not(None)
    found = select(Merge).where(kind, Merge.id > merge.id, Merge.merged_id == merge.kept_id, Merge.undone_at.is_(None))
    return db.session.scalars(found).first()


def _undoable(condition: ColumnElement[bool]) -> Sequence[Merge]:
    since = clock.now() - REMOVED_FOR
    listed = select(Merge).where(condition, Merge.undone_at.is_(None), Merge.at > since)
    return db.session.scalars(listed.order_by(Merge.id.desc())).all()
