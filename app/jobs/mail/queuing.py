"""Digests with very many members, queued in portions, each in a transaction of its own.

This module commits: a run that is killed has queued some portions, and the next run continues with the others.
"""

from app.domain.campaigns import serving
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.queries.campaigns import digests


def queue_rest() -> int:
    """Queue every approved digest for the members for whom it is not yet queued; return the number of new emails."""
    queued = 0
    while (digest := digests.next_to_queue()) is not None:
        queued += serving.serve_some(digest, letters.render)
        db.session.commit()
    db.session.rollback()
    return queued
