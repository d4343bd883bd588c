"""Feeds and their status."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select

from app import clock
from app.dialects import folded
from app.extensions import db
from app.models.press.feeds import Feed
from app.models.press.intakes import Intake, IntakeStatus
from app.queries.lookup import kept, one, removed_lately
from app.queries.paging import Page, holding_words, page_of
from app.queries.progress import Progress, Stage
from app.reading.addresses import address_key

LONGEST_REQUEST = timedelta(minutes=2)
"""The longest time that requesting a feed can take; an older claim belongs to a worker that died."""


def get(feed_id: int) -> Feed:
    """Return a feed, even a removed one."""
    return one(Feed, Feed.id == feed_id)


class Show(StrEnum):
    """Filter for the list of feeds."""

    ANSWERING = "answering"
    FAILING = "failing"
    PAUSED = "paused"


def find(typed: str = "", show: str = "", number: int = 1) -> Page[Feed]:
    """Return a page of the active feeds, sorted by title; feeds without a known title come first.

    Title and address together must contain every word of `typed`; `show` is a value of Show, or empty for all.
    """
    asked = Feed.paused_at.is_(None)
    shown = {
        Show.ANSWERING: and_(asked, Feed.failures == 0),
        Show.FAILING: and_(asked, Feed.failures > 0),
        Show.PAUSED: ~asked,
    }
    followed = select(Feed).where(kept(Feed), *holding_words(typed, Feed.title, Feed.url))
    if show:
        followed = followed.where(shown[Show(show)])
    return page_of(followed.order_by(Feed.title.is_not(None), folded(Feed.title), Feed.id), number)


def removed() -> Sequence[Feed]:
    """Return feeds that can be restored."""
    return removed_lately(Feed)


def at_address(url: str) -> Feed | None:
    """Return the feed at an address, in any of its forms, even a removed one."""
    return db.session.scalar(select(Feed).where(Feed.address_key == address_key(url)))


def new_counts() -> dict[int, int]:
    """Return the number of undecided articles by feed id."""
    counted = select(Intake.feed_id, func.count()).where(Intake.status == IntakeStatus.LISTED).group_by(Intake.feed_id)
    return {feed_id: count for feed_id, count in db.session.execute(counted) if feed_id is not None}


def due_ids() -> list[int]:
    """Return the ids of the feeds that are due, longest overdue first."""
    due = select(Feed.id).where(claimable(clock.now())).order_by(Feed.next_fetch_at, Feed.id)
    return list(db.session.scalars(due))


def claimable(now: datetime) -> ColumnElement[bool]:
    """Return the condition under which a worker may request a feed at `now`."""
    return and_(Feed.next_fetch_at <= now, Feed.paused_at.is_(None), kept(Feed))


def progress(feed: Feed) -> Progress:
    """Return the progress of requesting a feed; a failed feed is waiting for its next try."""
    now = clock.now()
    if feed.claim is not None and feed.fetched_at and feed.fetched_at > now - LONGEST_REQUEST:
        return Progress(Stage.RUNNING, feed.fetched_at)
    if feed.paused_at is None and feed.next_fetch_at <= now:
        return Progress(Stage.WAITING, feed.next_fetch_at)
    if feed.last_failure is None:
        return Progress(Stage.DONE)
    stage = Stage.WAITING if feed.paused_at is None else Stage.FAILED
    return Progress(stage, failure=feed.last_failure, next_try_at=feed.next_fetch_at)
