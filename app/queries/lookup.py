"""Finding one row, or saying that there is none."""

from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.sql.base import ExecutableOption

from app.extensions import Base, db

Row = TypeVar("Row", bound=Base)


class Missing(LookupError):
    """There is no such row, or none that the session's scope lets one see."""


def one(model: type[Row], *conditions: ColumnElement[bool], options: tuple[ExecutableOption, ...] = ()) -> Row:
    """Return the one row that meets all conditions and lies in the scope.

    Asks the database each time: what another scope left in the session's memory does not count.
    """
    row = db.session.scalars(select(model).where(*conditions).options(*options)).unique().one_or_none()
    if row is None:
        raise Missing(model.__name__)
    return row
