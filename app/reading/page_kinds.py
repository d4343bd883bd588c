"""Tells pages that are no articles, or only parts of one, from articles.

Data that publishers declare comes first. Otherwise it is decided by how much of a page is text, links and headlines, where its address
leads, and by the scripts and names that services put on pages that check a visitor.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.later import lxml_html
from app.reading.lines import Line, count_sentences, plain, text_of
from app.reading.markup import linked_data


class PageKind(StrEnum):
    """What a page is."""

    ARTICLE = "article"
    PAYWALL = "paywall"
    """An article that its publisher does not show to everyone, so that a part may be missing."""
    LIVE_BLOG = "live_blog"
    """Updates of one event, each with its time."""
    PDF = "pdf"
    COOKIE_WALL = "cookie_wall"
    CHALLENGE = "challenge"
    """A check whether the visitor is a person."""
    ERROR_PAGE = "error_page"
    FRONT_PAGE = "front_page"
    LINK_LIST = "link_list"
    """Headlines and teasers of a section, a topic, or a search."""


NO_ARTICLES = frozenset(
    {PageKind.COOKIE_WALL, PageKind.CHALLENGE, PageKind.ERROR_PAGE, PageKind.FRONT_PAGE, PageKind.LINK_LIST}
)
"""Pages whose text is not that of an article."""

_LITTLE = 120
"""Words. What checks, walls and errors say at most; an article that is shorter has no such marks."""
_FEW_UPDATES = 4
_MOST_ELEMENTS = 6_000
_FEW_HEADLINES = 6
_FEW_SENTENCES = 4
_MOST_LINKS = 1_000
_HEADLINE = 4
"""Words."""
_MORE = 30
"""Characters."""
_LONGEST_TEASER = 150
"""Words."""
_PART_OF_A_LIST = 0.6
"""The share of what was taken for the text that stands below linked headlines on a list."""
_CHALLENGES = re.compile(
    r"cdn-cgi/challenge-platform|_cf_chl_opt|challenges\.cloudflare\.com|captcha-delivery\.com|_Incapsula_Resource|px-captcha|anubis_challenge"
    r"|awswaf\.com|sucuri_cloudproxy|ddos-guard|geetest|g-recaptcha|h-captcha|hcaptcha\.com|recaptcha/api|friendlycaptcha|altcha|kasada|__imp_apg__"
)
_COOKIE = re.compile(r"\bcookies?\b|\bgaletes\b", re.IGNORECASE)
_STATUS = re.compile(
    r"^\W*(?:(?:error|http)\W{0,3})?(?:40[0-9]|410|451|50[0-4]|52[0-9])(?:\W*$|\W+\D{0,60}$)", re.IGNORECASE
)
_ERROR = re.compile(
    r"\b(?:not found|no longer (?:exists|available)|does(?: not|n['’]t) exist|bad gateway|service unavailable|database (?:error|connection)"
    r"|no (?:se )?(?:encontrad[ao]|encontró|existe)|não (?:foi )?(?:encontrad[ao]|existe)|introuvable|n['’]existe p(?:as|lus)|nicht gefunden"
    r"|existiert nicht|non (?:è stata )?trovat[ao]|non esiste|no s['’]ha trobat|no existeix)\b",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"^/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:index\.\w{2,5}|home/?|inicio/?|default\.aspx?)?$", re.IGNORECASE
)
_CLOCK = re.compile(
    r"^\W*(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:h|hrs?|am|pm|a\.\s?m\.|p\.\s?m\.|uhr)?|\d{1,2}\s*(?:am|pm))\W*$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|respuesta|reply|disqus", re.IGNORECASE)
_DECLARED = "//meta[@property='og:type' and @content='article'] | //meta[@property='article:published_time'] | //*[@itemprop='articleBody']"
_LISTS = frozenset({"collectionpage", "searchresultspage", "itemlist"})
_ARTICLES = re.compile(r"article|posting|report|webpageelement|creativework|review|analysis|opinion", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page declares about itself, before its scripts are removed."""

    checks_visitors: bool
    is_paid: bool
    is_live: bool
    is_list: bool
    is_article: bool


