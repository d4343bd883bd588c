"""Notes whatever a session writes, and appends it to the audit log when the session commits.

Rows of the unit of work are noted one by one, with their values; every other statement that changes rows is noted with
its table and the ids or the number of rows. So no function has to think of the log. What the database itself does with a
row (ON DELETE, triggers) follows from the line of that row. Statements on an engine's own connections are not noted.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from sqlalchemy import Connection, Engine, ExecutionContext, Table, event, inspect, select
from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_session
from sqlalchemy.sql.elements import ClauseElement

from app import clock
from app.models.executing import session_of
from app.models.oversight.chain import Actor, Noted, Values, append
from app.models.oversight.covered import covers, is_covered, kept_of, person_column
from app.models.oversight.lines import ActorKind, LogVerb
from app.models.oversight.statements import Written, written_by

_NOTED, _MARKS, _ACTOR, _WRITING = "noted_lines", "noted_marks", "log_actor", "log_writing"
_process = Actor(ActorKind.COMMAND)
_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)
_OWN = {"unscoped": "the values of a row that is about to be written, for the log"}


def act(actor: Actor) -> None:
    """Set what acts in every session of this process that names nothing else."""
    global _process  # noqa: PLW0603 - one process runs one command
    _process = actor


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Set what acts in the context, in every session that names nothing else."""
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)


def act_in(session: Any, actor: Actor) -> None:
    """Set what acts in a session."""
    session.info[_ACTOR] = actor


def actor_of(session: Any) -> Actor:
    """Return what acts in a session."""
    actor: Actor = session.info.get(_ACTOR) or _acting.get() or _process
    return actor


def note(session: Any, verb: LogVerb, table: str, **facts: Any) -> None:
    """Note what a session does beside writing rows, such as an export; it becomes a line when the session commits."""
    _noted(session).append(Noted(actor_of(session), clock.now(), verb, table, **facts))


def _noted(session: Any) -> list[Noted]:
    noted: list[Noted] = session.info.setdefault(_NOTED, [])
    return noted


@event.listens_for(Session, "before_commit")
def _append(session: Session) -> None:
    """Append what was noted; a savepoint that ends keeps it for the transaction around it."""
    if session.in_nested_transaction():
        return
    session.flush()
    noted = session.info.pop(_NOTED, [])
    session.info.pop(_MARKS, None)
    if noted:
        append(session.connection(), noted)


