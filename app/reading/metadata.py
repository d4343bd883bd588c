"""What a page says of its article: headline, authors, publisher, day, description, address.

Each is said in several places (JSON-LD of schema.org, Open Graph, meta tags, the visible page), and places contradict each other:
what more of them say wins, and what looks wrong is left out.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

import htmldate
from lxml.html import HtmlElement

from app.reading.asides import is_aside
from app.reading.body import plain
from app.reading.dates import find_date
from app.reading.markup import linked_data
from app.reading.names import names_in
from app.reading.notices import DISCLAIMER, NOTICE

_LONGEST_HEADLINE = 300
_LONGEST_DESCRIPTION = 1_000
_ARTICLE = re.compile(r"(?:article|posting|report|review|story)$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|»·•–—-]\s+|\s*[|»]\s*|\s+::\s+")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]\d)[/-]([0-3]\d)(?=[/-]|$)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|autor|autora|auteur|firma|signature)s?(?:[\s_-]|$|name|link)", re.IGNORECASE
)
_NOT_BYLINE = re.compile(r"bio|avatar|image|photo|social|comment|related|box|date|follow", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of its article; None or empty where it says nothing that can be trusted."""

    headline: str | None
    headlines: tuple[str, ...]
    """All forms of the headline."""
    authors: tuple[str, ...]
    authors_sure: bool
    """Whether two places name the same authors, or the article's own linked data and nothing contradicts it."""
    publisher: str | None
    date_published: date | datetime | None
    description: str | None
    canonical_url: str | None


def metadata_of(tree: HtmlElement, url: str) -> Metadata:
    """Read the metadata off a whole page, code included. Raises nothing of its own."""
    metas = _metas(tree)
    objects = linked_data(tree)
    articles = [thing for thing in objects if any(_ARTICLE.search(name) for name in _words(thing.get("@type")))]
    publisher = _publisher(articles, objects, metas)
    headlines = _headlines(tree, articles, metas, publisher)
    authors, sure = _authors(tree, articles, metas, publisher)
    return Metadata(
        headline=_agreed(headlines),
        headlines=tuple(dict.fromkeys(headlines)),
        authors=authors,
        authors_sure=sure,
        publisher=publisher,
        date_published=_published(tree, articles, metas, url),
        description=_description(articles, metas),
        canonical_url=_canonical(tree, metas, url),
    )


def moment_of(text: str) -> date | datetime | None:
    """Return the moment with its own offset, or the day where no offset is said; None for what is no date. Never raises."""
    text = text.strip()[:60]
    try:
        moment = datetime.fromisoformat(text) if _DAY.match(text) else parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return find_date(text)
    return (moment if moment.tzinfo and len(text) > 10 else moment.date()) if moment.year >= 1800 else None


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in list(tree.iter("meta"))[:400]:
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = _clean(meta.get("content"))
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


def _headlines(
    tree: HtmlElement, articles: list[dict[str, Any]], metas: dict[str, list[str]], publisher: str | None
) -> list[str]:
    """Return the forms of the headline, the most trusted first."""
    said = [text for article in articles[:3] if (text := _clean(article.get("headline")))]
    said += _first(metas, "og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
    said += [text for h1 in list(tree.iter("h1"))[:4] if (text := _clean(h1.text_content()))]
    said += [text for title in list(tree.iter("title"))[:1] if (text := _clean(title.text_content()))]
    whole = {plain(text) for text in said}
    forms = [_without_site(text, whole, publisher) for text in said]
    return [form for form in forms if 4 <= len(form) <= _LONGEST_HEADLINE]


def _without_site(title: str, others: set[str], publisher: str | None) -> str:
    """Take the site's name off a title: what follows or leads, where the rest is what another place says, or it is the publisher."""
    for cut in reversed(list(_SEPARATOR.finditer(title))):
        head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
        if head and (plain(head) in others or (publisher and plain(tail) == plain(publisher))):
            return head
        if tail and (plain(tail) in others or (publisher and plain(head) == plain(publisher))):
            return tail
    return title


def _agreed(forms: list[str]) -> str | None:
    """Return the form that most places agree on; the most trusted of those."""
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


def _authors(
    tree: HtmlElement, articles: list[dict[str, Any]], metas: dict[str, list[str]], publisher: str | None
) -> tuple[tuple[str, ...], bool]:
    """Return the authors and whether they are sure. Where places contradict each other, the visible page is not believed."""
    linked = _unique(names_in(name, publisher) for article in articles[:2] for name in _people(article.get("author")))
    tagged = _unique(
        names_in(name, publisher)
        for key in (
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "og:article:author",
        )
        for name in metas.get(key, [])
    )
    shown = _unique(names_in(text, publisher) for text in _bylines(tree))
    for names, others in ((linked, (tagged, shown)), (tagged, (shown,)), (shown, ())):
        if names:
            told = [{plain(name) for name in other} for other in others if other]
            own = {plain(name) for name in names}
            agreed = any(own & other for other in told)
            contradicted = any(not own & other for other in told)
            return names, agreed or (names is linked and not contradicted)
    return (), False


def _bylines(tree: HtmlElement) -> Iterator[str]:
    """Yield texts of the visible bylines above or under the article, not those of other articles' teasers."""
    looked_at = tree.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(@class,'y') or contains(@class,'u') or contains(@class,'irma')]"
    )
    found = 0
    for element in looked_at:
        name = element.get("class") or ""
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if (not marked and (not _BYLINE_CLASS.search(name) or _NOT_BYLINE.search(name))) or len(element) > 12:
            continue
        text = _clean(" ".join(islice(element.itertext(), 40)))
        if text and len(text) <= 160:
            yield text
            found += 1
        if found >= 3:
            return


