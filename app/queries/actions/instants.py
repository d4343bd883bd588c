"""Instants at which something is done about actions."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from app.extensions import db


def is_past(now: datetime, *columns: ColumnElement[datetime]) -> bool:
    """Return whether the earliest instant in one of the columns is past; databases look it up in an index, whatever they know of the table."""
    earliest = (select(func.min(column)).where(column.is_not(None)).scalar_subquery() for column in columns)
    found = select(or_(*(first <= now for first in earliest)))
    return bool(db.session.scalar(found.execution_options(unscoped="it tells nothing about the rows")))
