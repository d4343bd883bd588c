"""Soft deletion: marks rows as removed, and hides some of them with their dependents from every statement of a session.

A `RemovedWhole` row also hides its dependents: the rows that the database would delete together with it, because they
refer to it with ON DELETE CASCADE, directly or indirectly. No ORM SELECT returns hidden rows, in any scope, unless it
is executed with `execution_options(**REMOVED)`. Rows that are refreshed by their primary key, because the session has
already loaded them, are not filtered.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any, cast

from sqlalchemy import CTE, ColumnElement, ForeignKey, Select, Table, TableClause, column, event, or_, select
from sqlalchemy import table as table_clause
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, declared_attr, mapped_column

from app.extensions import Base
from app.models.criteria import Criteria
from app.models.types import Instant, PrimaryKey

REMOVED = {"removed": True}
"""Execution options of a statement that also returns removed rows."""
_HIDES = "hides"
"""The key in `Session.info` of whether any row was hidden when it was last asked."""
_ASKED = {"unscoped": "whether anything at all is removed tells nothing about it"}


class Removable:
    """A row that people can remove: it is hidden from lists, and can be restored for some time.

    `app.queries.lookup.kept` filters out removed rows; app/domain/accounts/removals.py removes, restores and deletes
    them.
    """

    id: Mapped[PrimaryKey]
    removed_at: Mapped[Instant | None]

    @declared_attr
    def removed_by_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the account that removed it."""
        return mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class RemovedWhole(Removable):
    """A row that is removed together with its dependents: no statement returns any of them, even without `kept`."""


class HiddenWith:
    """A row that is hidden and deleted together with rows that it does not refer to with ON DELETE CASCADE."""

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Return the condition, on `plain` tables, under which the row is hidden; `until` is passed to `hidden_ids`."""
        raise NotImplementedError


def is_hidden(model: Any) -> ColumnElement[bool]:
    """Return the condition that selects the removed rows of a model, whether removed directly or as dependents."""
    return cast("ColumnElement[bool]", model.id.in_(hidden_ids(model.__table__)))


def hidden_ids(table: Any, until: datetime | None = None) -> Select[Any]:
    """Return a statement on tables that selects the ids of hidden rows; with `until`, only those removed by then.

    It uses scoped tables without their models, so the caller must give the reason: see app/models/scoping.py.
    """
    return select(_hidden(table, until).c.id)


@lru_cache(maxsize=2_000)
def _hidden(table: Table, until: datetime | None) -> CTE:
    """Return the ids of hidden rows as a CTE: all such CTEs are placed at the top level of a statement.

    If nested, they would exceed the depth limit of SQLite's parser. One statement may use the ids of a
    table several times, and must then find the same CTE: the cache holds many times the number of tables.
    """
    conditions = [hidden(until) for hidden in _hiding()[table]]
    return select(plain(table).c.id).where(or_(*conditions)).correlate(None).cte(f"hidden_{table.name}")


@cache
def plain(table: Any) -> TableClause:
    """Return a table by name only, so that the ORM does not replace it with an alias used in the query."""
    return table_clause(table.name, *(column(one.name, one.type) for one in table.columns))


@cache
def hiding_models() -> list[type[Base]]:
    """Return the models whose rows can be hidden."""
    return [mapper.class_ for mapper in Base.registry.mappers if mapper.local_table in _hiding()]


@cache
def _hiding() -> dict[Any, list[Callable[[datetime | None], ColumnElement[bool]]]]:
    """Return the conditions under which the rows of a table are hidden, for each table that has any."""
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    found: dict[Any, list[Callable[[datetime | None], ColumnElement[bool]]]] = {}
    for table in Base.metadata.sorted_tables:
        model = models[table]
        conditions: list[Callable[[datetime | None], ColumnElement[bool]]] = []
        if issubclass(model, RemovedWhole):
            conditions.append(partial(_was_removed, table))
        if issubclass(model, HiddenWith):
            conditions.append(model.hidden_with)
        conditions += [
            partial(_depends_on, key)
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.ondelete == "CASCADE" and key.column.table in found
        ]
        if conditions:
            found[table] = conditions
    return found


def _was_removed(table: Table, until: datetime | None) -> ColumnElement[bool]:
    removed_at = plain(table).c.removed_at
    return removed_at.is_not(None) if until is None else removed_at <= until


def _depends_on(key: ForeignKey, until: datetime | None) -> ColumnElement[bool]:
    return plain(key.parent.table).c[key.parent.name].in_(hidden_ids(key.column.table, until))


@cache
def _criteria() -> Criteria:
    """Return the condition for every table with hidden rows."""
    return Criteria(hiding_models(), lambda entity: entity.id.not_in(hidden_ids(entity.__table__)))


@event.listens_for(Session, "do_orm_execute")
def hide(state: ORMExecuteState) -> None:
    """Exclude hidden rows from every ORM SELECT, wherever the table appears in it.

    The conditions make a statement several times as long, so they are left out while no row hides any other.
    """
    if not state.is_select:
        _forget(state.session)
        return
    wanted = state.is_column_load or state.execution_options.get("removed")
    if state.is_orm_statement and not wanted and _anything_is_hidden(state.session):
        state.statement = state.statement.options(_criteria())
    if getattr(state.statement, "_for_update_arg", None) is not None:  # it may wait while another session removes a row
        _forget(state.session)


def _anything_is_hidden(session: Session) -> bool:
    """Whether any row that hides its dependents is removed: asked once in each transaction, and after each change."""
    if any(isinstance(row, RemovedWhole) for row in (*session.new, *session.dirty)):  # not in the database yet
        return True
    connection = session.connection()
    if _HIDES not in session.info:
        session.info[_HIDES] = bool(connection.scalar(_any_removed(), execution_options=_ASKED))
    return bool(session.info[_HIDES])


@cache
def _any_removed() -> Select[Any]:
    models = [mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, RemovedWhole)]
    tables = [cast("Table", mapper.local_table) for mapper in models]
    return select(or_(*(select(plain(one).c.id).where(_was_removed(one, None)).exists() for one in tables)))


@event.listens_for(Session, "after_begin")
@event.listens_for(Session, "after_flush")
@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, *_details: Any) -> None:
    """Ask again whether anything is hidden: this session has begun a transaction or changed rows."""
    session.info.pop(_HIDES, None)
