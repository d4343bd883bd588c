"""The daily letters of assignees: queued in batches, each in a transaction of its own.

This module commits: a run that is killed has queued some letters, and the next run continues with the others.
"""

from app import clock
from app.domain.actions import reminders
from app.extensions import db
from app.queries.actions import reminders as reminder_queries


def queue_due() -> int:
    """Queue the letters of all assignees who are due; return their number."""
    queued = 0
    while reminder_queries.any_due(clock.now()) and (some := reminders.queue_some()):
        db.session.commit()
        queued += some
    db.session.rollback()
    return queued
