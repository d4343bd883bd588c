"""Nightly deletion of data whose period has ended."""

from celery import shared_task

from app.jobs.privacy.sweep_retention import sweep as sweep_all
from tasks.pulse import beat


@shared_task
def sweep() -> None:
    """Delete what is due, some in each transaction."""
    sweep_all(beat)
