"""Lines of an article's body (paragraphs, list items and table rows) as trafilatura extracts them, fast or slow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.later import etree, lxml_html, trafilatura

_LINK = 25
"""Words. A longer paragraph counts as text even if it is a single link."""

_FEW = 6
"""Words. A shorter line is not a sentence."""

_INLINE = ("ref", "hi", "del")
_ENDS = re.compile(r"[.!?…。！？｡।؟۔։።\"”’»)]$")
_SENTENCE_END = re.compile(r"[.!?…؟۔։።]+[\"”’»)\]]*(?=\s|$)|[。！？｡।]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ADDRESS = re.compile(r"^\S*(://|www\.|@)\S*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading, list item or table row of the page."""

    text: str
    tag: str
    """The tag in trafilatura's output: p, head, list, table, quote."""
    linked: int = 0
    """The number of characters in links."""

    @property
    def words(self) -> int:
        """The number of words; in a script without spaces, two letters count as one word."""
        return max(len(self.text.split()), len(_UNSPACED.findall(self.text)) // 2)

    @property
    def sentences(self) -> int:
        """The number of sentences that end in it."""
        return count_sentences(self.text)

    @property
    def is_prose(self) -> bool:
        """Whether it consists of sentences: it ends like one, and most of it is not a link."""
        return bool(_ENDS.search(self.text[-3:])) and self.linked < len(self.text) / 2 and self.words >= _FEW

    @property
    def sends_elsewhere(self) -> bool:
        """Whether it is only a link and not a sentence, such as another article's headline."""
        words = len(self.text.split())
        if self.linked < 0.9 * len(self.text) or not 4 <= words <= _LINK or _ADDRESS.match(self.text):
            return False
        return self.tag == "list" or (self.tag in ("p", "table") and not _ENDS.search(self.text))


def text_of(element: "lxml_html.HtmlElement") -> str:
    """Return the text of an element on one line, with a space between its parts."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def count_sentences(text: str) -> int:
    """Return the number of sentences that end in a text, by punctuation."""
    return len(_SENTENCE_END.findall(text))


def plain(text: str) -> str:
    """Return only the words of a text, in lowercase, to compare headlines that differ in punctuation."""
    return " ".join(re.findall(r"\w+", text.lower()))


def lines_from(tree: "lxml_html.HtmlElement", *, fast: bool) -> list[Line]:
    """Return the text that trafilatura extracts from a page. Raises the exceptions of trafilatura."""
    document = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, include_links=True)
    body = getattr(document, "body", None)
    return [] if body is None else [*_lines(body)]


def _lines(body: "etree._Element") -> Iterator[Line]:
    """Yield the lines of trafilatura's output; inline elements outside a paragraph become one."""
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
    """Yield one line for the content between two breaks."""
    text, linked = "", 0
    for piece, in_link in [*pieces, (None, False)]:
        if piece is not None:
            text += piece
            linked += len(" ".join(piece.split())) if in_link else 0
        elif line := " ".join(text.split()):
            yield Line(line, tag, linked)
            text, linked = "", 0


def _pieces(element: "etree._Element", *, in_link: bool) -> Iterator[tuple[str | None, bool]]:
    """Yield texts and whether they are links; None for a break. Nested items are separate lines."""
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


def linked_share(lines: list[Line]) -> float:
    """Return the share of the lines' characters that are in links."""
    return sum(line.linked for line in lines) / max(1, sum(len(line.text) for line in lines))
