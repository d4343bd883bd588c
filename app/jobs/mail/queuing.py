"""Decisions on digests with very many members, carried out in portions, each in a transaction of its own.

This module commits: a run that is killed has carried out some portions, and the next run continues with the others.
"""

from app.domain.campaigns import approvals, serving
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.queries.campaigns import digests


def queue_rest() -> int:
    """Queue or discard digests for the members for whom that is not done yet; return the number of new emails."""
    queued = 0
    while (digest := digests.next_to_queue()) is not None:
        if digest.is_discarded:
            serving.pass_over_some(digest)
        else:
            queued += serving.serve_some(digest, letters.render)
        db.session.commit()
    db.session.rollback()
    return queued


def take_rest_back() -> None:
    """Take back the emails of every digest that is to become a draft again, except those that are being sent."""
    after = 0
    while (digest := digests.next_to_reopen(after)) is not None:
        if not approvals.reopen_some(digest):
            after = digest.id
        db.session.commit()
    db.session.rollback()