def signs_of(tree: "lxml_html.HtmlElement") -> Signs:
    """Return what a page declares about itself."""
    objects = linked_data(tree)
    types = {kind.lower() for one in objects for kind in _strings(one.get("@type"))}
    return Signs(
        checks_visitors=any(_CHALLENGES.search(mark) for mark in _marks(tree)),
        is_paid=any(_is_paid(one) for one in objects) or _is_marked_as_paid(tree),
        is_live="liveblogposting" in types,
        is_list=bool(types & _LISTS) and not any(map(_ARTICLES.search, types)),
        is_article=any(map(_ARTICLES.search, types)) or bool(tree.xpath(_DECLARED)),
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """What the visible part of a page consists of."""

    text: str
    names_an_error: bool
    sentences_beside: int
    """The number of sentences next to the headline that names an error."""
    updates: int
    headlines: int
    """The number of headlines that lead to other pages."""
    teasers: frozenset[str]
    """The words of the parts of the page with such a headline and a short text."""


def outline_of(tree: "lxml_html.HtmlElement") -> Outline:
    """Return the outline of a page without scripts."""
    names = [(one, text_of(one)[:200]) for one in islice(tree.iter("title", "h1", "h2"), 4)]
    errors = [one for one, name in names if _STATUS.match(name) or (_ERROR.search(name) and len(name.split()) <= 12)]
    beside = next((one.getparent() for one in errors if one.tag != "title"), tree)
    links = [
        link
        for link in islice(tree.iter("a"), _MOST_LINKS)
        if len(text_of(link).split()) >= _HEADLINE and not _is_in_text(link)
    ]
    return Outline(
        text=text_of(tree),
        names_an_error=bool(errors),
        sentences_beside=count_sentences(text_of(beside)) if errors and beside is not None else 0,
        updates=_updates(tree),
        headlines=len(links),
        teasers=frozenset(text for link in links if (text := _teaser(link))),
    )


def kind_of(signs: Signs, outline: Outline, url: str, lines: list[Line]) -> PageKind:
    """Return what a page is, by what it declares, its outline and the lines of its text."""
    words = len(outline.text.split())
    prose = [line for line in lines if line.is_prose]
    if signs.checks_visitors and words < _LITTLE:
        return PageKind.CHALLENGE
    if outline.names_an_error and (
        sum(line.words for line in prose) < _LITTLE or outline.sentences_beside <= _FEW_SENTENCES
    ):
        return PageKind.ERROR_PAGE
    if words < 3 * _LITTLE and _is_about_cookies(prose or lines, outline.text):
        return PageKind.COOKIE_WALL
    if signs.is_live or outline.updates >= _FEW_UPDATES:
        return PageKind.LIVE_BLOG
    if signs.is_list or (not signs.is_article and _is_of_teasers(outline, prose)):
        return PageKind.FRONT_PAGE if _HOME.match(urlsplit(url).path) and not _searches(url) else PageKind.LINK_LIST
    return PageKind.PAYWALL if signs.is_paid else PageKind.ARTICLE


def _strings(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _marks(tree: "lxml_html.HtmlElement") -> Iterator[str]:
    """Yield what services that check visitors leave in a page: addresses, names and the beginnings of scripts."""
    for element in islice(tree.iter("script", "iframe", "div", "form", "input", "noscript"), _MOST_ELEMENTS):
        yield from (element.get(name) or "" for name in ("src", "id", "class"))
        if element.tag == "script" and element.text:
            yield element.text[:5_000]


def _is_paid(value: dict[str, Any]) -> bool:
    free = value.get("isAccessibleForFree")
    return free is False or (isinstance(free, str) and free.lower().rstrip("/").rsplit("/", 1)[-1] in ("false", "no"))


def _is_marked_as_paid(tree: "lxml_html.HtmlElement") -> bool:
    tiers = tree.xpath("//meta[@property='article:content_tier' or @name='article:content_tier']/@content")
    if any(str(tier).lower() in ("locked", "metered") for tier in tiers):
        return True
    free = tree.xpath("//*[@itemprop='isAccessibleForFree']")
    return any(_is_paid({"isAccessibleForFree": one.get("content") or text_of(one)}) for one in free)


def _is_about_cookies(lines: list[Line], shown: str) -> bool:
    """Return whether most of the few sentences of a page are about cookies."""
    sentences = [
        one for one in re.split(r"(?<=[.!?])\s", " ".join(line.text for line in lines) or shown) if len(one.split()) > 3
    ]
    return bool(sentences) and sum(bool(_COOKIE.search(one)) for one in sentences) >= len(sentences) / 2


def _updates(tree: "lxml_html.HtmlElement") -> int:
    """Return how many parts of a page begin with a time of day, outside of comments, and have sentences."""
    found = 0
    for element in islice(tree.iter("time", "strong", "b", "span", "h2", "h3", "h4", "p"), _MOST_ELEMENTS):
        if len(element) > 0 or not element.text or len(element.text) > 20 or not _CLOCK.match(element.text):
            continue
        box = next(
            (one for one in element.iterancestors("article", "div", "section", "li", "p") if len(text_of(one)) > 60),
            None,
        )
        names = (
            ""
            if box is None
            else " ".join(f"{one.get('class')} {one.get('id')}" for one in (box, *islice(box.iterancestors(), 3)))
        )
        if (
            box is not None
            and count_sentences(text_of(box)) >= 1
            and not _COMMENTS.search(names)
            and not _is_linked(box)
        ):
            found += len(text_of(box)) < 3_000
    return found


def _is_linked(box: "lxml_html.HtmlElement") -> bool:
    """Return whether the headline of a part leads to another page, as in a list of news."""
    return any(len(text_of(link).split()) >= 4 for link in box.iter("a"))


def _is_of_teasers(outline: Outline, prose: list[Line]) -> bool:
    """Return whether a page has many linked headlines, and what was taken for its text stands below them."""
    if outline.headlines < _FEW_HEADLINES:
        return False
    words = sum(line.words for line in prose)
    if words < _LITTLE / 2:
        return outline.headlines >= 2 * _FEW_HEADLINES
    joined = "\n".join(outline.teasers)
    below = sum(line.words for line in prose if plain(line.text) in joined)
    return len(outline.teasers) >= _FEW_HEADLINES / 2 and below > _PART_OF_A_LIST * words


def _teaser(link: "lxml_html.HtmlElement") -> str:
    """Return the words of the smallest box around a linked headline that has more text, if no other headline is in it."""
    own = len(text_of(link))
    for box in islice(link.iterancestors("article", "div", "li", "section", "td"), 3):
        text = text_of(box)
        if len(text) > own + _MORE:
            others = [
                one
                for one in box.iter("a")
                if one is not link and len(text_of(one).split()) >= _HEADLINE and one.get("href") != link.get("href")
            ]
            return "" if others or len(text.split()) > _LONGEST_TEASER else plain(text)
    return ""


def _is_in_text(link: "lxml_html.HtmlElement") -> bool:
    """Return whether a link stands between words on the same line."""
    box, before = link.getparent(), link.getprevious()
    text = (box.text if before is None else before.tail) if box is not None else ""
    return len((text or "").split()) > 1 or len((link.tail or "").split()) > 1


def _searches(url: str) -> bool:
    return bool(parse_qs(urlsplit(url).query).keys() & {"s", "q", "search", "query", "busca", "buscar"})
