"""Whom route problems hit, by the clock."""

from celery import shared_task

from app.domain.travel import impact
from app.extensions import db
from app.queries.congress import congresses


@shared_task
def settle() -> None:
    """Bring history and actions in line with whom problems hit, each congress in a transaction of its own."""
    for congress_id in congresses.ids_not_long_over():
        impact.settle(congress_id)
        db.session.commit()
