"""The rows that a session can access: a second line of defense behind the queries.

A row that belongs to a congress or a campaign can be read and written only in a scope that contains it. Without a
scope no such row can be read or written at all: if a scope is forgotten, access is denied.
A scope restricts the models in a statement. Text, and scoped tables without their models, cannot be restricted: a
session rejects them in every scope, EVERYTHING included, unless the statement gives its reason, as in
`execution_options(unscoped="the public has no scope")`. The reason allows these parts of that one statement only; its
models stay in scope. Statements on an engine's own connections, as in migrations, are not checked.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Compiled,
    Connection,
    Engine,
    ExecutionContext,
    ForeignKey,
    Table,
    bindparam,
    event,
    inspect,
)
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    RelationshipDirection,
    Session,
    UOWTransaction,
    declared_attr,
    mapped_column,
    object_session,
)

from app.extensions import Base, db
from app.models.criteria import Criteria
from app.models.executing import session_of
from app.models.statements import Named, named_in

_NARROWED = "narrowed"
"""Our own execution option: the scope to which a statement was restricted."""
_JUDGED, _PAST_THE_WALL = object(), object()
_names: WeakKeyDictionary[Compiled, Named] = WeakKeyDictionary()


class OutOfScope(Exception):
    """A row outside the session's scope was about to be read or written."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The congresses and campaigns that a session can access; `everything` is for internal work."""

    congress_ids: frozenset[int] = frozenset()
    campaign_ids: frozenset[int] = frozenset()
    everything: bool = False
    protected: "Scope | None" = field(default=None, compare=False)
    """Where it also shows how to reach people at risk; nowhere if it is None, as in internal work."""

    def holds(self, row: "Scoped") -> bool:
        """Whether `row` belongs to this scope."""
        return self.everything or row.belongs_to(self)


EVERYTHING = Scope(everything=True)


def congresses_in_scope() -> BindParameter[Any]:
    """Return a parameter with the congresses of the scope in which a statement is executed, not written."""
    return bindparam(None, callable_=lambda: sorted((current_scope() or Scope()).congress_ids), expanding=True)


def campaigns_in_scope() -> BindParameter[Any]:
    """Return a parameter with the campaigns of the scope in which a statement is executed, not written."""
    return bindparam(None, callable_=lambda: sorted((current_scope() or Scope()).campaign_ids), expanding=True)


class Scoped:
    """A row that belongs to a congress or a campaign."""

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Return the condition under which a row of this table is visible in the current scope."""
        raise NotImplementedError

    def belongs_to(self, scope: Scope) -> bool:
        """Whether this row may be written in `scope`."""
        raise NotImplementedError


class InCongress(Scoped):
    """A row of one congress."""

    @declared_attr
    def congress_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the congress that the row belongs to."""
        return mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"), index=True, active_history=True)

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible in the congresses of the scope."""
        return cls.congress_id.in_(congresses_in_scope())

    def belongs_to(self, scope: Scope) -> bool:
        """Writable in the congresses of the scope."""
        return _numbers(self, "congress_id") <= scope.congress_ids


class InCampaign(Scoped):
    """A row of one campaign."""

    @declared_attr
    def campaign_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the campaign that the row belongs to."""
        return mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), index=True, active_history=True)

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible in the campaigns of the scope."""
        return cls.campaign_id.in_(campaigns_in_scope())

    def belongs_to(self, scope: Scope) -> bool:
        """Writable in the campaigns of the scope."""
        return _numbers(self, "campaign_id") <= scope.campaign_ids


def in_either(entity: Any) -> ColumnElement[bool]:
    """Return the condition that rows with a congress or a campaign are in the scope; also for an alias of their class."""
    in_congress: ColumnElement[bool] = entity.congress_id.in_(congresses_in_scope())
    in_campaign: ColumnElement[bool] = entity.campaign_id.in_(campaigns_in_scope())
    return in_congress | in_campaign


class InEither(Scoped):
    """A row of one congress or of one campaign, or of neither: then it is visible only with access to everything."""

    @declared_attr
    def congress_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the congress that the row belongs to, if any."""
        return mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"), index=True, active_history=True)

    @declared_attr
    def campaign_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the campaign that the row belongs to, if any."""
        return mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), index=True, active_history=True)

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible in the congresses and campaigns of the scope."""
        return in_either(cls)

    def belongs_to(self, scope: Scope) -> bool:
        """Writable if every congress and campaign that it refers to, before and after, is in the scope."""
        congresses = _numbers(self, "congress_id") - {None}
        campaigns = _numbers(self, "campaign_id") - {None}
        return bool(congresses or campaigns) and congresses <= scope.congress_ids and campaigns <= scope.campaign_ids


def before_and_after(row: Any, attribute: str) -> set[Any]:
    """Return the current and previous values of an attribute, so that a row cannot enter or leave a scope unnoticed."""
    history = inspect(row).attrs[attribute].load_history()
    return {*history.deleted, *history.added, *history.unchanged}


