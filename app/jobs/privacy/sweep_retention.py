"""The nightly sweep of data whose period has ended: one transaction for each batch, so it can be ended at any time."""

import logging
from collections import Counter
from collections.abc import Callable

from app.domain.privacy import retention
from app.extensions import db
from app.models.privacy.retention import RetentionKind
from app.queries.privacy.retention_rules import RULES

logger = logging.getLogger(__name__)

_MOST_BATCHES = 2_000
"""Of one kind in one night: a rule whose rows stay due could otherwise go on for ever. The next night continues."""


def sweep(after_each: Callable[[], None] = lambda: None) -> Counter[RetentionKind]:
    """Announce new periods, then delete everything that is due; return how much of each kind.

    Nothing is done if another worker does it or if it was finished this night. `after_each` is called after each batch.
    If a kind fails, the others are swept nevertheless, and the sweep is begun again later in the night.
    """
    swept: Counter[RetentionKind] = Counter()
    token = retention.claim()
    if token is None:
        db.session.rollback()
        return swept
    retention.announce()
    db.session.commit()
    failed = False
    for kind in RULES:
        try:
            _sweep_kind(kind, token, swept, after_each)
        except Exception:
            db.session.rollback()
            logger.exception("data of a kind could not be deleted: %s", kind)
            failed = True
    retention.release(token, is_finished=not failed)
    db.session.commit()
    return swept


def _sweep_kind(kind: RetentionKind, token: str, swept: Counter[RetentionKind], after_each: Callable[[], None]) -> None:
    for _ in range(_MOST_BATCHES):
        rows = retention.sweep_some(kind)
        if not rows:
            break
        if not retention.note(token, kind, rows):
            db.session.rollback()
            return
        db.session.commit()
        swept[kind] += rows
        after_each()
    db.session.rollback()
