"""Where the headline stands on a page, and whether something belongs to its article or to others that the page points to."""

import re
from collections.abc import Iterator
from itertools import islice

from app.later import lxml_html
from app.reading.lines import plain

_MOST = 60
"""Headings of each order that are examined."""

_MOST_BOXES = 1_500
_HEADINGS = ("h1", "h2", "h3", "h4")
_BOXES = ("div", "p", "span", "td", "font", "b", "strong")
_ELSEWHERE = frozenset({"aside", "nav", "footer"})
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:related|relacionad\w+|relacionats|recommend\w*|sidebar|side|aside|teasers?|cards?|comments?|comentarios?|commentaires?"
    r"|respond|latest|recents?|recientes|trending|popular|promo\w*|columnists?|columnistas|footer|menu|nav|carousel|ticker|most)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_OF_AN_AUTHOR = re.compile(r"auth|autor|auteur|by-?line|firma|signature", re.IGNORECASE)


def heading_of(tree: "lxml_html.HtmlElement", headline: str | None) -> "lxml_html.HtmlElement | None":
    """Return the element that shows the headline: a heading, else another element with the same text, else the first h1."""
    wanted = plain(headline or "")
    if wanted:
        for name in _HEADINGS:
            for heading in islice(tree.iter(name), _MOST):
                if plain(heading.text_content()[:1_000]) == wanted:
                    return heading
        for box in islice(tree.iter(*_BOXES), _MOST_BOXES):
            if box.text and len(box) == 0 and plain(box.text[:1_000]) == wanted:
                return box
    return next(tree.iter("h1"), None)


def belongs_to_others(element: "lxml_html.HtmlElement", heading: "lxml_html.HtmlElement | None") -> bool:
    """Return whether an element stands in a part of the page without the headline that is about other articles or by readers."""
    around = set() if heading is None else set(heading.iterancestors())
    for ancestor in element.iterancestors():
        if ancestor in around or ancestor.tag in ("body", "html"):
            return False
        if ancestor.tag in _ELSEWHERE:
            return True
        name = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if _OTHERS.search(name) and not _OF_AN_AUTHOR.search(name):
            return True
        if heading is not None and _is_a_teaser(ancestor, element):
            return True
    return False


def _is_a_teaser(box: "lxml_html.HtmlElement", element: "lxml_html.HtmlElement") -> bool:
    """Return whether a box has a heading of its own that is not part of what is examined."""
    own = plain(element.text_content()[:400])
    return any(
        (text := plain(heading.text_content()[:400])) and text not in own and own not in text
        for heading in islice(box.iter("h2", "h3", "h4", "h5"), 3)
    )


def lines_after(heading: "lxml_html.HtmlElement", most: int) -> Iterator[str]:
    """Yield the short lines between the headline and the first paragraph."""
    for element in islice(heading.xpath(f"following::*[position() <= {3 * most}]"), 3 * most):
        if len(element) > most or not isinstance(element.tag, str):
            continue
        text = " ".join(element.text_content().split())
        if element.tag == "p" and len(text) > _PARAGRAPH:
            return
        if text and len(text) <= _LONGEST_LINE:
            yield text


_PARAGRAPH = 200
_LONGEST_LINE = 120
