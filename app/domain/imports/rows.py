"""Kinds of imports whose rows are written one by one, with the functions of the domain.

The preview writes all rows as well, and takes everything back. So it shows what the rules of the domain really do with
each row, and no rule is repeated here. What an import of such a kind changes is recorded, so that it can be undone.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, update

from app.domain import undo
from app.domain.imports import changes_built_on
from app.domain.imports.cells import Cells, columns_of
from app.domain.imports.kinds import ChangedError, Judged, Kind, Obstacles
from app.domain.imports.organizations import Meant, Organizations
from app.domain.imports.reasons import Code, Reason, reason
from app.domain.recording import recording
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.undo import UndoEntry
from app.models.imports.imports import Import, ImportRow, Policy, Verdict
from app.models.people.organizations import Organization
from app.models.scoping import in_every_scope
from app.queries.imports import imports as import_queries

MOST_ROWS = 5_000
"""The rows of a file; a congress has fewer delegates and legs."""
AT_ONCE = 200
"""With fewer rows, an import needs no worker."""
_ROWS: Any = ImportRow.__table__
_OWN = {"unscoped": "the rows belong to the import, which is in scope"}
_WRITTEN = update(_ROWS).where(_ROWS.c.id == bindparam("row_id")).values(cells=None, record_id=bindparam("record_id"))

Read = TypeVar("Read")
Place = tuple[str, int]
"""The table and the id of a row."""


class RefusedError(Exception):
    """A row cannot be imported."""

    def __init__(self, *reasons: Reason) -> None:
        """Set the reasons."""
        super().__init__()
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for a row."""

    record: Any
    """The record on whose page it is shown."""
    part: Any = None
    """What the row is about, if it is not the record itself: a delegate, a leg, a membership."""
    is_new: bool = False
    notes: Sequence[Reason] = ()
    """What was changed, and what else was recorded with it."""


class RowWriter(ABC, Generic[Read]):
    """Writes the rows of one import."""

    def __init__(self, work: Import, organizations: Organizations) -> None:
        """Begin with nothing written."""
        self.work, self.organizations = work, organizations
        self.heads: dict[Place, int] = {}
        """The number of the first row about each record."""
        self._created: set[Place] = set()

    @abstractmethod
    def read(self, cells: Cells) -> Read:
        """Return what a row says; what is wrong with it is added to the reasons of the cells."""

    @abstractmethod
    def write(self, row: Read) -> Written:
        """Write a row. Raises RefusedError or DomainError if that is not possible."""

    def in_order(self, rows: list[tuple[Judged, Read]]) -> list[tuple[Judged, Read]]:
        """Return the rows in the order in which they are written."""
        return rows

    def policy_for(self, record: Any) -> Policy:
        """Return what happens to a record: one of an earlier row is always added to."""
        return Policy.FILL if self.is_created(record) else self.work.policy

    def note_created(self, record: Any) -> None:
        """Note that a record did not exist before the import."""
        self._created.add(place_of(record))

    def is_created(self, record: Any) -> bool:
        """Whether a record did not exist before the import."""
        return place_of(record) in self._created

    def meant(self, name: str, field: str, *countries: str | None) -> Organization:
        """Return the organization that a cell names. Raises RefusedError if it is not recorded, or not unique."""
        self.organizations.learn([name])
        found = self.organizations.meant(name, *countries)
        if not isinstance(found, Meant) or found.is_new:
            why = Code.SEVERAL_ORGANIZATIONS if isinstance(found, Meant) else found
            raise RefusedError(reason(why, field, name[:80]))
        return db.session.get_one(Organization, found.id)


