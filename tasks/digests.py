"""Digests."""

from celery import shared_task

from app.domain.campaigns import digests
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.jobs.mail.queuing import queue_rest, take_rest_back
from app.queries.campaigns import campaigns


@shared_task
def compose_due() -> None:
    """Compose every digest that is due, each campaign in a transaction of its own."""
    for campaign_id in campaigns.due_for_digest():
        digests.run(campaigns.get(campaign_id), letters.render)
        db.session.commit()


@shared_task
def queue_approved() -> None:
    """Carry out what was decided about digests for the members for whom it is not carried out yet."""
    queue_rest()
    take_rest_back()
