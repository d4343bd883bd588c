"""Soft deletion: hides removed rows from a session, with one condition that is added to every statement.

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
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, declared_attr, mapped_column, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from app.extensions import Base
from app.models.types import Instant, PrimaryKey

REMOVED = {"removed": True}
"""Execution options of a statement that also returns removed rows."""


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
    """A row that is also hidden and deleted with rows to which it has no CASCADE."""

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


@lru_cache(maxsize=256)
def _hidden(table: Table, until: datetime | None) -> CTE:
    """Return the ids of hidden rows as a CTE: all of them stand side by side at the top of a statement.

    Nested in each other they would be deeper than the parser of SQLite can follow. One statement may use the ids of a
    table several times, and must then find the same CTE.
    """
    conditions = [hidden(until) for hidden in _hiding()[table]]
    return select(plain(table).c.id).where(or_(*conditions)).correlate(None).cte(f"hidden_{table.name}")


@cache
def plain(table: Any) -> TableClause:
    """Return a table under its name alone: the ORM does not put an alias that a query uses in its place."""
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
def _criteria() -> list[LoaderCriteriaOption]:
    """Return the condition for every table with hidden rows: a callable, because only that follows table aliases."""
    return [
        with_loader_criteria(model, lambda entity: entity.id.not_in(hidden_ids(entity.__table__)), include_aliases=True)
        for model in hiding_models()
    ]


@event.listens_for(Session, "do_orm_execute")
def hide(state: ORMExecuteState) -> None:
    """Exclude hidden rows from every ORM SELECT, wherever their table is in it."""
    wanted = state.is_column_load or state.execution_options.get("removed")
    if state.is_orm_statement and state.is_select and not wanted:
        state.statement = state.statement.options(*_criteria())
