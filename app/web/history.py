"""The history on the page of a record."""

from app.extensions import Base
from app.queries.accounts import audit
from app.queries.accounts.audit import History
from app.web.listing import page_number

HISTORY = "history"
"""The page of the history in the address: the lists on a record's page have their own numbers."""


def history_of(*records: Base) -> History:
    """Return the requested page of the changes of a record and of its parts."""
    return audit.history(*records, number=page_number(HISTORY))
