"""Nightly search for duplicates."""

from celery import shared_task

from app.domain.people import duplicates
from app.extensions import db
from tasks.pulse import beat


@shared_task
def search() -> None:
    """Compare every person and organization that was changed since the last night, some in each transaction."""
    for search_some in (duplicates.search_people, duplicates.search_organizations):
        while search_some():
            db.session.commit()
            beat()
        db.session.rollback()