def _people(value: Any) -> Iterator[str]:
    """Yield the names of persons in schema.org's author: text, an object, or a list of either."""
    for one in _listed(value)[:12]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and "Organization" not in _words(one.get("@type")):
            yield from _words(one.get("name"))


def _publisher(
    articles: list[dict[str, Any]], objects: list[dict[str, Any]], metas: dict[str, list[str]]
) -> str | None:
    named = [
        _clean(name)
        for article in articles[:3]
        for one in _listed(article.get("publisher"))
        for name in (_words(one.get("name")) if isinstance(one, dict) else _words(one))
    ]
    organizations = [
        _clean(name)
        for thing in objects
        if {"NewsMediaOrganization", "WebSite"} & set(_words(thing.get("@type")))
        for name in _words(thing.get("name"))
    ]
    said = (
        _first(metas, "og:site_name")
        + [name for name in (*named, *organizations) if name]
        + _first(metas, "application-name")
    )
    shortened = (re.split(r"\s+[|»·]\s+", name)[0] for name in said)
    return next((name for name in shortened if 2 <= len(name) <= 80 and "://" not in name and name[0] != "@"), None)


def _published(
    tree: HtmlElement, articles: list[dict[str, Any]], metas: dict[str, list[str]], url: str
) -> date | datetime | None:
    """Return what the page says in its markup, else in its address, else what htmldate reads off the visible page."""
    said = [text for article in articles[:3] for text in _words(article.get("datePublished"))]
    said += _first(
        metas, "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
        "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publish-date", "publishdate", "date",
    )  # fmt: skip
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished' or contains(@class,'publish')]/@datetime")
    said += [*marked, *tree.xpath("//*[@itemprop='datePublished']/@content")][:3]
    said += tree.xpath("(//article//time | //main//time | //header//time)/@datetime")[:1]
    said += ["-".join(match.groups()) for match in _IN_ADDRESS.finditer(url)]
    for text in said:
        moment = moment_of(str(text))
        if moment is not None:
            return moment
    guessed = htmldate.find_date(tree, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    return date.fromisoformat(guessed) if guessed else None


def _description(articles: list[dict[str, Any]], metas: dict[str, list[str]]) -> str | None:
    """Return the publisher's own description, unless it is a plea, a notice or a disclaimer."""
    said = [text for article in articles[:2] if (text := _clean(article.get("description")))]
    for text in (
        _first(metas, "og:description") + said + _first(metas, "description", "twitter:description", "dc.description")
    ):
        if (
            30 <= len(text) <= _LONGEST_DESCRIPTION
            and not is_aside(text)
            and not NOTICE.search(text)
            and not DISCLAIMER.search(text)
        ):
            return text
    return None


def _canonical(tree: HtmlElement, metas: dict[str, list[str]], url: str) -> str | None:
    """Return the address that the page calls its own; a site's front page is none."""
    said = [*tree.xpath("//link[translate(@rel,'CANONIL','canonil')='canonical']/@href")[:1], *_first(metas, "og:url")]
    for text in said:
        try:
            address = urljoin(url, str(text).strip())
            parts = urlsplit(address)
            front = parts.path in ("", "/") and not parts.query
            if parts.scheme in ("http", "https") and parts.hostname and (not front or urlsplit(url).path in ("", "/")):
                return address
        except ValueError:
            continue
    return None


def _first(metas: dict[str, list[str]], *keys: str) -> list[str]:
    return [metas[key][0] for key in keys if key in metas]


def _unique(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return names once each; the one with accents and capitals as first met."""
    return tuple({plain(name): name for names in reversed(list(found)) for name in reversed(names)}.values())[::-1][:12]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _words(value: Any) -> list[str]:
    return [one for one in _listed(value) if isinstance(one, str)]


def _clean(value: Any) -> str:
    """Return one line of text without markup or entities, of a size that somebody would write."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(value[:4_000])
    return " ".join(re.sub(r"<[^<>]{0,200}>", " ", text).split())
