"""Runs the migrations on the current application's database, SQLite or PostgreSQL."""

import warnings
from typing import Any

from alembic import context
from alembic.operations import batch
from flask import current_app
from sqlalchemy import Column, Connection, inspect
from sqlalchemy.schema import CreateIndex

from app import models
from app.dialects import UTCDateTime, check_references, without_foreign_keys
from app.dialects.name_triggers import follow_names
from app.dialects.names import is_index
from app.dialects.references import settle_references
from app.extensions import Base, db

assert models  # the import registers every table
_LISTED = ("people", "organizations")


def render_item(kind: str, item: Any, _context: Any) -> Any:
    """Render our own column type as the database type."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Exclude the search tables and indexes, which differ by database and have no model."""
    return kind not in {"table", "index"} or not is_index(name or "")


def keep_expression_indexes(connection: Connection) -> None:
    """Create the indexes of people and organizations on expressions again that are missing.

    A migration that rebuilds a table in SQLite loses them, because they cannot be reflected.
    """
    if "list_views" not in inspect(connection).get_table_names():  # before the migration that adds them
        return
    for index in (index for table in _LISTED for index in Base.metadata.tables[table].indexes):
        if not all(isinstance(one, Column) for one in index.expressions):
            connection.execute(CreateIndex(index, if_not_exists=True))


def settle_after_downgrade(*, ctx: Any, step: Any, **_: Any) -> None:
    """Let nothing refer to the rows that a downgrade has deleted; an upgrade may not leave such references at all."""
    if not step.is_upgrade:
        settle_references(ctx.connection)


class OneTable(batch.BatchOperationsImpl):
    """Rebuilds a table in SQLite without reflecting the tables that it refers to, which takes more than half of the time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reflect_kwargs["resolve_fks"] = False


def run() -> None:
    """Run all migrations in one transaction."""
    with db.engine.connect() as connection, without_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            include_name=include_name,
            on_version_apply=settle_after_downgrade,
        )
        with context.begin_transaction(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index")
            context.run_migrations()
            follow_names(connection)
            keep_expression_indexes(connection)
        check_references(connection)
        connection.commit()


assert current_app
batch.BatchOperationsImpl = OneTable
run()
