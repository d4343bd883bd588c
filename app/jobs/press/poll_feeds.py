"""Requests the feeds that are due and saves their new entries.

This module commits, because a claim must be committed before a server is contacted, and the result right after it: if its
process is killed at any time, nothing is lost. No transaction is open during a request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from app.domain.press import feeds
from app.extensions import db
from app.fetching import Answer, Failed, Failure, Validators
from app.jobs.press.fetching import ignore, request
from app.models.press.feeds import Feed
from app.queries.press import feeds as feed_queries
from app.reading import feeds as feed_reading


def poll_due_feeds(*, after_each: Callable[[], None] = ignore) -> int:
    """Request all feeds that are due; return the number of new articles. `after_each` is called after each attempt."""
    listed = 0
    ids = feed_queries.due_ids()
    db.session.rollback()
    for feed_id in ids:
        listed += _request(feed_id)
        after_each()
    return listed


def _request(feed_id: int) -> int:
    """Claim one feed, request it, and save its new entries; return the number of new articles."""
    token = feeds.claim(feed_id)
    db.session.commit()
    if token is None:
        return 0
    feed = feed_queries.get(feed_id)
    url, never_read, known = feed.url, feed.body_hash is None, Validators(feed.etag, feed.last_modified)
    db.session.rollback()
    try:
        found = _find(url, known, may_move=never_read)
    except Failed as failed:
        return _after_failure(feed_id, token, failed.failure, failed.retry_after)
    except Exception:
        current_app.logger.exception("feed %s could not be read", feed_id)
        return _after_failure(feed_id, token, Failure.UNREACHABLE)
    listed = _list(feed_queries.get(feed_id), token, found)
    db.session.commit()
    return listed


@dataclass(frozen=True, slots=True)
class _Found:
    """The response to a feed request, its address, and the parsed feed, or None if it has not changed."""

    url: str
    answer: Answer
    content: feed_reading.Feed

    @property
    def is_feed(self) -> bool:
        return bool(self.answer.not_modified or self.content.title or self.content.entries)

    @property
    def home(self) -> str:
        """The address for future requests. A redirect counts only if it led to a feed: any server can answer "not modified"."""
        return self.url if self.answer.not_modified else self.answer.permanent_url or self.url


def _find(url: str, known: Validators, *, may_move: bool) -> _Found:
    """Request a feed; if the address is that of a web page, request once the feed that the page names."""
    answer = request(url, known)
    found = _Found(url, answer, feed_reading.read_feed(answer.content, answer.final_url, answer.charset))
    named = (
        None
        if found.is_feed or not may_move
        else feed_reading.feed_named(answer.content, answer.final_url, answer.charset)
    )
    return found if named is None else _find(named, Validators(), may_move=False)


def _list(feed: Feed, token: str, found: _Found) -> int:
    answer = found.answer
    if not found.is_feed:
        return _after_failure(feed.id, token, feeds.NO_FEED, answer.retry_after)
    moved = feed.url != found.home
    if moved and not feeds.move(feed, found.home):
        return _after_failure(feed.id, token, feeds.FOLLOWED_ALREADY)
    first, changed = feed.body_hash is None, answer.body_hash not in (None, feed.body_hash)
    held = feeds.note_answer(
        feed,
        token,
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
        body_hash=answer.body_hash,
        retry_after=answer.retry_after,
    )
    if not (held and changed):
        return 0
    return feeds.list_entries(feed, found.content.title, found.content.entries, first=first, moved=moved)


def _after_failure(feed_id: int, token: str, failure: str, retry_after: datetime | None = None) -> int:
    over = failure in (Failure.GONE, feeds.FOLLOWED_ALREADY)
    feeds.note_failure(feed_queries.get(feed_id), token, failure, retry_after=retry_after, over=over)
    db.session.commit()
    return 0
