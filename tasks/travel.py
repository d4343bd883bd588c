"""Periodic update of the impact of route problems."""

from celery import shared_task

from app.domain.travel import impact, passages
from app.extensions import db
from app.queries.congress import congresses


@shared_task
def settle() -> None:
    """Update history and actions to the current impact of problems, each congress in a transaction of its own."""
    for congress_id in congresses.ids_not_long_over():
        impact.settle(congress_id)
        db.session.commit()


@shared_task
def derive_passages() -> None:
    """Find anew which countries legs over land pass through, because the network may have changed."""
    passages.derive()
    db.session.commit()
