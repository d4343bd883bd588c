"""Fetching articles, polling feeds, and receiving articles by email."""

from celery import shared_task

from app.jobs.press.fetch_articles import fetch_due_articles
from app.jobs.press.poll_feeds import poll_due_feeds
from app.jobs.press.receive_mail import receive_unseen_mail
from tasks.pulse import beat


@shared_task
def fetch_articles() -> None:
    """Fetch and read every article that is due. Concurrent workers claim articles, so that each is fetched once."""
    fetch_due_articles(after_each=beat)


@shared_task
def poll_feeds() -> None:
    """Poll every feed that is due."""
    poll_due_feeds(after_each=beat)


@shared_task
def receive_mail() -> None:
    """Receive the articles that were sent by email."""
    receive_unseen_mail(after_each=beat)
