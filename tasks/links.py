"""Nightly check for articles whose pages no longer exist."""

from celery import shared_task

from app.domain.press import links
from app.extensions import db
from app.jobs.press.fetching import fetch_policy
from app.queries.press import articles
from app.queries.press.links import next_to_check
from tasks.pulse import beat

CHECKED = 20
"""Addresses checked in one run; the next run continues."""


@shared_task
def check() -> None:
    """Check the next addresses of the night, one after the other, so that a server never gets two requests at once."""
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
    """Check the next due address, and return whether there was one. It is counted and committed before the request is sent."""
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
