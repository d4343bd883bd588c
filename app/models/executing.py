"""Which session executes a statement: the connection of each is marked with it, so that events of the engine know."""

from weakref import ref

from sqlalchemy import Connection, ExecutionContext, event
from sqlalchemy.orm import Session, SessionTransaction

_SESSION = "session"
"""Our own execution option: whose connection it is."""


def session_of(context: ExecutionContext) -> Session | None:
    """Return the session that executes a statement, or None for an engine's own connection."""
    options = context.execution_options
    session: Session | None = options[_SESSION]() if _SESSION in options else None
    return session


@event.listens_for(Session, "after_begin")
def _mark(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Mark the connection with its session, so that statements executed on it directly are seen as well."""
    connection.execution_options(**{_SESSION: ref(session)})
