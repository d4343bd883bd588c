"""Which pages of articles are gone."""

from celery import shared_task

from app.domain.press import links
from app.extensions import db
from app.jobs.press.fetching import fetch_policy
from app.queries.press import articles
from app.queries.press.links import next_to_check
from tasks.pulse import beat

CHECKED = 20
"""Addresses asked in one run; the next one goes on."""


@shared_task
def check() -> None:
    """Ask the next addresses of this night one after the other, so that no server is asked two things at once."""
    token = links.claim()
    db.session.commit()
    if token is None:
        return
    for _ in range(CHECKED):
        if not _check_next(token):
            break
        beat()
    links.release(token)
    db.session.commit()


def _check_next(token: str) -> bool:
    """Ask the next address that is due, counted and committed before anybody is asked; say whether one was."""
    due = next_to_check()
    counted = due is not None and links.count_request(token)
    db.session.commit()
    if due is None or not counted:
        return False
    article_id, url = due
    answer = links.check(url, fetch_policy())
    links.note(articles.get(article_id), url, answer)
    db.session.commit()
    return True
