"""The metadata of an article on its page: headline, authors, publisher, date, description, address.

Each field can be in several places (JSON-LD of schema.org, Open Graph, meta tags, the visible page) that may contradict
each other. The value in most places wins, and implausible values are dropped.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.later import lxml_html
from app.reading.asides import is_aside
from app.reading.authors import authors_of
from app.reading.days import published
from app.reading.fields import clean, first, listed, words
from app.reading.heading import heading_of
from app.reading.headlines import Sites, headlines_of
from app.reading.lines import plain
from app.reading.markup import linked_data
from app.reading.notices import DISCLAIMER, is_notice

_LONGEST_DESCRIPTION = 1_000
_MOST_HEADINGS = 4
_MOST_ARTICLES = 20
_ARTICLE = re.compile(r"(?:article|posting|report|review|story)$", re.IGNORECASE)


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
    articles = _of_this_page(
        [thing for thing in objects if any(_ARTICLE.search(name) for name in words(thing.get("@type")))],
        tree,
        metas,
        url,
    )
    publisher = _publisher(articles, objects, metas)
    sites = Sites(tree, publisher, url)
    headlines = headlines_of(tree, articles, metas, sites)
    heading = heading_of(tree, headlines[0] if headlines else None)
    authors, sure = authors_of(tree, url, articles, objects, metas, publisher, sites, heading)
    return Metadata(
        headline=headlines[0] if headlines else None,
        headlines=headlines,
        authors=authors,
        authors_sure=sure,
        publisher=publisher,
        date_published=published(tree, articles, metas, url, heading),
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


def _of_this_page(
    articles: list[dict[str, Any]], tree: "lxml_html.HtmlElement", metas: dict[str, list[str]], url: str
) -> list[dict[str, Any]]:
    """Return the articles that have the page's address or headline, or else the first; the others are only listed on it."""
    if len(articles) < 2:
        return articles
    headings = [heading.text_content() for heading in islice(tree.iter("title", "h1"), _MOST_HEADINGS)]
    shown = [plain(text) for text in (*headings, *first(metas, "og:title"))]
    addresses = {_bare_address(address) for address in (url, *first(metas, "og:url"))}
    found = [
        one
        for one in articles[:_MOST_ARTICLES]
        if any(_bare_address(address) in addresses for address in _addresses_of(one))
        or ((headline := plain(clean(one.get("headline")))) and any(headline in text for text in shown))
    ]
    return found or articles[:1]


def _addresses_of(article: dict[str, Any]) -> list[str]:
    page = article.get("mainEntityOfPage")
    return words([article.get("url"), page.get("@id") if isinstance(page, dict) else page])


def _bare_address(address: str) -> str:
    return address.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")


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
