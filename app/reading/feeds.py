"""Feeds of articles: RSS 0.9x to 2.0, RDF, Atom and JSON, even malformed. Entries without a web address are left out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import unescape
from itertools import islice
from math import inf
from typing import Any

from app.reading import feed_entries, feed_json, feed_markup
from app.reading.addresses import address_key
from app.reading.blocks import blocks_of
from app.reading.charsets import decoded
from app.reading.days import moment_of
from app.reading.feed_entries import joined
from app.reading.feed_markup import Item
from app.reading.languages import UNKNOWN, language_of
from app.reading.markup import tree_of
from app.reading.names import names_in

_LARGEST = 5_000_000
_MOST_ENTRIES = 2_000
_MOST_DETECTED = 300
"""The language of this many entries is detected from their words; older ones get the language that the feed declares."""
_LONGEST_SUMMARY = 2_000
_LONGEST_MARKUP = 3 * _LONGEST_SUMMARY
_MOST_LINKS = 200
_KINDS = (
    frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}),
    frozenset({"text/xml", "application/xml", "text/rss+xml", "text/rss", "application/rss"}),
)
"""MIME types of feeds, unambiguous ones first."""
_OF_COMMENTS = re.compile(r"(?i)\bcomment|coment[aá]ri")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as listed in a feed."""

    id: str
    """The feed's own id for it, or its address."""
    url: str
    headline: str | None
    authors: tuple[str, ...]
    date_published: date | datetime | None
    """With the feed's own offset, or only a date."""
    summary: str
    """Plain text; may be empty."""
    language: str
    """Detected from headline and summary if they are long enough, else as the feed declares."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; without a title and entries if the bytes are not a feed."""

    title: str | None
    entries: tuple[Entry, ...]


def read_feed(data: bytes, url: str, charset: str = "") -> Feed:
    """Read a feed found at `url`, its base address, in the `charset` that its server declares.

    From malformed markup, what can be read is returned. Entries without a web address, and the oldest of too many, are
    left out.
    """
    try:
        head, items = _items(_text_of(data, charset), url)
        return Feed(_text(feed_entries.title_of(head)) or None, tuple(_entries(items, _declared(head, UNKNOWN))))
    except Exception:  # noqa: BLE001  parsers raise many types of exceptions for hostile input
        return Feed(None, ())


def feed_named(html: bytes, url: str, charset: str = "") -> str | None:
    """Return the address of the first feed that a page at `url` links to, or None. Never raises.

    A comment feed is returned only if there is no other.
    """
    try:
        tree = tree_of(html, charset)
        if tree is None:
            return None
        bases = (base.get("href", "") for base in islice(tree.iter("base"), 1))
        base = next((address for href in bases if (address := joined(url, href))), url)
        links = [link for link in islice(tree.iter("link"), _MOST_LINKS) if _names_a_feed(link)]
        links.sort(key=lambda link: (_is_of_comments(link), link.get("type", "").strip().lower() not in _KINDS[0]))
        return next((address for link in links if (address := joined(base, link.get("href", "")))), None)
    except Exception:  # noqa: BLE001  as in read_feed
        return None


def _names_a_feed(link: Any) -> bool:
    kind = link.get("type", "").partition(";")[0].strip().lower()
    relations = link.get("rel", "").lower().split()
    return ("alternate" in relations and any(kind in kinds for kinds in _KINDS)) or "feed" in relations


def _is_of_comments(link: Any) -> bool:
    return bool(_OF_COMMENTS.search(f"{link.get('title', '')} {link.get('href', '')}"))


def _items(text: str, url: str) -> tuple[Item, list[Item]]:
    return feed_json.items_of(text, url) if text.startswith("{") else feed_markup.items_of(text, url)


def _text_of(data: bytes, charset: str) -> str:
    return decoded(data[:_LARGEST], charset, markup=True).strip("\ufeff \t\r\n\x00")


def _entries(items: Sequence[Item], language: str) -> Iterator[Entry]:
    """Yield the entries; if there are too many, the newest."""
    named = [(name, url, item) for name, url, item in _identified(items)]
    moments = [_moment(item) for _, _, item in named]
    newest = sorted(range(len(named)), key=lambda place: age(moments[place]))[:_MOST_ENTRIES]
    detected = set(newest[:_MOST_DETECTED])
    for place in sorted(newest):
        name, url, item = named[place]
        headline, summary = _text(feed_entries.title_of(item)), _text(feed_entries.content_of(item))[:_LONGEST_SUMMARY]
        found = language_of(f"{headline}. {summary}") if place in detected else UNKNOWN
        yield Entry(
            id=name,
            url=url,
            headline=headline or None,
            authors=_authors(item),
            date_published=moments[place],
            summary=summary,
            language=found if found != UNKNOWN else _declared(item, language),
        )


def _identified(items: Sequence[Item]) -> list[tuple[str, str, Item]]:
    """Return entries with their id and address, each once.

    An id shared by different addresses is not used; the address takes its place.
    """
    found: list[tuple[str, str, Item]] = []
    addresses: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        url = feed_entries.address_of(item)
        if url is not None:
            name = (feed_entries.id_of(item) or url)[: feed_entries.LONGEST_ADDRESS]
            addresses[name].add(address_key(url))
            found.append((name, url, item))
    known: dict[str, tuple[str, str, Item]] = {}
    for name, url, item in found:
        is_one = len(addresses[name]) == 1
        known.setdefault(name if is_one else address_key(url), (name if is_one else url, url, item))
    return list(known.values())


def age(moment: date | datetime | None) -> float:
    """Return a sort key that puts the newest first and undated entries last."""
    if moment is None:
        return inf
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), UTC)
    return -(moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _authors(item: Item) -> tuple[str, ...]:
    names = (_text(byline) for byline in feed_entries.bylines_of(item))
    return tuple(dict.fromkeys(name for text in names for name in names_in(text)))


def _moment(item: Item) -> date | datetime | None:
    moments = (moment_of(" ".join(element.value.split())) for element in item.all(*feed_entries.DATES))
    return next((moment for moment in moments if moment is not None), None)


def _declared(item: Item, otherwise: str) -> str:
    """Return the primary language subtag that an item declares."""
    part = feed_entries.declared_language(item).replace("_", "-").partition("-")[0].lower()
    return part if part.isalpha() and 2 <= len(part) <= 3 else otherwise


def _text(markup: str) -> str:
    """Return markup as a single line of text."""
    markup = markup[:_LONGEST_MARKUP]
    if "<" not in markup:
        return " ".join(unescape(markup).split())
    return " ".join(block.text for block in blocks_of(f"<div>{markup}</div>"))
