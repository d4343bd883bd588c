"""The headline of an article, without the site's name, from the visible page, linked data, Open Graph and the title.

Readers see a heading, and search engines often get another title. A declared headline that is also a heading is right; without one,
the heading of the article is; and without a heading, the text in most places.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from app.later import lxml_html
from app.reading.fields import clean, first
from app.reading.lines import Line, plain

_LONGEST = 300
_MOST_HEADINGS = 8
_FEWEST_WORDS = 4
"""A lone heading of fewer words may be the name of the site or a section."""

_SEPARATOR = re.compile(r"\s+[|»·•–—-]\s+|\s*[|»]\s*|\s+::\s+|:\s+")
_CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.)$")
_TAGS = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")


class Sites:
    """Recognizes the name of the site: as it declares it, as its address has it, or as the title adds it to a heading."""

    def __init__(self, tree: "lxml_html.HtmlElement", publisher: str | None, url: str) -> None:
        """Learn the names from a page at `url` with a declared publisher."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        self._names = {plain(publisher or "")}
        self._hosts = {host.rpartition(".")[0].replace("-", ""), host.partition(".")[0].replace("-", "")}
        headings = {plain(heading.text_content()) for heading in islice(tree.iter("h1", "h2"), _MOST_HEADINGS)}
        for title in islice(tree.iter("title"), 1):
            text = clean(title.text_content())
            for cut in _cuts(text):
                head, tail = plain(text[: cut.start()]), plain(text[cut.end() :])
                self._names |= ({tail} if head in headings else set()) | ({head} if tail in headings else set())

    def named(self, text: str) -> bool:
        """Return whether a text is the name of the site."""
        text = plain(text)
        return bool(text) and (text in self._names or "".join(filter(str.isalnum, text)) in self._hosts)


def headlines_of(
    tree: "lxml_html.HtmlElement", articles: list[dict[str, Any]], metas: dict[str, list[str]], sites: Sites
) -> tuple[str, ...]:
    """Return the headline, followed by its other variants; empty if there is none.

    `articles` are the objects in linked data that describe an article.
    """
    headings = [text for h1 in list(tree.iter("h1"))[:4] if (text := clean(h1.text_content()))]
    linked = [text for article in articles[:3] if (text := clean(article.get("headline")))]
    tagged = first(metas, *_TAGS)
    titles = [text for title in list(tree.iter("title"))[:1] if (text := clean(title.text_content()))]
    texts = [*linked, *tagged, *headings, *titles]
    whole = {plain(text) for text in texts}
    named = [(text, form) for text in texts if 4 <= len(form := _without_site(text, whole, sites)) <= _LONGEST]
    forms = _completed([form for _, form in named])
    seen = {plain(form) for (text, _), form in zip(named, forms, strict=True) if text in headings}
    declared = [form for (text, _), form in zip(named, forms, strict=True) if text in linked or text in tagged[:1]]
    best = next((form for form in declared if plain(form) in seen and not sites.named(form)), None)
    best = best or _more_exact(_lone_heading(tree, sites), _agreed(forms))
    return tuple(dict.fromkeys([best, *forms])) if best else ()


def _without_site(title: str, others: set[str], sites: Sites) -> str:
    """Remove the site's name from a title: the part before or after a separator that no other source has."""
    for cut in reversed(list(_cuts(title))):
        head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
        if plain(head) in others or sites.named(tail):
            return head
        if plain(tail) in others or sites.named(head):
            return tail
    return title


def _cuts(title: str) -> Iterator[re.Match[str]]:
    """Yield the separators with text on both sides; a guillemet that closes a quotation is none."""
    for cut in _SEPARATOR.finditer(title if len(title) <= 2 * _LONGEST else ""):
        head, tail = title[: cut.start()], title[cut.end() :]
        if plain(head) and plain(tail) and not ("»" in cut[0] and head.count("«") > head.count("»")):
            yield cut


def _completed(forms: list[str]) -> list[str]:
    """Replace each variant that was cut short by the one that goes on."""
    return [next((one for one in forms if _goes_on(form, one)), form) for form in forms]


def _goes_on(form: str, other: str) -> bool:
    short = _CUT_SHORT.sub("", form)
    return form not in (short, other) and len(other) >= len(short) and plain(other).startswith(plain(short))


def _lone_heading(tree: "lxml_html.HtmlElement", sites: Sites) -> str | None:
    """Return the only heading of the first order in the article, or on the page, if it is long enough for a headline."""
    for place in ("//article//h1 | //main//h1", "//h1"):
        found = [clean(heading.text_content()) for heading in islice(tree.xpath(place), 3)]
        if len(found) == 1 and Line(found[0], "head").words >= _FEWEST_WORDS and len(found[0]) <= _LONGEST:
            return None if sites.named(found[0]) else found[0]
    return None


def _more_exact(heading: str | None, agreed: str | None) -> str | None:
    """Return the heading, unless it is the agreed headline together with a label or a button."""
    return agreed if heading is None or (agreed and plain(agreed) in plain(heading)) else heading


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
