"""The authors of an article, from the page's linked data, meta tags and visible byline."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from app.later import lxml_html
from app.reading.fields import clean, listed, words
from app.reading.heading import belongs_to_others, lines_after
from app.reading.headlines import Sites
from app.reading.lines import plain
from app.reading.names import is_unspaced, names_in, says_by

_MOST = 12
_MOST_MARKED = 600
_NEAR = 12
"""Lines after the headline that may be a byline without a class."""

_TAGS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author", "byl",
    "og:article:author",
)  # fmt: skip
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|autor|autora|auteur|firma|signature)s?(?:[\s_-]|$|name|link)", re.IGNORECASE
)
_NOT_BYLINE = re.compile(r"bio|avatar|image|photo|social|comment|related|box|date|follow|transl|tradu", re.IGNORECASE)
_MARKED = (
    "descendant-or-self::*[@rel='author' or @itemprop='author' or contains(@class,'y') or contains(@class,'u') "
    "or contains(@class,'irma')]"
)


def authors_of(
    tree: "lxml_html.HtmlElement",
    url: str,
    articles: list[dict[str, Any]],
    objects: list[dict[str, Any]],
    metas: dict[str, list[str]],
    publisher: str | None,
    sites: Sites,
    heading: "lxml_html.HtmlElement | None",
) -> tuple[tuple[str, ...], bool]:
    """Return the authors and whether they are certain: two sources agree, or linked data is not contradicted.

    `articles` are the `objects` in linked data that describe an article, and `heading` shows the headline. If sources contradict each other, the visible
    byline is ignored. A single-word name counts only if linked data marks it as a person or two sources give it.
    """
    claimed = [one for article in articles[:2] for one in _claimed(article.get("author"), objects)]
    persons = {plain(name) for name, is_person in claimed if is_person}
    linked = _unique(names_in(name, publisher, single=True) for name, _ in claimed)
    tagged = _unique(names_in(name, publisher, single=True) for key in _TAGS for name in metas.get(key, []))
    shown = _unique(names_in(text, publisher, single=True, shown=True) for text in _bylines(tree, heading))
    shown = shown or _signed_after(heading, publisher)
    places = [{plain(name) for name in names} for names in (linked, tagged, shown)]
    host = (urlsplit(url).hostname or "").replace("-", "")

    def stands(name: str) -> bool:
        word = plain(name)
        alone = " " not in name and not is_unspaced(name)
        if sites.named(name) and not (word in persons and word in places[2]):
            return False
        return not alone or (word not in host and (word in persons or sum(word in place for place in places) > 1))

    return _believed(*(tuple(filter(stands, names)) for names in (linked, tagged, shown)))


def _believed(linked: tuple[str, ...], tagged: tuple[str, ...], shown: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    for names, others in ((linked, (tagged, shown)), (tagged, (shown,)), (shown, ())):
        if names:
            claims = [{plain(name) for name in other} for other in others if other]
            own = {plain(name) for name in names}
            agreed = any(own & other for other in claims)
            contradicted = any(not own & other for other in claims)
            return names, agreed or (names is linked and not contradicted)
    return (), False


def _claimed(value: Any, objects: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Yield names in a schema.org author, and whether each is marked as a person; organizations are left out."""
    for one in listed(value)[:_MOST]:
        if isinstance(one, str):
            yield one, False
        elif isinstance(one, dict):
            described = one if one.get("name") or one.get("familyName") else _described(one.get("@id"), objects) or one
            kinds = words(described.get("@type"))
            if not any("Organization" in kind for kind in kinds):
                parts = [*words(described.get("givenName"))[:1], *words(described.get("familyName"))[:1]]
                for name in list(filter(None, words(described.get("name")))) or [" ".join(parts)]:
                    yield name, "Person" in kinds


def _described(identity: Any, objects: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the object that linked data describes elsewhere under an @id."""
    found = (
        thing
        for thing in objects
        if isinstance(identity, str) and thing.get("@id") == identity and {"name", "familyName"} & set(thing)
    )
    return next(found, {})


def _bylines(tree: "lxml_html.HtmlElement", heading: "lxml_html.HtmlElement | None") -> list[str]:
    """Return the visible bylines in the headline's article, or else those of the whole page; those of other articles are left out."""
    home = None if heading is None else next(heading.iterancestors("article", "main"), None)
    for place in (home, tree):
        found = [] if place is None else list(islice(_marked_in(place, heading), 3))
        if found:
            return found
    return []


def _signed_after(heading: "lxml_html.HtmlElement | None", publisher: str | None) -> tuple[str, ...]:
    """Return the authors in the first line after the headline that says "by", though no class marks it."""
    lines = () if heading is None else lines_after(heading, _NEAR)
    found = (names_in(line, publisher, shown=True) for line in lines if says_by(line))
    return next((names for names in found if names), ())


def _marked_in(home: "lxml_html.HtmlElement", heading: "lxml_html.HtmlElement | None") -> Iterator[str]:
    for element in islice(home.xpath(_MARKED), _MOST_MARKED):
        name = element.get("class") or ""
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if _NOT_BYLINE.search(name) if marked else not _BYLINE_CLASS.search(name) or _NOT_BYLINE.search(name):
            continue
        text = clean(" ".join(islice(element.itertext(), 40))) if len(element) <= _MOST else ""
        if text and len(text) <= 160 and not belongs_to_others(element, heading):
            yield text


def _unique(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return each name once, with accents and capitals as first found."""
    return tuple({plain(name): name for names in reversed(list(found)) for name in reversed(names)}.values())[::-1][
        :_MOST
    ]
