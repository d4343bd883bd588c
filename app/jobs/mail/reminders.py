"""The daily letters of assignees: queued in batches, each in a transaction of its own.

This module commits: a run that is killed has queued some letters, and the next run continues with the others.
"""

from app import clock
from app.domain.actions import escalations, reminders
from app.extensions import db
from app.queries.actions import escalations as escalation_queries
from app.queries.actions import reminders as reminder_queries


def queue_due() -> int:
    """Queue the letters of all assignees who are due, and of those to whom actions are escalated; return the number of the former."""
    queued = 0
    if not reminder_queries.anything_due(clock.now()):
        db.session.rollback()
        return queued
    while reminder_queries.any_due(clock.now()) and (some := reminders.queue_some()):
        db.session.commit()
        queued += some
    while escalation_queries.any_due(clock.now()) and escalations.queue_some():
        db.session.commit()
    db.session.rollback()
    return queued
