"""What a session does not see because it was removed: one condition on every statement, whatever a query asks for.

A row that is `RemovedWhole` takes with it what hangs on it. What hangs on a row is what the database would delete with
it: rows that refer to it with ON DELETE CASCADE, what refers to those, and so on. No SELECT by models returns any of them,
in no scope, unless it is executed with `execution_options(**REMOVED)`. Rows that are read again by their number, because
they are in the session already, are not judged.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, ForeignKey, Select, Table, event, or_, select
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, declared_attr, mapped_column, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from app.extensions import Base
from app.models.types import Instant, PrimaryKey

REMOVED = {"removed": True}
"""Execution options of a statement that also returns what was removed."""


class Removable:
    """A row that people remove: it is kept for a while, so that it can be brought back, and stands in no list meanwhile.

    `app.queries.lookup.kept` leaves removed rows out; app/domain/accounts/removals.py removes, brings back and forgets.
    """

    id: Mapped[PrimaryKey]
    removed_at: Mapped[Instant | None]

    @declared_attr
    def removed_by_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the account that removed it."""
        return mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class RemovedWhole(Removable):
    """A row that is removed with everything that hangs on it: no statement returns any of it, `kept` or not."""


class HiddenWith:
    """A row that is also hidden, and deleted, for the sake of rows to which it has no CASCADE of its own."""

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Return the condition, on tables, under which the row is hidden; `until` is handed on to `hidden_ids`."""
        raise NotImplementedError


def is_hidden(model: Any) -> ColumnElement[bool]:
    """Return the condition that selects the rows of a model that were removed, by themselves or with something else."""
    return cast("ColumnElement[bool]", model.id.in_(hidden_ids(model.__table__)))


def hidden_ids(table: Any, until: datetime | None = None) -> Select[Any]:
    """Return a statement on tables that selects the ids of a table's hidden rows, of those removed `until` then if given.

    It names scoped tables without their models, so whoever executes it gives the reason: see app/models/scoping.py.
    """
    conditions = [hidden(until) for hidden in _hiding()[table]]
    return select(table.c.id).where(or_(*conditions)).correlate(None)


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
            partial(_hangs_on, key.parent, key.column.table)
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.ondelete == "CASCADE" and key.column.table in found
        ]
        if conditions:
            found[table] = conditions
    return found


def _was_removed(table: Table, until: datetime | None) -> ColumnElement[bool]:
    return table.c.removed_at.is_not(None) if until is None else table.c.removed_at <= until


def _hangs_on(column: Column[Any], other: Table, until: datetime | None) -> ColumnElement[bool]:
    return column.in_(hidden_ids(other, until))


@cache
def _criteria() -> list[LoaderCriteriaOption]:
    """Return the condition of every table whose rows can be hidden: a callable, because only that follows its aliases."""
    return [
        with_loader_criteria(model, lambda entity: entity.id.not_in(hidden_ids(entity.__table__)), include_aliases=True)
        for model in hiding_models()
    ]


@event.listens_for(Session, "do_orm_execute")
def _hide(state: ORMExecuteState) -> None:
    """Leave out of every SELECT by models what was removed, wherever in it a table stands."""
    wanted = state.is_column_load or state.execution_options.get("removed")
    if state.is_orm_statement and state.is_select and not wanted:
        state.statement = state.statement.options(*_criteria())
