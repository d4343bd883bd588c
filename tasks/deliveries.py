"""Email delivery."""

from celery import shared_task

from app.jobs.mail.outbox import deliver_due
from tasks.pulse import beat, beat_for_others


@shared_task
def send_due() -> None:
    """Send every email that is due. Concurrent workers claim emails, so that none is sent by two."""
    beat()
    beat_for_others()
    deliver_due(after_each=beat)
