"""Email delivery."""

from celery import shared_task
from flask import current_app

from app.jobs.accounts.withdraw_key import withdraw_key
from app.jobs.mail.outbox import deliver_due, deliver_urgent
from tasks.pulse import beat, beat_for_others, is_locked


@shared_task
def send_due() -> None:
    """Send every email that is due; while the house is locked, only those that cannot wait. Concurrent workers claim emails, so that none is sent by two."""
    beat()
    beat_for_others()
    if is_locked():
        withdraw_key(current_app.config["SETTINGS"])
        deliver_urgent()
    else:
        deliver_due(after_each=beat)