class RowKind(Kind, Generic[Read]):
    """A kind whose rows are written one by one."""

    at_once = AT_ONCE
    most_rows = MOST_ROWS

    @abstractmethod
    def writer(self, work: Import, organizations: Organizations) -> RowWriter[Read]:
        """Return what writes the rows of an import."""

    def judge(self, work: Import, organizations: Organizations) -> Iterator[Sequence[Judged]]:
        """Write all rows and take them back; yield what became of each."""
        with _taken_back():
            organizations.record(work)
            writer = self.writer(work, organizations)
            judged = self._write_rows(work, writer, hides_new=True)
        yield judged

    def write(self, work: Import) -> None:
        """Write the rows, unless one of them would be different from what the preview showed."""
        judged = [one for batch in self.judge(work, Organizations(work)) for one in batch]
        if any(one.is_different for one in judged):
            raise ChangedError
        db.session.flush()
        with recording("imports", work.file_name, by=_asked_by(work)) as entry:
            organizations = Organizations(work)
            organizations.record(work)
            refused = {one.number for one in judged if one.verdict is Verdict.REFUSED}
            written = self._write_rows(work, self.writer(work, organizations), refused)
        if any(one.verdict is Verdict.REFUSED for one in written):
            raise ChangedError
        rows = [{"row_id": one.id, "record_id": one.record_id} for one in written]
        db.session.execute(_WRITTEN, rows, execution_options=_OWN)
        work.undo_entry_id = entry.id

    def obstacles(self, work: Import) -> Obstacles:
        """Return the records that have been changed since, or to which others refer."""
        if work.undo_entry_id is None:
            return Obstacles()
        entry = _entry(work)
        return Obstacles(*changes_built_on.found(entry.changes)) if entry else Obstacles(gone=1)

    def take_back(self, work: Import) -> None:
        """Undo all recorded changes."""
        entry, user = _entry(work), _asked_by(work)
        if entry is not None and user is not None:
            with in_every_scope():  # a new person is no longer in the scope once her participation is taken back
                undo.undo(entry, by=user)

    def _write_rows(
        self,
        work: Import,
        writer: RowWriter[Read],
        left_out: Collection[int] = frozenset(),
        *,
        hides_new: bool = False,
    ) -> list[Judged]:
        """Write the rows except those with some numbers; return what became of each, perhaps without the ids of new records."""
        columns = columns_of(work.mapping)
        judged, readable = [], []
        for stored in (one for batch in import_queries.batches(work) for one in batch if one.number not in left_out):
            one, cells = Judged(stored.id, stored.number, stored), Cells(stored.cells or (), stored.problems, columns)
            judged.append(one)
            row = writer.read(cells)
            if cells.reasons:
                one.refuse(*cells.reasons)
            else:
                readable.append((one, row))
        for one, row in writer.in_order(readable):
            _write_row(one, row, writer, hides_new=hides_new)
        return judged


def _write_row(one: Judged, row: Read, writer: RowWriter[Read], *, hides_new: bool) -> None:
    try:
        with db.session.begin_nested():
            written = writer.write(row)
            db.session.flush()
    except RefusedError as error:
        one.refuse(*error.reasons)
        return
    except DomainError as error:
        one.refuse(_rule(error))
        return
    about = written.record if written.part is None else written.part
    place = place_of(about)
    one.reasons = list(written.notes)
    if place in writer.heads:
        one.verdict, one.first = Verdict.JOINED, writer.heads[place]
    elif written.is_new:
        writer.note_created(about)
    else:
        one.verdict = Verdict.UPDATED if written.notes else Verdict.UNCHANGED
    writer.heads.setdefault(place, one.number)
    is_hidden = hides_new and writer.is_created(written.record)
    one.record_id = None if is_hidden else written.record.id


def place_of(record: Any) -> Place:
    """Return the table and the id of a row."""
    return record.__tablename__, record.id


@contextmanager
def _taken_back() -> Iterator[None]:
    """Take back everything that is written in the context."""
    savepoint = db.session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def _rule(error: DomainError) -> Reason:
    """Return the reason that a rule of the domain gives, with its values as they are shown."""
    values = [part for name, value in error.values.items() for part in (name, _kind(value), _plain(value))]
    return [Code.RULE, error.message, *values]


def _kind(value: object) -> str:
    known = ((datetime, "time"), (ZoneInfo, "zone"), (int, "number"))
    return next((name for kind, name in known if isinstance(value, kind)), "text")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _entry(work: Import) -> UndoEntry | None:
    return db.session.get(UndoEntry, work.undo_entry_id or 0)


def _asked_by(work: Import) -> User | None:
    return db.session.get(User, work.asked_by_id or 0)
