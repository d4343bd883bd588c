"""The body of an article's page: what trafilatura chooses, line by line, freed of what it takes along by mistake.

Measured on 181 pages (benchmarks/articles.py): trafilatura's fast way is better than its default on nearly all of them, and
its default is needed where the fast one finds little or a wall of links.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import trafilatura
from lxml.etree import _Element
from lxml.html import HtmlElement

from app.reading.asides import says_nothing

_LINK = 25
"""Words; a paragraph that is nothing but one link and longer than this is text."""

_ENOUGH = 250
"""Characters that a body has, or trafilatura is asked again in its slower and more forgiving way."""

_HIDDEN = re.compile(
    r"(rollover|tooltip|popover|hover-?card)[\w-]*(block|content|text|body|box|inner)|\bsr-only\b|visually-?hidden|screen-?reader",
    re.IGNORECASE,
)
_BODY = re.compile(r"body|content|text|article|story|entry|post|chunk", re.IGNORECASE)
_NOT_BODY = re.compile(r"comment|reply|disqus|teaser|related|promo|card", re.IGNORECASE)
_INLINE = ("ref", "hi", "del")
_ENDS = re.compile(r"[.!?…\"”»)]$")
_ADDRESS = re.compile(r"^\S*(://|www\.|@)\S*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading, item of a list or row of a table, as it stands on the page."""

    text: str
    tag: str
    """trafilatura's: p, head, list, table, quote."""
    linked: int = 0
    """Characters of it that are links."""

    @property
    def sends_elsewhere(self) -> bool:
        """Whether it is nothing but a link and no sentence: another article's headline among the paragraphs."""
        words = len(self.text.split())
        if self.linked < 0.9 * len(self.text) or not 4 <= words <= _LINK or _ADDRESS.match(self.text):
            return False
        return self.tag == "list" or (self.tag == "p" and not _ENDS.search(self.text))


def body_of(tree: HtmlElement, headlines: frozenset[str] = frozenset()) -> list[Line]:
    """Return the lines of the body in their order; `tree` is changed.

    `headlines` are forms of the headline that the page gives elsewhere (see `plain`): repeated above the text, they are left out,
    and so is the standfirst under them. Raises what trafilatura raises.
    """
    _drop_hidden(tree)
    _join_split_bodies(tree)
    lines = _lines_from(tree, fast=True)
    if sum(len(line.text) for line in lines) < _ENOUGH or _linked_share(lines) > 0.5:
        others = _lines_from(tree, fast=False)
        if not lines or (others and _linked_share(others) < _linked_share(lines)):
            lines = others
    lines = [line for line in lines if not line.sends_elsewhere and not says_nothing(line.text)]
    return _without_headings_at_the_ends(lines, headlines)


def plain(text: str) -> str:
    """Return the words of a text alone, in small letters: two headlines that differ in dashes are the same."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _without_headings_at_the_ends(lines: list[Line], headlines: frozenset[str]) -> list[Line]:
    top = [line for line in lines[:5] if plain(line.text) not in headlines]
    lines = top + lines[5:]
    while lines and lines[-1].tag == "head":
        lines.pop()
    first = next((position for position, line in enumerate(lines[:3]) if line.tag != "head"), 0)
    return lines[first:]


def _lines_from(tree: HtmlElement, *, fast: bool) -> list[Line]:
    document = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, include_links=True)
    body = getattr(document, "body", None)
    return [] if body is None else [*_lines(body)]


def _lines(body: _Element) -> Iterator[Line]:
    """Yield the lines of trafilatura's tree; inline elements that lost their paragraph become one again."""
    loose: list[tuple[str | None, bool]] = []
    for element in body:
        tag = str(element.tag)
        if tag in _INLINE:
            loose += [*_pieces(element, in_link=False), (element.tail or "", False)]
            continue
        yield from _split(loose, "p")
        loose = []
        for part in element.iter("item", "row") if tag in ("list", "table") else (element,):
            yield from _split(_pieces(part, in_link=False), tag)
        if element.tail and element.tail.strip():
            loose = [(element.tail, False)]
    yield from _split(loose, "p")


def _split(pieces: list[tuple[str | None, bool]] | Iterator[tuple[str | None, bool]], tag: str) -> Iterator[Line]:
    """Yield one line for what stands between two breaks."""
    text, linked = "", 0
    for piece, in_link in [*pieces, (None, False)]:
        if piece is not None:
            text += piece
            linked += len(" ".join(piece.split())) if in_link else 0
        elif line := " ".join(text.split()):
            yield Line(line, tag, linked)
            text, linked = "", 0


def _pieces(element: _Element, *, in_link: bool) -> Iterator[tuple[str | None, bool]]:
    """Yield texts and whether they are links; None for a break. Items within items are lines of their own."""
    inside = in_link or element.tag == "ref"
    if element.text:
        yield element.text, inside
    for child in element:
        if child.tag in ("lb", "p", "quote"):
            yield None, False
        elif child.tag in ("cell", "list"):
            yield " ", False
        if child.tag != "item":
            yield from _pieces(child, in_link=inside)
        if child.tag in ("p", "quote"):
            yield None, False
        if child.tail:
            yield child.tail, inside


def _linked_share(lines: list[Line]) -> float:
    return sum(line.linked for line in lines) / max(1, sum(len(line.text) for line in lines))


def _drop_hidden(tree: HtmlElement) -> None:
    """Take out of paragraphs what shows only under a pointer or is only read aloud."""
    for element in tree.xpath("//p//*[@class]"):
        if _HIDDEN.search(element.get("class")) and element.getparent() is not None:
            element.drop_tree()


def _join_split_bodies(tree: HtmlElement) -> None:
    """Bring the paragraphs of a body together that advertisements part into several boxes of one class."""
    boxes: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        if _BODY.search(name) and not _NOT_BODY.search(name) and len(element.findall("p")) >= 2:
            boxes[str(element.tag), name].append(element)
    for first, *others in boxes.values():
        home = _home(first)
        if not others or home is None or len([*home.iter("h1")]) > 1:
            continue
        for other in others:
            if _home(other) is home and first not in other.iterancestors():
                first.extend(list(other))


def _home(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("article", "main", "body"), None)
