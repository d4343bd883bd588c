"""What was built on the people and organizations that an import wrote: anything else that refers to them by now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.extensions import Base, db
from app.models.accounts.audit import AuditEntry
from app.models.imports.imports import Import, ImportRow, Verdict
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.people import Person

_WRITTEN_WITH = frozenset({
    "audit_entries", "contact_details", "custom_values", "memberships", "other_names", "participations",
})  # fmt: skip
"""Tables that an import writes; later changes of them are in the history of the person."""
FOLLOWING = frozenset({"organization_keys", "organization_pairs", "person_keys", "person_pairs"})
"""Tables whose rows follow from the people, and are no work of anybody's."""
_MOST = 1_000
_READS = {"unscoped": "it reads only ids of people whom the import wrote"}
_ROWS: Any = ImportRow.__table__
_ENTRIES: Any = AuditEntry.__table__
_PEOPLE: Any = Person.__table__


def people_built_on(work: Import) -> Sequence[int]:
    """Return the ids of people of an import to whom others have referred, or whom someone has edited, since."""
    written, created = _people(work), _people(work, Verdict.CREATED)
    edited = select(_ENTRIES.c.person_id).where(
        _ENTRIES.c.id > (work.last_entry_id or 0), _ENTRIES.c.person_id.in_(written)
    )
    found = set(_ids(edited))
    for column in referring(_PEOPLE, _WRITTEN_WITH | FOLLOWING):
        found.update(_ids(select(column).where(column.in_(created))))
    return sorted(found)


def people_gone(work: Import) -> int:
    """Return how many of the people of an import no longer exist, because they were merged or deleted."""
    gone = _people(work).where(_ROWS.c.record_id.is_not(None), _ROWS.c.record_id.not_in(select(_PEOPLE.c.id)))
    return db.session.scalar(select(func.count()).select_from(gone.subquery()), execution_options=_READS) or 0


def organizations_built_on(work: Import) -> Sequence[Organization]:
    """Return the organizations recorded with an import to which others have referred, or which someone has edited."""
    if not work.recorded:
        return ()
    own = Organization.id.in_(work.recorded)
    edited = select(_ENTRIES.c.subject_id).where(
        _ENTRIES.c.subject == Organization.__tablename__,
        _ENTRIES.c.subject_id.in_(work.recorded),
        _ENTRIES.c.id > (work.last_entry_id or 0),
    )
    found = set(_ids(edited))
    members = Membership.__table__
    for column in referring(Organization.__table__, FOLLOWING):
        others: ColumnElement[bool] = column.in_(work.recorded)
        if column.table is members:
            others &= members.c.person_id.not_in(_people(work))
        found.update(_ids(select(column).where(others)))
    return db.session.scalars(select(Organization).where(own, Organization.id.in_(found))).all()


def _people(work: Import, verdict: Verdict | None = None) -> Select[Any]:
    people = select(_ROWS.c.record_id).where(_ROWS.c.import_id == work.id, _ROWS.c.record_id.is_not(None))
    return people.where(_ROWS.c.verdict == verdict) if verdict else people


def referring(table: Any, left_out: frozenset[str]) -> list[Any]:
    """Return the columns of the schema that refer to a table, except those of some tables."""
    return [
        column
        for one in Base.metadata.sorted_tables
        if one.name not in left_out
        for column in one.columns
        for key in column.foreign_keys
        if key.column.table is table
    ]


def _ids(statement: Select[Any]) -> Sequence[int]:
    return db.session.scalars(statement.distinct().limit(_MOST), execution_options=_READS).all()