def rows_before_and_after(row: Any, relation: str) -> set[Any]:
    """Return the current and previous rows of a many-to-one relationship, set by row or by id; None for a row out of scope."""
    target, session = inspect(type(row)).relationships[relation], object_session(row)
    [column] = target.local_columns
    numbers = before_and_after(row, str(column.key)) - {None}
    rows = before_and_after(row, relation) - {None}
    return rows | {session.get(target.mapper.class_, number) if session else None for number in numbers}


def _numbers(row: Any, column: str) -> set[int | None]:
    """Return the ids of the congresses or campaigns that a row refers to, before and after, by id or by relationship."""
    numbers: set[int | None] = before_and_after(row, column)
    for relation in inspect(type(row)).relationships:
        if relation.direction is RelationshipDirection.MANYTOONE and column in {
            one.key for one in relation.local_columns
        }:
            numbers |= {other.id for other in before_and_after(row, relation.key) if other is not None}
    return numbers


def current_scope() -> Scope | None:
    """Return the scope of the session, or None if it has none."""
    scope: Scope | None = db.session.info.get("scope")
    return scope


def enter_scope(scope: Scope) -> None:
    """Set the scope of the session."""
    db.session.info["scope"] = scope


def in_every_scope() -> AbstractContextManager[None]:
    """Work in the scope EVERYTHING; only for what follows from a shared row, such as a place."""
    return in_scope(EVERYTHING)


@contextmanager
def in_scope(scope: Scope) -> Iterator[None]:
    """Work in another scope, whoever is signed in. What is done in it is written before it ends."""
    before = current_scope()
    db.session.flush()
    enter_scope(scope)
    try:
        yield
        db.session.flush()
    finally:
        del db.session.info["scope"]
        if before is not None:
            enter_scope(before)


@cache
def _criteria() -> Criteria:
    """Return the condition for every scoped table."""
    scoped = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Scoped)]
    return Criteria(scoped, lambda entity: entity.criteria())


@cache
def _scoped_tables() -> frozenset[str]:
    return frozenset(
        cast("Table", mapper.local_table).name for mapper in Base.registry.mappers if issubclass(mapper.class_, Scoped)
    )


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    """Add the scope's condition for every scoped table to every ORM statement, wherever the table is in it."""
    if not state.is_orm_statement:
        return
    scope: Scope | None = EVERYTHING if state.is_column_load else state.session.info.get("scope")
    narrowed_to: object = scope
    if not state.is_select:  # checked here, because the statement that the ORM makes of it names tables
        _judge(named_in(state.statement, _scoped_tables()), state.execution_options.get("unscoped"), scope, writes=True)
        narrowed_to = _JUDGED
        state.statement = state.statement.execution_options(**{_NARROWED: narrowed_to})  # all that bulk updates keep
    elif state.is_relationship_load and scope is not None:  # the ORM's own statement, which names columns of tables
        narrowed_to = _JUDGED
    if state.is_select and scope != EVERYTHING:
        state.statement = state.statement.options(_criteria())
    state.update_execution_options(**{_NARROWED: narrowed_to})


@event.listens_for(Engine, "before_cursor_execute")
def _refuse_unscoped(connection: Connection, *sent: Any) -> None:
    """Check what a session sends to the database, unless it writes its own rows, which `_refuse` has checked."""
    context: ExecutionContext = sent[3]
    session, options = session_of(context), context.execution_options
    narrowed = options.get(_NARROWED, _PAST_THE_WALL)
    if session is None or session.info.get("flushing") or narrowed is _JUDGED:
        return
    named = _names_of(context.compiled)
    if narrowed is _PAST_THE_WALL:
        named, narrowed = Named(bare=named.bare or named.by_model), None
    _judge(named, None if "unscoped" in connection.get_execution_options() else options.get("unscoped"), narrowed)


def _names_of(compiled: Compiled | None) -> Named:
    """Return how a statement uses scoped tables: cached with each statement that SQLAlchemy has compiled."""
    if compiled is None:  # a string passed to the driver
        return Named(bare=True)
    if compiled not in _names:
        _names[compiled] = named_in(compiled.statement, _scoped_tables())
    return _names[compiled]


def _judge(named: Named, reason: object, scope: Scope | None, *, writes: bool = False) -> None:
    """Raise OutOfScope if a statement uses scoped tables in a way that is not allowed."""
    if named.bare and not (isinstance(reason, str) and reason.strip()):
        raise OutOfScope("text and scoped tables without their models need execution_options(unscoped=reason)")
    if named.by_model and scope is None:
        raise OutOfScope("no scope was set for this session")
    if named.by_model and writes and scope != EVERYTHING:
        raise OutOfScope("changing rows in bulk needs the scope EVERYTHING")


@event.listens_for(Session, "before_flush")
def _refuse(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Refuse to write a row that does not belong to the scope."""
    scope: Scope | None = session.info.get("scope")
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Scoped) and (scope is None or not scope.holds(row)):
            raise OutOfScope(type(row).__name__)
