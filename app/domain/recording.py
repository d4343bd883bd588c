"""Records what a change deletes or overwrites, so that it can be undone.

While a recorder is active, the session passes it every row that it deletes, updates or inserts, in order, and every row
that the database deletes with another one. Undoing processes them in reverse; see `app/domain/undo.py`. Bulk updates
bypass the session and are recorded by `noting_updates`. Changes of many records at once (`app/domain/bulk.py`) also say
which record each of them is about, so that the records can be undone one by one.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Table, TypeDecorator, event, inspect, select
from sqlalchemy.orm import Mapper, object_session

from app import clock
from app.extensions import Base, db
from app.models.accounts.accounts import User
from app.models.accounts.undo import UndoEntry, UndoneDelegation, UndonePerson
from app.models.people.people import OfPerson
from app.queries.dependents import Known, Place, dependents, wholes_of

Change = dict[str, Any]
"""`do` is delete, update or add; `table` and `id` identify the row; `before` and `after` are its columns.

Of many records, `of` is the table and the id of the record that it is about.
"""

DERIVED = {"deliveries", "hit_records", "shift_notices", "submissions", "undo_entries"}
"""Tables with derived rows, which are not restored unless the row itself was deleted."""
RECORDED = {("deliveries", "person_id")}
"""Columns of derived rows that are restored nevertheless: merging people is what changes them."""
REBUILT = {"organization_keys", "person_keys"}
"""Tables that are written again whenever the rows that they follow from are written."""
_RECORDER, _NOTED = "recorder", "noted"
_REASON = "rows that go with one whose deletion was judged"


@contextmanager
def recording(endpoint: str, name: str, *, by: User | None) -> Iterator[UndoEntry]:
    """Record all changes in the context in an entry, which can be undone; no entry is stored without changes.

    The entry belongs to the person, the congress or the campaign of the first changed row that belongs to one. It is
    hidden with the delegations and people on which the changed rows depend.
    """
    entry = UndoEntry(endpoint=endpoint, name=name[:200], by_id=by.id if by else None, at=clock.now(), changes=[])
    recorder = db.session.info[_RECORDER] = _Recorder()
    try:
        yield entry
        db.session.flush()
    finally:
        del db.session.info[_RECORDER]
    if recorder.changes:
        entry.changes = recorder.changes
        for column, number in recorder.owner().items():
            setattr(entry, column, number)
        db.session.add(entry)
        db.session.flush()
        _tie(entry, recorder.wholes)


@contextmanager
def recording_many(
    endpoint: str, name: str, *, by: User | None, congress_id: int | None = None, campaign_id: int | None = None
) -> Iterator[UndoEntry]:
    """Record the changes of many records by `note_many` in an entry, which can be undone.

    The entry belongs to the congress or the campaign, or else to the account: see `UndoEntry`.
    """
    entry = UndoEntry(
        endpoint=endpoint, name=name[:200], by_id=by.id if by else None, at=clock.now(), of_many=True,
        congress_id=congress_id, campaign_id=campaign_id,
    )  # fmt: skip
    noted = db.session.info[_NOTED] = []
    try:
        yield entry
        db.session.flush()
    finally:
        del db.session.info[_NOTED]
    if noted:
        entry.changes = noted
        db.session.add(entry)
        db.session.flush()


def note_many(do: str, table: Table, rows: Iterable[tuple[Place, int, Change, Change]]) -> None:
    """Record changes of many rows: the record that each is about, its id, and its columns before and after."""
    noted: list[Change] | None = db.session.info.get(_NOTED)
    if noted is None:
        return
    for of, number, before, after in rows:
        change = {"do": do, "table": table.name, "id": number, "before": _plain(before), "after": _plain(after)}
        noted.append(change | {"of": list(of)})


@contextmanager
def noting_updates(table: Table, *conditions: ColumnElement[bool]) -> Iterator[None]:
    """Record the previous values of rows that a bulk update in the context changes, which the session does not see."""
    recorder = _recorder(db.session())
    if recorder is None:
        yield
        return
    connection, rows = db.session.connection(), select(table).order_by(table.c.id).execution_options(unscoped=_REASON)
    before = {row["id"]: row for row in connection.execute(rows.where(*conditions)).mappings()}
    yield
    for row in connection.execute(rows.where(table.c.id.in_(before))).mappings().all():
        recorder.update(connection, table, before[row["id"]], dict(row))


def _tie(entry: UndoEntry, wholes: set[Place]) -> None:
    """Record which delegations and people an entry concerns, except those that are deleted by now."""
    for model, column in ((UndoneDelegation, "delegation_id"), (UndonePerson, "person_id")):
        [key] = table_of(model.__tablename__).c[column].foreign_keys
        ids = key.column.table.c.id
        named = [number for name, number in wholes if name == key.column.table.name]
        left = select(ids).where(ids.in_(named)).order_by(ids).execution_options(unscoped=_REASON)
        links = [model(entry_id=entry.id, **{column: one}) for one in db.session.scalars(left)] if named else []
        db.session.add_all(links)
    db.session.flush()


def table_of(name: str) -> Table:
    """Return a table by name."""
    return Base.metadata.tables[name]


def typed(column: Column[Any], value: Any) -> Any:
    """Return a recorded value in the type of its column."""
    if value is None:
        return None
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    python = kind.python_type
    if issubclass(python, datetime | date | time):
        return python.fromisoformat(value)
    if issubclass(python, Decimal | Enum):
        return python(value)
    return base64.b64decode(value) if issubclass(python, bytes) else value


class _Recorder:
    def __init__(self) -> None:
        self.changes: list[Change] = []
        self._owners: list[dict[str, int]] = []
        """What the changed rows belong to, in order."""
        self.wholes: set[Place] = set()
        self._known: Known = {}
        self._deleted: set[tuple[str, int]] = set()

    def owner(self) -> dict[str, int]:
        """Return what the entry belongs to: the id of a person, a congress or a campaign by its column, or nothing."""
        there = (one for one in self._owners if ("people", one.get("person_id")) not in self._deleted)
        return next(there, {})

    def delete(self, connection: Connection, table: Table, row: RowMapping) -> None:
        """Record a row that is about to be deleted, after the rows that are deleted or disconnected with it."""
        if table.name in REBUILT or (table.name, row["id"]) in self._deleted:
            return
        self._deleted.add((table.name, row["id"]))
        self._note_owner(connection, table, row)
        for other, column, action, dependent in dependents(connection, table, row["id"]):
            if action == "CASCADE":
                self.delete(connection, other, dependent)
            elif (other.name, dependent["id"]) not in self._deleted:
                self._keep("update", other, dependent["id"], {column: row["id"]}, {column: None})
        self._keep("delete", table, row["id"], dict(row), {})

    def update(self, connection: Connection, table: Table, row: RowMapping, after: Change) -> None:
        """Record the values of a row before some of its columns are changed."""
        changed = (name for name in after if plain_value(row[name]) != plain_value(after[name]))
        before = {name: row[name] for name in changed if table.name not in DERIVED or (table.name, name) in RECORDED}
        if before:
            self._note_owner(connection, table, row)
            self._keep("update", table, row["id"], before, {name: after[name] for name in before})

    def add(self, connection: Connection, table: Table, row: Change) -> None:
        """Record that a row was added."""
        if table.name not in DERIVED:
            self._note_owner(connection, table, row)
            self._keep("add", table, row["id"], {}, row)

    def _note_owner(self, connection: Connection, table: Table, row: Mapping[Any, Any]) -> None:
        self.wholes |= wholes_of(connection, table, row, self._known)
        if owner := _owner(table, row):
            self._owners.append(owner)

    def _keep(self, do: str, table: Table, number: int, before: Change, after: Change) -> None:
        self.changes.append(
            {"do": do, "table": table.name, "id": number, "before": _plain(before), "after": _plain(after)}
        )


def _owner(table: Table, row: Mapping[Any, Any]) -> dict[str, int]:
    """Return what a row belongs to: the person with whom it is visible, its congress or campaign, or nothing."""
    named = ("person_id",) if table in _tables_of_people() and row.get("person_id") else ("congress_id", "campaign_id")
    return {name: row[name] for name in named if row.get(name)}


@cache
def _tables_of_people() -> frozenset[Any]:
    return frozenset(mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, OfPerson))


def _plain(values: Change) -> Change:
    return {name: plain_value(value) for name, value in values.items()}


def plain_value(value: Any) -> Any:
    """Return a value of a column as it is recorded."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # as many decimals as the column has are added when it is read again
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.value if isinstance(value, Enum) else value


