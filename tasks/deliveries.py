"""Email delivery."""

from celery import shared_task
from flask import current_app

from app.jobs.accounts.withdraw_key import withdraw_key
from app.jobs.mail.outbox import deliver_due, deliver_urgent
from app.jobs.mail.returned import read_returned_mail
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


@shared_task
def read_returned() -> None:
    """Read the emails that could not be delivered and came back."""
    read_returned_mail(after_each=beat)
