"""Feeds that people follow: requested politely, and read into a list of new articles."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from math import inf
from typing import Any

from sqlalchemy import select

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain import leases
from app.domain.accounts import removals
from app.domain.press import feed_entries, intakes
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.press.articles import Article
from app.models.press.feeds import Feed
from app.models.press.intakes import Intake, IntakeSource, IntakeStatus
from app.queries.press import feeds
from app.reading.addresses import address_key, cleaned
from app.reading.articles import from_entry
from app.reading.feeds import Entry, age
from app.text import N_, storable

PAUSE = timedelta(hours=1)
"""No feed is requested more often than this."""
LONGEST_PAUSE = timedelta(hours=24)
"""The longest wait after any number of failures, unless the server asks for more."""
FIRST_LISTED = 30
"""This many of the newest entries are listed when a feed is read for the first time."""
_AHEAD = timedelta(days=1)
"""Newspapers date tomorrow's edition ahead; a date further ahead is an announcement or an error."""
_EARLIEST_ZONE = timezone(timedelta(hours=14))
"""The time zone where a day starts first."""
NO_FEED, FOLLOWED_ALREADY = "no_feed", "followed_already"
"""Reasons for reading nothing, besides the failures of app.fetching: there is no feed, or it is already followed."""


def add(url: str, *, by: User | None) -> Feed:
    """Follow a feed; a worker requests it soon. A removed one is restored."""
    same = feeds.at_address(url)
    if same is not None and same.removed_at is not None:
        removals.bring_back(same)
        resume(same)
        return same
    if same is not None:
        raise DomainError("url", N_("This feed is already followed."))
    now = clock.now()
    feed = Feed(url=storable(cleaned(url)), address_key=address_key(url), next_fetch_at=now, not_before=now, failures=0)
    feed.created_by_id, feed.created_at = by.id if by else None, now
    db.session.add(feed)
    db.session.flush()
    return feed


def pause(feed: Feed) -> None:
    """Pause it until a person resumes it."""
    feed.paused_at = feed.paused_at or clock.now()
    db.session.flush()


def resume(feed: Feed) -> None:
    """Resume it; it is requested as soon as possible."""
    feed.paused_at, feed.failures = None, 0
    request_now(feed)


def request_now(feed: Feed) -> None:
    """Request it as soon as possible: not twice within an hour, and not before its server allows."""
    feed.next_fetch_at = max(clock.now(), feed.not_before)
    db.session.flush()


def claim(feed_id: int) -> str | None:
    """Claim a due feed for the hour in which nobody else requests it; return the token of the claim, or None."""
    now = clock.now()
    due = (Feed.id == feed_id, feeds.claimable(now))
    return leases.claim(Feed, *due, fetched_at=now, next_fetch_at=now + PAUSE, not_before=now + PAUSE)


def note_answer(
    feed: Feed,
    token: str,
    *,
    etag: str | None,
    last_modified: str | None,
    body_hash: str | None,
    retry_after: datetime | None,
) -> bool:
    """Record that it responded, and its validators for the next request; return whether the claim is still valid.

    ETag and Last-Modified are stored even if nothing changed, because servers renew them.
    """
    after = max(feed.not_before, retry_after or feed.not_before)
    values = {"etag": etag, "last_modified": last_modified, "failures": 0, "last_failure": None}
    return leases.release(
        Feed,
        token,
        Feed.id == feed.id,
        **values,
        body_hash=body_hash or feed.body_hash,
        next_fetch_at=after,
        not_before=after,
    )


def note_failure(feed: Feed, token: str, failure: str, *, retry_after: datetime | None, over: bool = False) -> None:
    """Record why it failed, and request it less often; if `over`, pause it."""
    failures = feed.failures + 1
    asked = feed.fetched_at or clock.now()
    after = asked + min(PAUSE * 2 ** min(failures - 1, 5), LONGEST_PAUSE)
    not_before = max(feed.not_before, retry_after or feed.not_before)
    values: dict[str, Any] = {"next_fetch_at": max(after, not_before), "not_before": not_before}
    values |= {"failures": failures, "last_failure": failure}
    leases.release(Feed, token, Feed.id == feed.id, **values, **({"paused_at": clock.now()} if over else {}))