def _recorder(session: Any) -> _Recorder | None:
    found: _Recorder | None = session.info.get(_RECORDER) if session is not None else None
    return found


@event.listens_for(Mapper, "before_delete")
def _before_delete(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    recorder, table = _recorder(object_session(row)), cast("Table", mapper.local_table)
    if recorder is not None:
        recorder.delete(connection, table, _stored(connection, table, row.id))


@event.listens_for(Mapper, "before_update")
def _before_update(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    recorder, table = _recorder(object_session(row)), cast("Table", mapper.local_table)
    if recorder is None:
        return
    state = inspect(row)
    written = {
        attr.key: state.dict.get(attr.key) for attr in mapper.column_attrs if state.attrs[attr.key].history.added
    }
    recorder.update(connection, table, _stored(connection, table, row.id), written)


@event.listens_for(Mapper, "after_insert")
def _after_insert(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    recorder = _recorder(object_session(row))
    if recorder is not None:
        held = inspect(row).dict
        values = {attr.key: held[attr.key] for attr in mapper.column_attrs if attr.key in held}
        recorder.add(connection, cast("Table", mapper.local_table), values)


def _stored(connection: Connection, table: Table, number: int) -> RowMapping:
    rows = select(table).where(table.c.id == number).execution_options(unscoped=_REASON)
    return connection.execute(rows).mappings().one()
