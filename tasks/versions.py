"""Detection of articles that may be versions of each other."""

from itertools import takewhile

from celery import shared_task
from flask import current_app

from app.domain.press import versions
from app.extensions import db
from app.queries.press import versions as version_queries
from app.queries.press.versions import Text
from tasks.pulse import beat

COMPARED = 50
"""The largest number of articles compared in one run; fewer if they have many others to be compared with."""


@shared_task
def compare() -> None:
    """Compare new articles with others. No transaction is open during the comparison."""
    measured = versions.Measured()
    for article_id in takewhile(lambda _: not measured.enough, version_queries.not_compared(COMPARED)):
        text = version_queries.text_of(article_id)
        others = version_queries.texts_around(text)
        db.session.rollback()
        versions.keep_suggestions(text, _alike(text, others, measured))
        db.session.commit()
        beat()


def _alike(text: Text, others: list[Text], measured: versions.Measured) -> list[versions.Alike]:
    """Return similar articles; an error in one text must not stop the comparison of later ones."""
    try:
        return versions.alike(text, others, measured)
    except Exception:
        current_app.logger.exception("article %s could not be compared", text.id)
        return []
