"""The vocabulary of searches: words that no name has any more are removed from it."""

from typing import Any

from sqlalchemy import select

from app.dialects import lock_against_writes
from app.dialects.names import delete_unused
from app.extensions import db
from app.models.naming import SearchWord

BATCH = 1_000
"""The number of words that are looked up in one transaction."""


def forget_unused(after: str = "", limit: int = BATCH) -> str | None:
    """Delete those of the next words after `after` that nothing has; return the last one looked up, None at the end.

    Nobody can record a name until the transaction ends: a word that it has must not be deleted at the same moment.
    """
    table: Any = SearchWord.__table__
    lock_against_writes(db.session, table.name)
    words = db.session.scalars(
        select(SearchWord.word).where(SearchWord.word > after).order_by(SearchWord.word).limit(limit)
    ).all()
    if not words:
        return None
    delete_unused(db.session, table, words)
    return words[-1]
