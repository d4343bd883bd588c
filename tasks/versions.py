"""Which articles may be versions of each other."""

from itertools import takewhile

from celery import shared_task
from flask import current_app

from app.domain.press import versions
from app.extensions import db
from app.queries.press import versions as version_queries
from app.queries.press.versions import Text
from tasks.pulse import beat

COMPARED = 50
"""Articles compared in one run at most: fewer where each has others around it."""


@shared_task
def compare() -> None:
    """Look for versions of articles that were not compared yet. Nobody waits for the database meanwhile."""
    measured = versions.Measured()
    for article_id in takewhile(lambda _: not measured.enough, version_queries.not_compared(COMPARED)):
        text = version_queries.text_of(article_id)
        others = version_queries.texts_around(text)
        db.session.rollback()
        versions.keep_suggestions(text, _alike(text, others, measured))
        db.session.commit()
        beat()


def _alike(text: Text, others: list[Text], measured: versions.Measured) -> list[versions.Alike]:
    """Return what was found; a text that breaks the comparison must not stop all that come after it."""
    try:
        return versions.alike(text, others, measured)
    except Exception:
        current_app.logger.exception("article %s could not be compared", text.id)
        return []
