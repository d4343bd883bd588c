"""Articles on their way in."""

from celery import shared_task

from app.jobs.press.inbox import ask_feeds_due, take_in_due, take_mail_due
from tasks.pulse import beat


@shared_task
def take_in() -> None:
    """Fetch and read every article that is due. Several workers at once share them out by claims."""
    take_in_due(after_each=beat)


@shared_task
def ask_feeds() -> None:
    """Ask every feed that is due what is new."""
    ask_feeds_due(after_each=beat)


@shared_task
def take_mail() -> None:
    """Take in the articles that were mailed."""
    take_mail_due(after_each=beat)
