"""Bulk updates that return how many rows they changed: this distinguishes a claim from a lost race."""

from sqlalchemy import CursorResult, Delete, Update

from app.extensions import db


def rows_changed(statement: Update | Delete) -> int:
    """Execute a statement and return how many rows it changed."""
    result = db.session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0


def changes_one(statement: Update | Delete) -> bool:
    """Execute a statement that changes at most one row, and return whether it did."""
    return rows_changed(statement) == 1
