"""Nightly cleanup of the vocabulary of searches."""

from celery import shared_task

from app.domain.people import search_words
from app.extensions import db
from tasks.pulse import beat


@shared_task
def forget_unused() -> None:
    """Remove the words that nothing has any more, some in each transaction."""
    last: str | None = ""
    while last is not None:
        last = search_words.forget_unused(last)
        db.session.commit()
        beat()
