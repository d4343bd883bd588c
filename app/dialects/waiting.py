"""Which errors mean that a database cannot answer now."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_OUT_OF_ORDER = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM,
}  # fmt: skip
_READ_ONLY = "25006"
"""PostgreSQL's state for a write in a transaction that is read-only."""


def is_out_of_order(error: SQLAlchemyError, *, may_write: bool) -> bool:
    """Return whether an error is a condition of the database that may pass (busy, full, unreachable), not one of a statement.

    A refused write is such a condition only if the transaction was meant to write.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeout)
    code, state = getattr(error.orig, "sqlite_errorcode", None), getattr(error.orig, "sqlstate", None)
    if state == _READ_ONLY or (code is not None and code & 0xFF == sqlite3.SQLITE_READONLY):
        return may_write
    return isinstance(error, OperationalError) if code is None else code & 0xFF in _OUT_OF_ORDER
