"""Undoes a recorded change: restores every row, and updates what depends on it."""

from typing import Any

from sqlalchemy.exc import IntegrityError

from app import clock
from app.domain.actions import reminders
from app.domain.mobilizing import shift_notices
from app.domain.recording import Change, table_of, typed
from app.domain.travel import impact, places
from app.domain.undo_many import undo_many
from app.domain_errors import DomainError
from app.extensions import Base, db
from app.models.accounts.accounts import User
from app.models.accounts.audit import AuditEntry
from app.models.accounts.undo import UndoEntry
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.shifts import ShiftPlace
from app.models.people.organizations import Organization, OrganizationName
from app.models.people.other_names import OtherName
from app.models.people.people import Person
from app.models.removing import REMOVED
from app.models.travel.places import Crossing, Service
from app.queries.accounts import undo as undo_queries
from app.queries.people import merges as merge_queries
from app.text import N_

_OVERWRITTEN = {
    "revision",
    "updated_at",
    "compared_at",
    "next_reminder_at",
    "escalates_at",
    "escalated_at",
    "waited_until",
    "sequence",
}
"""Columns that track changes or follow from others: undoing counts as another change."""


def undo(entry: UndoEntry, *, by: User) -> int:
    """Restore every row to its previous state. Undoing it again has no effect, also at the same time.

    What belonged to a record that was merged since is restored to the one that stands for it.

    Raises DomainError if one of the rows has been changed since, or if another row has taken its place. Many records are
    restored one by one: the number of those that have been changed since, and are left as they are, is returned.
    """
    db.session.refresh(entry, with_for_update=True)
    if entry.undone_at is not None:
        return 0
    entry.undone_at, entry.undone_by_id = clock.now(), by.id
    if entry.of_many:
        return undo_many(entry.changes, since=entry.at)
    try:
        with db.session.begin_nested():
            written = _Rows().write_back(entry.changes)
    except IntegrityError as error:
        raise DomainError(None, N_("It has been replaced in the meantime, so this cannot be undone.")) from error
    _follow(entry, written)
    return 0


def forget() -> None:
    """Delete entries that are too old to be undone."""
    for entry in undo_queries.past():
        db.session.delete(entry)
    db.session.flush()


def _follow(entry: UndoEntry, written: list[Any]) -> None:
    """Update the reminders, notices, hits, network and search words that depend on the restored rows."""
    shift_notices.tell_of_undoing([row for row in written if isinstance(row, ShiftPlace)])
    for row in written:
        if isinstance(row, FollowUp):
            reminders.plan(row)
        if isinstance(row, OtherName):
            _let_be_found(row.person)
        if isinstance(row, OrganizationName):
            _let_be_found(row.organization)
    if any(isinstance(row, Crossing | Service) for row in written):
        places.network_changed()
    if entry.congress_id is not None:
        impact.settle(entry.congress_id)


def _let_be_found(named: Person | Organization) -> None:
    """Let a record be found by its other names, as they are now."""
    db.session.refresh(named, ["other_names"])
    named.touch()
    db.session.flush()


class _Rows:
    """Restores rows; if a row's id has been reused, the row gets a new one."""

    def __init__(self) -> None:
        self._renumbered: dict[tuple[str, int], int] = {}

    def write_back(self, changes: list[Change]) -> list[Any]:
        """Undo the changes in reverse order; return the restored rows."""
        undo_one = {"delete": self._restore, "update": self._reset, "add": self._take_away}
        written = [undo_one[change["do"]](change) for change in reversed(changes)]
        return [row for row in written if row is not None]

    def _restore(self, change: Change) -> Any:
        model, values = _model(change), self._values(change, "before")
        if _find(model, change["id"]) is not None:
            del values["id"]
        row = model(**values)
        db.session.add(row)
        db.session.flush()
        self._renumbered[change["table"], change["id"]] = row.id
        return row

    def _reset(self, change: Change) -> Any:
        row, before = self._now(change), self._values(change, "before")
        self._require_unchanged(row, change)
        for name in before.keys() - _OVERWRITTEN:
            setattr(row, name, before[name])
        db.session.flush()
        return row

    def _take_away(self, change: Change) -> None:
        row = self._now(change)
        if isinstance(row, AuditEntry):
            _note_undone(row)
            return
        self._require_unchanged(row, change)
        named: Person | Organization | None = row.organization if isinstance(row, OrganizationName) else None
        if isinstance(row, OtherName):
            named = row.person
        db.session.delete(row)
        db.session.flush()
        if named is not None:
            _let_be_found(named)

    def _require_unchanged(self, row: Any, change: Change) -> None:
        after = self._values(change, "after")
        if any(getattr(row, name) != after[name] for name in after.keys() - _OVERWRITTEN):
            raise DomainError(None, N_("It has been changed in the meantime, so this cannot be undone."))

    def _now(self, change: Change) -> Any:
        row = _find(_model(change), self._number(change["table"], change["id"]))
        if row is None:
            raise DomainError(None, N_("The record has been deleted in the meantime, so this cannot be undone."))
        return row

    def _number(self, table: str, number: int) -> int:
        return self._renumbered.get((table, number), number)

    def _current(self, table: str, number: int) -> int:
        """Return the id to which a restored reference leads: that of the record that the row was merged into, if any."""
        if (table, number) in self._renumbered:
            return self._renumbered[table, number]
        return merge_queries.current_id(table, number) or number

    def _values(self, change: Change, which: str) -> dict[str, Any]:
        """Return columns in their database types, with the current ids of rows."""
        columns = table_of(change["table"]).c
        values = {name: typed(columns[name], value) for name, value in change[which].items()}
        for name, value in values.items():
            for key in columns[name].foreign_keys:
                if value is not None:
                    values[name] = self._current(key.column.table.name, value)
        return values


def _find(model: type[Any], number: int) -> Any:
    return db.session.get(model, number, populate_existing=True, execution_options=REMOVED)


def _model(change: Change) -> type[Any]:
    mappers = (mapper for mapper in Base.registry.mappers if mapper.local_table is table_of(change["table"]))
    return next(mappers).class_


def _note_undone(done: AuditEntry) -> None:
    """Record in the audit trail that a change was undone."""
    db.session.add(
        AuditEntry(
            congress_id=done.congress_id,
            campaign_id=done.campaign_id,
            person_id=done.person_id,
            actor_id=db.session.info.get("actor_id"),
            verb="undone",
            subject=done.subject,
            subject_id=done.subject_id,
            at=clock.now(),
            before=done.after,
            after=done.before,
        )
    )
    db.session.flush()
