"""Digests."""

from celery import shared_task

from app.domain import digests
from app.extensions import db
from app.queries import campaigns


@shared_task
def compose_due() -> None:
    """Compose the digest of every campaign whose hour has come, each in a transaction of its own."""
    for campaign_id in campaigns.due_for_digest():
        digests.compose_scheduled(campaigns.get(campaign_id))
        db.session.commit()