def move(feed: Feed, url: str) -> bool:
    """Follow it at another address, named by a page or a permanent redirect; return False if that one is already followed."""
    same = feeds.at_address(url)
    if same is not None and same.id != feed.id:
        return False
    feed.url, feed.address_key = storable(cleaned(url)), address_key(url)
    db.session.flush()
    return True


def sweep() -> None:
    """Delete feeds that were removed long ago, with their lists, unless someone is working on one of their articles."""
    in_hand = select(Intake.feed_id).where(
        Intake.feed_id.is_not(None), Intake.status.in_((IntakeStatus.WAITING, IntakeStatus.READ))
    )
    removals.forget(Feed, Feed.id.not_in(in_hand))


def list_entries(feed: Feed, title: str | None, entries: Sequence[Entry], *, first: bool, moved: bool = False) -> int:
    """List the new entries; return their number. What was listed once is never listed again.

    When a feed is read for the `first` time, only the newest entries are listed, and the others are skipped for good.
    If it has `moved`, entries that were at its old address are skipped too, because they all have new addresses.
    """
    feed.title = storable(title)[:200] if title else feed.title
    now = clock.now()
    entries = [
        _clamped(entry, now) for entry in (sorted(entries, key=lambda one: _order(one, now)) if first else entries)
    ]
    before = feed_entries.listed_before(feed) if moved else None
    reused = feed_entries.reused_ids(feed, entries)
    known, rows = _known({address_key(entry.url) for entry in entries}), []
    for place, entry in enumerate(entries):
        key = address_key(entry.url)
        if key not in known:
            known.add(key)
            passed_over = (first and place >= FIRST_LISTED) or (before is not None and before.holds(entry))
            row = _row(feed, entry, IntakeStatus.REFUSED if passed_over else IntakeStatus.LISTED)
            rows.append(row | ({"entry_key": feed_entries.entry_key(entry.url)} if entry.id in reused else {}))
    db.session.flush()
    return insert_missing(db.session, Intake.__table__, rows)  # type: ignore[arg-type]


def _row(feed: Feed, entry: Entry, status: IntakeStatus) -> dict[str, Any]:
    return {
        "source": IntakeSource.FEED,
        "status": status,
        "url": storable(cleaned(entry.url)),
        "address_key": address_key(entry.url),
        "fields": intakes.stored(from_entry(entry)),
        "feed_id": feed.id,
        "entry_key": feed_entries.entry_key(entry.id),
        "attempts": 0,
        "created_at": clock.now(),
    }


def _order(entry: Entry, now: datetime) -> float:
    """Return a sort key with the newest first; entries without a plausible date are last, in the feed's own order."""
    order = age(entry.date_published)
    return inf if -order > (now + _AHEAD).timestamp() else order


def _clamped(entry: Entry, now: datetime) -> Entry:
    """Return an entry as published by now: if it is dated in the future, it was published when it was first seen."""
    moment = entry.date_published
    if isinstance(moment, datetime):
        seen = now.astimezone(moment.tzinfo or UTC)
        return replace(entry, date_published=min(moment.replace(tzinfo=seen.tzinfo), seen))
    latest = now.astimezone(_EARLIEST_ZONE).date()
    return entry if moment is None or moment <= latest else replace(entry, date_published=now.date())


def _known(keys: Iterable[str]) -> set[str]:
    """Return the addresses that are already saved or being imported."""
    wanted = list(keys)
    kept = select(Article.address_key).where(Article.address_key.in_(wanted))
    on_their_way = select(Intake.address_key).where(Intake.address_key.in_(wanted))
    return {key for key in db.session.scalars(kept.union(on_their_way)) if key}
