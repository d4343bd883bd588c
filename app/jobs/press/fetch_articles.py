"""Fetches and reads the articles that people and feeds submit.

This module commits, because a claim must be committed before a server is contacted, and the result right after it: if its
process is killed at any time, nothing is lost. No transaction is open during a request.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import current_app

from app.domain.press import intakes
from app.extensions import db
from app.fetching import Failed, Failure
from app.jobs.press.fetching import ignore, request, settings
from app.models.press.intakes import Intake
from app.queries.press import articles as article_queries
from app.queries.press import intakes as intake_queries
from app.reading.articles import NotAnArticle, Reading, from_page, from_pdf
from app.reading.pdf import is_pdf

_BATCH = 100
_LATER = frozenset({Failure.UNREACHABLE, Failure.TOO_SLOW})
"""Failures that are worth a retry."""


def fetch_due_articles(*, after_each: Callable[[], None] = ignore) -> int:
    """Fetch and read all articles that are due; return the number read. `after_each` is called after each attempt."""
    read = 0
    while ids := intake_queries.due_ids(_BATCH):
        db.session.rollback()
        for intake_id in ids:
            read += _read_intake(intake_id)
            after_each()
    db.session.rollback()
    return read


def _read_intake(intake_id: int) -> bool:
    """Claim one article, fetch and read it, and record the result; return whether it was read."""
    token = intakes.claim(intake_id, timedelta(seconds=settings().delivery_lease_seconds))
    db.session.commit()
    if token is None:
        return False
    try:
        reading = _read(_intake(intake_id))
        intakes.note_page(_intake(intake_id), token, reading)
        db.session.commit()
    except _Unread as unread:
        return _after_failure(intake_id, token, unread.failure)
    except Failed as failed:
        return _after_failure(intake_id, token, failed.failure, failed.retry_after)
    except Exception:
        db.session.rollback()
        current_app.logger.exception("article %s could not be read", intake_id)
        return _after_failure(intake_id, token, Failure.UNREACHABLE)
    return True


class _Unread(Exception):
    """The page contains nothing to read; a retry would not help."""

    def __init__(self, failure: str) -> None:
        super().__init__(failure)
        self.failure = failure


def _read(intake: Intake) -> Reading:
    url, language = str(intake.url), intake.in_language
    if intake.attempts > intakes.MOST_ATTEMPTS:  # each earlier attempt killed its worker
        raise _Unread(Failure.UNREACHABLE)
    if article_queries.at_address(url):
        raise _Unread(intakes.KEPT_ALREADY)
    db.session.rollback()  # no transaction is open during the request
    answer = request(url)
    if is_pdf(answer.content):
        reading = from_pdf(answer.content, answer.final_url, language=language)
        if reading is None:
            raise _Unread(intakes.UNREAD_PDF)
        return reading
    try:
        reading = from_page(answer.content, answer.final_url, charset=answer.charset, language=language)
    except NotAnArticle as page:
        raise _Unread(page.kind) from None
    if reading is None:
        raise _Unread(intakes.NO_ARTICLE)
    return reading


def _after_failure(intake_id: int, token: str, failure: str, retry_after: datetime | None = None) -> bool:
    intake = _intake(intake_id)
    if failure in _LATER:
        intakes.postpone(intake, token, failure, retry_after)
    else:
        intakes.note_failure(intake, token, failure)
    db.session.commit()
    return False


def _intake(intake_id: int) -> Intake:
    return db.session.get_one(Intake, intake_id, populate_existing=True)
