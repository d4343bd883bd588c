"""Feeds of articles, RSS 0.9x to 2.0, RDF and Atom, however broken: what they list, and nothing that is no web address."""

import calendar
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from app.reading.addresses import cleaned
from app.reading.blocks import blocks_of
from app.reading.charsets import decoded
from app.reading.languages import UNKNOWN, language_of
from app.reading.markup import tree_of
from app.reading.metadata import moment_of
from app.reading.names import names_in

_LARGEST = 2_000_000
_MOST_ENTRIES = 500
_ENTRY = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_LONGEST_SUMMARY = 2_000
_LONGEST_ADDRESS = 2_000
_MOST_LINKS = 200
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_KINDS = frozenset({"application/rss+xml", "application/atom+xml"})


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

    Broken XML gives the entries up to where it breaks; entries without a web address are left out.
    """
    try:
        parsed = feedparser.parse(
            io.BytesIO(_cut(_as_utf8(data, charset))), response_headers=_HEADERS | {"content-location": url}
        )
        said = _primary(parsed.feed.get("language"))
        return Feed(_text(parsed.feed.get("title")) or None, tuple(_entries(parsed.entries, url, said)))
    except Exception:  # noqa: BLE001  feedparser and the parsers under it raise many kinds for hostile input
        return Feed(None, ())


def feed_named(html: bytes, url: str, charset: str = "") -> str | None:
    """Return the address of the feed that the page found at `url` names first, or None. Never raises."""
    try:
        tree = tree_of(html, charset)
        links = [] if tree is None else list(islice(tree.iter("link"), _MOST_LINKS))
        found = (
            _joined(url, link.get("href", "").strip())
            for link in links
            if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").strip().lower() in _KINDS
        )
        return next((address for address in found if address), None)
    except Exception:  # noqa: BLE001  as in read_feed
        return None


def _cut(data: bytes) -> bytes:
    """Return the bytes up to a size and a number of entries; what is cut off is read like any broken feed."""
    beyond = next(islice(_ENTRY.finditer(data, 0, _LARGEST), _MOST_ENTRIES, None), None)
    return data[: beyond.start() if beyond else _LARGEST]


def _as_utf8(data: bytes, charset: str) -> bytes:
    return decoded(data[:_LARGEST], charset, markup=True).encode("utf-8", "replace")


def _entries(entries: list[Any], base: str, said: str) -> Iterator[Entry]:
    seen: set[str] = set()
    for entry in entries[:_MOST_ENTRIES]:
        url = _address(entry, base)
        if url is None:
            continue
        name = str(entry.get("id") or url)[:_LONGEST_ADDRESS]
        if name in seen:
            continue
        seen.add(name)
        headline, summary = _text(entry.get("title")), _summary(entry)
        found = language_of(f"{headline}. {summary}")
        yield Entry(
            id=name,
            url=url,
            headline=headline or None,
            authors=_authors(entry),
            date_published=_moment(entry),
            summary=summary,
            language=next((tag for tag in (found, _primary(_claimed(entry))) if tag != UNKNOWN), said),
        )


def _address(entry: Any, base: str) -> str | None:
    """Return the entry's page: what a counter notes as its own address, its link, the alternate among several, or an id that is one."""
    links = [link.get("href") for link in entry.get("links", []) if link.get("rel", "alternate") == "alternate"]
    permanent = entry.get("id") if str(entry.get("id", "")).startswith(("http://", "https://")) else None
    for link in (entry.get("feedburner_origlink"), entry.get("pheedo_origlink"), entry.get("link"), *links, permanent):
        address = _joined(base, str(link).strip()) if link else None
        if address:
            return cleaned(address)
    return None


def _joined(base: str, link: str) -> str | None:
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
    except ValueError:
        return None
    usable = parts.scheme in ("http", "https") and parts.hostname and len(address) <= _LONGEST_ADDRESS
    return address if usable and not any(letter.isspace() for letter in address) else None


def _authors(entry: Any) -> tuple[str, ...]:
    names = [author.get("name") or "" for author in entry.get("authors", [])] or [entry.get("author") or ""]
    return tuple(dict.fromkeys(name for text in names for name in names_in(str(text))))


def _moment(entry: Any) -> date | datetime | None:
    for key in ("published", "created", "updated"):
        said = dict.get(entry, key)  # entry.get("updated") gives "published", and a warning
        moment = moment_of(str(said)) if said else None
        if moment is not None:
            return moment
        parsed = dict.get(entry, f"{key}_parsed")
        if parsed:
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return None


def _summary(entry: Any) -> str:
    contents = [content.get("value") for content in entry.get("content", [])]
    said = entry.get("summary") or next((value for value in contents if value), "")
    return _text(said)[:_LONGEST_SUMMARY]


def _claimed(entry: Any) -> str | None:
    detail = entry.get("title_detail") or {}
    said = detail.get("language") or entry.get("language")
    return str(said) if said else None


def _text(markup: Any) -> str:
    """Return markup as one line of text."""
    if not isinstance(markup, str):
        return ""
    return " ".join(block.text for block in blocks_of(f"<div>{markup[: 10 * _LONGEST_SUMMARY]}</div>"))


def _primary(tag: Any) -> str:
    """Return the primary part of a language tag."""
    part = str(tag or "").replace("_", "-").split("-", maxsplit=1)[0].lower()
    return part if part.isalpha() and 2 <= len(part) <= 3 else UNKNOWN
