"""Get one row or raise an error; count rows; get removed rows."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.sql.base import ExecutableOption

from app import clock
from app.extensions import Base, db
from app.models.removing import REMOVED, Removable

Row = TypeVar("Row", bound=Base)
RemovableRow = TypeVar("RemovableRow", bound=Removable)

REMOVED_FOR = timedelta(days=30)
"""How long a removed row can be restored."""


class Missing(LookupError):
    """The row does not exist, or is not in the session's scope."""


def one(model: type[Row], *conditions: ColumnElement[bool], options: tuple[ExecutableOption, ...] = ()) -> Row:
    """Return the only row in scope that meets all conditions; raise Missing if there is none.

    It always queries the database, because objects that another scope loaded into the session must not count.
    """
    row = db.session.scalars(select(model).where(*conditions).options(*options)).unique().one_or_none()
    if row is None:
        raise Missing(model.__name__)
    return row


def count(model: type[Base], *conditions: ColumnElement[bool]) -> int:
    """Return the number of rows in scope that meet all conditions."""
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def kept(model: type[Removable]) -> ColumnElement[bool]:
    """Return the condition that excludes removed rows."""
    return model.removed_at.is_(None)


def removed_lately(
    model: type[RemovableRow], *conditions: ColumnElement[bool], options: tuple[ExecutableOption, ...] = ()
) -> Sequence[RemovableRow]:
    """Return removed rows that can still be restored, latest first."""
    lately = select(model).where(model.removed_at > clock.now() - REMOVED_FOR, *conditions).options(*options)
    ordered = lately.order_by(model.removed_at.desc(), model.id.desc())
    return db.session.scalars(ordered, execution_options=REMOVED).all()


def restorable(
    model: type[RemovableRow], *conditions: ColumnElement[bool], options: tuple[ExecutableOption, ...] = ()
) -> RemovableRow:
    """Return the only row in scope that meets all conditions, unless it was removed too long ago to be restored."""
    in_time = kept(model) | (model.removed_at > clock.now() - REMOVED_FOR)
    found = select(model).where(in_time, *conditions).options(*options)
    row = db.session.scalars(found, execution_options=REMOVED).unique().one_or_none()
    if row is None:
        raise Missing(model.__name__)
    return row
