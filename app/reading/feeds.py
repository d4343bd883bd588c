"""Feeds of articles, RSS 0.9x to 2.0, RDF and Atom, however broken: what they list, and nothing that is no web address."""

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
"""The language of so many entries is detected from their words; the feed's own claim has to do for older ones."""
_LONGEST_SUMMARY = 2_000
_LONGEST_MARKUP = 3 * _LONGEST_SUMMARY
_MOST_LINKS = 200
_KINDS = (
    frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}),
    frozenset({"text/xml", "application/xml", "text/rss+xml", "text/rss", "application/rss"}),
)
"""Types of feeds, those that mean nothing else first."""
_OF_COMMENTS = re.compile(r"(?i)\bcomment|coment[aá]ri")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a feed lists it."""

    id: str
    """The feed's own name for it, or its address."""
    url: str
    headline: str | None
    authors: tuple[str, ...]
    date_published: date | datetime | None
    """With the feed's own offset, or a day."""
    summary: str
    """Without markup; may be empty."""
    language: str
    """Of headline and summary where they are long enough, else what the feed says of itself."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; without a title and without entries where the bytes are none."""

    title: str | None
    entries: tuple[Entry, ...]


def read_feed(data: bytes, url: str, charset: str = "") -> Feed:
    """Read a feed that was found at `url`, to which its links are relative, in the `charset` that its server names.

    Broken markup gives what can be read; entries without a web address are left out, and of very many the oldest.
    """
    try:
        head, items = _items(_text_of(data, charset), url)
        return Feed(
            _text(feed_entries.title_of(head)) or None, tuple(_entries(items, _declared_language(head, UNKNOWN)))
        )
    except Exception:  # noqa: BLE001  the parsers under it raise many kinds for hostile input
        return Feed(None, ())


def feed_named(html: bytes, url: str, charset: str = "") -> str | None:
    """Return the address of the feed that the page found at `url` names first, or None. Never raises.

    A feed of comments is named only where there is no other.
    """
    try:
        tree = tree_of(html, charset)
        if tree is None:
            return None
        bases = (base.get("href", "") for base in islice(tree.iter("base"), 1))
        base = next((address for declared in bases if (address := joined(url, declared))), url)
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


def _entries(items: Sequence[Item], declared: str) -> Iterator[Entry]:
    """Yield the entries; where they are very many, the newest of them."""
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
            language=found if found != UNKNOWN else _declared_language(item, declared),
        )


def _identified(items: Sequence[Item]) -> list[tuple[str, str, Item]]:
    """Return entries with what they are known by and their addresses, each once.

    An id that stands at two addresses is none; then the address has to do.
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
    """Return what sorts the newest first and what has no date last."""
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


def _declared_language(item: Item, otherwise: str) -> str:
    """Return the primary part of the language tag that an item claims."""
    part = feed_entries.declared_language(item).replace("_", "-").partition("-")[0].lower()
    return part if part.isalpha() and 2 <= len(part) <= 3 else otherwise


def _text(markup: str) -> str:
    """Return markup as one line of text."""
    markup = markup[:_LONGEST_MARKUP]
    if "<" not in markup:
        return " ".join(unescape(markup).split())
    return " ".join(block.text for block in blocks_of(f"<div>{markup}</div>"))
