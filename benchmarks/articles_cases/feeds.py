"""Feeds of two halves: whether all entries are read exactly, and how long the slowest takes."""

import time
from datetime import datetime

from app.reading.feeds import Feed, read_feed
from benchmarks import Case
from benchmarks.articles_cases.common import Found
from benchmarks.articles_cases.written_feeds import HOST, Written, feeds
from benchmarks.bodies import HALVES

_MOST_ENTRIES = 2_000


def cases(quick: bool) -> list[Case]:
    """Read the feeds of both halves."""
    written = list(feeds())[:: 6 if quick else 1]
    return [
        case
        for held_out, half in HALVES.items()
        for case in _half([one for one in written if one.held_out == held_out], half)
    ]


def _half(written: list[Written], half: str) -> list[Case]:
    right, slowest = 0, 0.0
    for one in written:
        start = time.process_time()
        feed = read_feed(one.data, f"{HOST}/feed")
        slowest = max(slowest, time.process_time() - start)
        right += is_exact(one, feed)
    found = Found(right, len(written))
    return [
        Case(f"feeds with every entry exact, of {found.asked} {half}", found.share, 99.0, "%", at_least=True),
        Case(f"CPU for the slowest of them, up to 2 MB, {half}", slowest, 1.0, "s"),
    ]


def is_exact(written: Written, feed: Feed) -> bool:
    """Return whether every entry has its headline, address and day."""
    read = [
        (
            one.headline,
            one.url,
            one.date_published.date() if isinstance(one.date_published, datetime) else one.date_published,
        )
        for one in feed.entries
    ]
    return read == written.entries[:_MOST_ENTRIES]
