"""Feed entries that were listed before: recognized under another address, and distinguished from others with the same id."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import func, select

from app.extensions import db
from app.models.press.feeds import Feed
from app.models.press.intakes import Intake
from app.reading.addresses import address_key, normal
from app.reading.feeds import Entry, age
from app.text import words_of

_MOST_COMPARED = 5_000


@dataclass(frozen=True, slots=True)
class ListedBefore:
    """What a feed had listed before it moved."""

    latest: datetime
    """When it last listed an entry."""
    paths: frozenset[str]
    headlines: frozenset[str]

    def holds(self, entry: Entry) -> bool:
        """Whether an entry was at the old address: older than the last listed one, or with a known path or headline."""
        older = age(entry.date_published) >= -self.latest.timestamp() if entry.date_published else False
        return older or _path(entry.url) in self.paths or _headline(entry.headline) in self.headlines


def entry_key(name: str) -> str:
    """Return the key for an entry's id: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def listed_before(feed: Feed) -> ListedBefore | None:
    """Return what a feed has listed so far, or None if that is nothing."""
    latest = db.session.scalar(select(func.max(Intake.created_at)).where(Intake.feed_id == feed.id))
    if latest is None:
        return None
    kept = select(Intake.url, Intake.fields).where(Intake.feed_id == feed.id).order_by(Intake.id.desc())
    rows = db.session.execute(kept.limit(_MOST_COMPARED)).all()
    headlines = (_headline((row.fields or {}).get("headline")) for row in rows)
    return ListedBefore(latest, frozenset(_path(row.url) for row in rows) - {""}, frozenset(headlines) - {""})


def reused_ids(feed: Feed, entries: Sequence[Entry]) -> set[str]:
    """Return ids that a feed has used before for other articles.

    Another article has another address and another headline, and was listed before this one was published.
    """
    named = {entry_key(entry.id): entry for entry in entries if entry.id != entry.url}
    before = select(Intake.entry_key, Intake.address_key, Intake.fields, Intake.created_at)
    rows = db.session.execute(before.where(Intake.feed_id == feed.id, Intake.entry_key.in_(list(named))))
    return {
        entry.id
        for row in rows
        if (entry := named[str(row.entry_key)]).date_published is not None
        and -age(entry.date_published) > row.created_at.timestamp()
        and address_key(entry.url) != row.address_key
        and _headline(entry.headline) != _headline((row.fields or {}).get("headline"))
    }


def _path(url: str | None) -> str:
    """Return an address without scheme and host; empty if the rest does not identify an article."""
    parts = urlsplit(normal(url or ""))
    return f"{parts.path.strip('/')}?{parts.query}".strip("?")


def _headline(text: str | None) -> str:
    return " ".join(words_of(text or ""))
