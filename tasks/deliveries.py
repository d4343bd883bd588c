"""Letters."""

from celery import shared_task

from app.jobs.mail.outbox import deliver_due
from tasks.pulse import beat


@shared_task
def wake() -> None:
    """Send every letter that is due. Several workers at once share them out by claims."""
    beat()
    deliver_due(after_each=beat)
