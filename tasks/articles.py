"""What is found out about articles in the background."""

from celery import shared_task
from flask import current_app

from app.config import Config
from app.domain import links, versions
from app.extensions import db
from app.fetching import Policy
from app.queries import articles as article_queries
from app.queries import links as link_queries
from app.queries import versions as version_queries
from tasks.pulse import beat

COMPARED = 50
"""Articles compared in one run: with 2,000 others around them, some twenty seconds."""
ASKED = 20
"""Addresses asked in one run; the next one goes on."""


@shared_task
def compare() -> None:
    """Look for versions of articles that were not compared yet. Nobody waits for the database meanwhile."""
    measured = versions.Measured()
    for article_id in version_queries.not_compared(COMPARED):
        text = version_queries.text_of(article_id)
        others = version_queries.texts_around(text)
        db.session.rollback()
        versions.keep_suggestions(text, versions.alike(text, others, measured))
        db.session.commit()
        beat()


@shared_task
def check_links() -> None:
    """Ask the next addresses of this night one after the other, so that no server is asked two things at once."""
    word = links.take_up()
    db.session.commit()
    for _ in range(ASKED if word else 0):
        if not _ask_next(str(word)):
            break
        beat()
    links.put_down(str(word))
    db.session.commit()


def _ask_next(word: str) -> bool:
    """Ask the next address that is due, counted and committed before anybody is asked; say whether one was."""
    due = link_queries.next_to_ask()
    counted = due is not None and links.count_question(word)
    db.session.commit()
    if due is None or not counted:
        return False
    article_id, url = due
    answer = links.ask(url, _policy())
    links.note(article_queries.get(article_id), url, answer)
    db.session.commit()
    return True


def _policy() -> Policy:
    settings: Config = current_app.config["SETTINGS"]
    return Policy(base_url=settings.base_url, loopback=settings.fetched_loopback())
