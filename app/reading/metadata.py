"""The metadata of an article on its page: headline, authors, publisher, date, description, address.

Each field can be in several places (JSON-LD of schema.org, Open Graph, meta tags, the visible page) that may contradict
each other. The value in most places wins, and implausible values are dropped.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.later import lxml_html
from app.reading.asides import is_aside
from app.reading.authors import authors_of
from app.reading.days import published
from app.reading.fields import clean, first, listed, words
from app.reading.lines import plain
from app.reading.markup import linked_data
from app.reading.notices import DISCLAIMER, is_notice

_LONGEST_HEADLINE = 300
_LONGEST_DESCRIPTION = 1_000
_ARTICLE = re.compile(r"(?:article|posting|report|review|story)$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|»·•–—-]\s+|\s*[|»]\s*|\s+::\s+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of an article; fields without a reliable value are None or empty."""

    headline: str | None
    headlines: tuple[str, ...]
    """All variants of the headline."""
    authors: tuple[str, ...]
    authors_sure: bool
    """Whether two sources name the same authors, or the article's own linked data is not contradicted."""
    publisher: str | None
    date_published: date | datetime | None
    description: str | None
    canonical_url: str | None


def metadata_of(tree: "lxml_html.HtmlElement", url: str) -> Metadata:
    """Read the metadata from a whole page, including its scripts. Raises nothing of its own."""
    metas = _metas(tree)
    objects = linked_data(tree)
    articles = [thing for thing in objects if any(_ARTICLE.search(name) for name in words(thing.get("@type")))]
    publisher = _publisher(articles, objects, metas)
    headlines = _headlines(tree, articles, metas, publisher)
    authors, sure = authors_of(tree, url, articles, objects, metas, publisher)
    return Metadata(
        headline=_agreed(headlines),
        headlines=tuple(dict.fromkeys(headlines)),
        authors=authors,
        authors_sure=sure,
        publisher=publisher,
        date_published=published(tree, articles, metas, url),
        description=_description(articles, metas),
        canonical_url=_canonical(tree, metas, url),
    )


def _metas(tree: "lxml_html.HtmlElement") -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in list(tree.iter("meta"))[:400]:
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = clean(meta.get("content"))
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


def _headlines(
    tree: "lxml_html.HtmlElement", articles: list[dict[str, Any]], metas: dict[str, list[str]], publisher: str | None
) -> list[str]:
    """Return the variants of the headline, most trusted first."""
    texts = [text for article in articles[:3] if (text := clean(article.get("headline")))]
    texts += first(metas, "og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
    texts += [text for h1 in list(tree.iter("h1"))[:4] if (text := clean(h1.text_content()))]
    texts += [text for title in list(tree.iter("title"))[:1] if (text := clean(title.text_content()))]
    whole = {plain(text) for text in texts}
    forms = [_without_site(text, whole, publisher) for text in texts]
    return [form for form in forms if 4 <= len(form) <= _LONGEST_HEADLINE]


def _without_site(title: str, others: set[str], publisher: str | None) -> str:
    """Remove the site's name from a title: the part before or after a separator that no other source has."""
    for cut in reversed(list(_SEPARATOR.finditer(title))):
        head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
        if head and (plain(head) in others or (publisher and plain(tail) == plain(publisher))):
            return head
        if tail and (plain(tail) in others or (publisher and plain(head) == plain(publisher))):
            return tail
    return title


def _agreed(forms: list[str]) -> str | None:
    """Return the variant that most places agree on; of several, the most trusted."""
    site_like = len(forms) > 1
    best, most = None, 0.0
    for position, form in enumerate(forms):
        key = plain(form)
        votes = sum(
            1.0 if plain(other) == key else 0.4 * (plain(other).startswith(key) or key.startswith(plain(other)))
            for other in forms
        )
        votes -= 0.01 * position + (0.5 if site_like and len(key.split()) < 2 else 0)
        if votes > most:
            best, most = form, votes
    return best


def _publisher(
    articles: list[dict[str, Any]], objects: list[dict[str, Any]], metas: dict[str, list[str]]
) -> str | None:
    named = [
        clean(name)
        for article in articles[:3]
        for one in listed(article.get("publisher"))
        for name in (words(one.get("name")) if isinstance(one, dict) else words(one))
    ]
    organizations = [
        clean(name)
        for thing in objects
        if {"NewsMediaOrganization", "WebSite"} & set(words(thing.get("@type")))
        for name in words(thing.get("name"))
    ]
    names = (
        first(metas, "og:site_name")
        + [name for name in (*named, *organizations) if name]
        + first(metas, "application-name")
    )
    shortened = (re.split(r"\s+[|»·]\s+", name)[0] for name in names)
    return next((name for name in shortened if 2 <= len(name) <= 80 and "://" not in name and name[0] != "@"), None)


def _description(articles: list[dict[str, Any]], metas: dict[str, list[str]]) -> str | None:
    """Return the publisher's own description, unless it is an appeal, a notice or a disclaimer."""
    own = [text for article in articles[:2] if (text := clean(article.get("description")))]
    for text in (
        first(metas, "og:description") + own + first(metas, "description", "twitter:description", "dc.description")
    ):
        if (
            30 <= len(text) <= _LONGEST_DESCRIPTION
            and not is_aside(text)
            and not is_notice(text)
            and not DISCLAIMER.search(text)
        ):
            return text
    return None


def _canonical(tree: "lxml_html.HtmlElement", metas: dict[str, list[str]], url: str) -> str | None:
    """Return the canonical address that the page declares, unless it is the site's front page."""
    texts = [*tree.xpath("//link[translate(@rel,'CANONIL','canonil')='canonical']/@href")[:1], *first(metas, "og:url")]
    for text in texts:
        try:
            address = urljoin(url, str(text).strip())
            parts = urlsplit(address)
            front = parts.path in ("", "/") and not parts.query
            if parts.scheme in ("http", "https") and parts.hostname and (not front or urlsplit(url).path in ("", "/")):
                return address
        except ValueError:
            continue
    return None