@event.listens_for(Session, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault(_MARKS, {})[id(transaction)] = len(session.info.get(_NOTED, ()))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    """Forget what was noted in a transaction, or since its savepoint, because it did not happen."""
    while not transaction.nested and transaction.parent is not None:
        transaction = transaction.parent
    kept = session.info.get(_MARKS, {}).get(id(transaction), 0) if transaction.nested else 0
    del session.info.get(_NOTED, [])[kept:]


@event.listens_for(Mapper, "before_insert")
@event.listens_for(Mapper, "before_update")
@event.listens_for(Mapper, "before_delete")
def _begin(mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    """Remember whose rows the session itself is writing, whose statements are not noted a second time."""
    session = object_session(row)
    if session is not None:
        session.info.setdefault(_WRITING, set()).add(cast("Table", mapper.local_table).name)


@event.listens_for(Session, "after_flush")
def _end(session: Session, _context: Any) -> None:
    session.info.pop(_WRITING, None)


@event.listens_for(Mapper, "after_insert")
def _inserted(mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    after = _held(mapper, row)
    _note_row(mapper, row, LogVerb.INSERT, [name for name, value in after.items() if value is not None], {}, after)


@event.listens_for(Mapper, "before_update")
def _updated(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    table, attributes = cast("Table", mapper.local_table), inspect(row).attrs
    if not covers(table.name):
        return
    before: Values = {}
    after: Values = {}
    for attribute in mapper.column_attrs:
        name = attribute.columns[0].name
        history = attributes[attribute.key].history
        if history.has_changes() and is_covered(table.name, name):
            after[name] = history.added[0] if history.added else None
            if history.deleted:
                before[name] = history.deleted[0]
    unknown = [name for name in after if name not in before]
    if unknown:
        before |= _stored(mapper, connection, row, unknown)
    changed = [name for name in after if isinstance(after[name], ClauseElement) or before.get(name) != after[name]]
    if changed:
        _note_row(mapper, row, LogVerb.UPDATE, changed, before, after)


@event.listens_for(Mapper, "before_delete")
def _deleted(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    table, before = cast("Table", mapper.local_table), _held(mapper, row)
    if not covers(table.name):
        return
    unknown = kept_of(table) - before.keys()
    if unknown:
        before |= _stored(mapper, connection, row, sorted(unknown))
    _note_row(mapper, row, LogVerb.DELETE, [name for name, value in before.items() if value is not None], before, {})


def _held(mapper: Mapper[Any], row: Any) -> Values:
    """Return the columns of a row that are in memory and covered."""
    held, table = inspect(row).dict, cast("Table", mapper.local_table)
    columns = ((attribute.key, attribute.columns[0].name) for attribute in mapper.column_attrs)
    return {name: held[key] for key, name in columns if key in held and is_covered(table.name, name)}


def _stored(mapper: Mapper[Any], connection: Connection, row: Any, names: Iterable[str]) -> Values:
    """Return columns of a row as they are in the database: those that were overwritten in memory without being read."""
    table = cast("Table", mapper.local_table)
    keys = zip(table.primary_key.columns, inspect(row).identity or (), strict=False)
    columns = [table.columns[name] for name in names]
    found = connection.execute(
        select(*columns).where(*(column == value for column, value in keys)), execution_options=_OWN
    ).one_or_none()
    return dict(zip(names, found, strict=True)) if found else {}


def _note_row(
    mapper: Mapper[Any], row: Any, verb: LogVerb, fields: list[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    table, session = cast("Table", mapper.local_table), object_session(row)
    if session is None or not covers(table.name):
        return
    kept, column = kept_of(table).intersection(fields), person_column(table)
    number = inspect(row).dict.get("id")
    note(
        session, verb, table.name,
        record_id=number,
        fields=sorted(name for name in fields if name != "id"),
        before=_plain(before, kept),
        after=_plain(after, kept),
        person_id=getattr(row, column) if column else None,
    )  # fmt: skip


def _plain(values: Mapping[str, Any], kept: Iterable[str]) -> Values:
    return {name: _plain_value(values[name]) for name in sorted(kept) if values.get(name) is not None and name != "id"}


def _plain_value(value: Any) -> Any:
    if isinstance(value, ClauseElement):
        return None  # computed by the database
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.value if isinstance(value, Enum) else value


@event.listens_for(Engine, "after_cursor_execute")
def _watch(_connection: Connection, *sent: Any) -> None:
    """Note every statement of a session that changes rows, unless it writes rows that were noted one by one."""
    context: ExecutionContext = sent[3]
    session = session_of(context)
    written = written_by(context, sent[0], sent[1]) if session is not None else None
    if session is None or written is None or not covers(written.table):
        return
    if session.info.get("flushing") and written.table in session.info.get(_WRITING, ()):
        return
    fields = [name for name in written.fields if is_covered(written.table, name)]
    if written.verb is LogVerb.UPDATE and not fields:
        return
    _note_statement(session, written, fields)


def _note_statement(session: Session, written: Written, fields: list[str]) -> None:
    """Note a statement, together with the one before if both do the same."""
    noted = _noted(session)
    last = noted[-1] if noted else None
    if last and (last.verb, last.table, list(last.fields)) == (written.verb, written.table, fields) and _is_bare(last):
        last.row_count = _sum(last.row_count, written.row_count)
        last.record_ids = None if last.record_ids is None or written.ids is None else [*last.record_ids, *written.ids]
        return
    note(session, written.verb, written.table, row_count=written.row_count, record_ids=written.ids, fields=fields)


def _is_bare(noted: Noted) -> bool:
    return noted.record_id is None and not noted.before and not noted.after


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
