"""Adds paragraphs of an article that the extraction missed, found by their position on the page.

Extractors choose the best container of a page, but publishers split their texts into several: around advertisements,
with a lead in the header, or with a collapsed part. Sentences before or after the chosen paragraphs are therefore added
if they are in a container of the same kind, or in one next to it within the same article.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.later import lxml_html
from app.reading.choosing import held_share, runs_of
from app.reading.lines import Line, plain, text_of

_MOST_BLOCKS = 4_000
_LONGEST = 20_000
_SHORTEST = 30
"""Characters. A shorter block may occur twice on a page by chance."""

_SEVERAL = 2
"""Paragraphs. A single one in a container next to an article is usually a note."""

_TAKEN = ("p", "div", "li", "blockquote", "dd", "summary")
_BLOCKS = (
    "p", "div", "li", "blockquote", "pre", "dd", "td", "ul", "ol", "dl", "table", "section", "article", "figure", "h2", "h3", "h4",
)  # fmt: skip
_ASIDE_TAGS = frozenset({"nav", "aside", "footer", "form", "button", "figcaption", "figure", "label"})
_ASIDE = re.compile(
    r"nav|menu|comment|respon[ds]|related|teaser|promo|newsletter|subscri|sidebar|share|social|crumb|author|byline|bio\b|cookie|consent|banner"
    r"|advert|\bads?\b|[_-]ads?\b|\bad-|sponsor|caption|credit|tooltip|popup|modal|dialog|tags?\b|meta|recommend|trending|popular|latest"
    r"|more-|-more|outbrain|taboola|signup|donat|copyright|footer|timestamp|date\b|card|widget(?!-container|-text)|embed",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A block of sentences on the page that contains no other block."""

    box: "lxml_html.HtmlElement"
    """Its container."""
    line: Line


def completed(tree: "lxml_html.HtmlElement", lines: list[Line]) -> list[Line]:
    """Return the lines together with those of the same article before and after them on the page."""
    leaves = list(_leaves(tree))
    places = {plain(line.text): place for place, line in enumerate(lines)}
    joined, runs = "\n".join(places), runs_of(lines)
    held = [plain(leaf.line.text) in joined or held_share(leaf.line, runs) > 1 / 2 for leaf in leaves]
    if all(held) or not any(held):
        return lines
    first, last = held.index(True), len(held) - 1 - held[::-1].index(True)
    boxes = _Boxes(leaves, held)
    before = [leaf.line for leaf in leaves[:first] if boxes.hold(leaf, alone=False)]
    after = [leaf.line for leaf in leaves[last + 1 :] if boxes.hold(leaf, alone=True)]
    return [*before, *lines, *after]


class _Boxes:
    """The containers of the chosen lines."""

    def __init__(self, leaves: list[_Leaf], held: list[bool]) -> None:
        chosen = {leaf.box for leaf, is_held in zip(leaves, held, strict=True) if is_held}
        self._seen = chosen
        self._kinds = {_kind(box) for box in chosen}
        self._around = {around for box in chosen for around in (box, *box.iterancestors())}
        self._sentences = Counter(leaf.box for leaf in leaves)

    def hold(self, leaf: _Leaf, *, alone: bool) -> bool:
        """Return whether a block is in a container of the same kind, or next to one in the same article.

        A block in exactly the same container was rejected by the extraction. With `alone`, one paragraph in a container
        of the same kind is enough.
        """
        box = leaf.box
        if box in self._seen or self._is_aside(box):
            return False
        tag, name = _kind(box)
        several = self._sentences[box] >= _SEVERAL
        if (tag, name) in self._kinds and (name or tag in ("article", "section")):
            return alone or several
        return (several or tag == "header") and self._is_beside(box)

    def _is_beside(self, box: "lxml_html.HtmlElement") -> bool:
        home = next(box.iterancestors("article"), None)
        return (
            home is not None
            and home in self._around
            and box.getparent() in self._around
            and len(list(home.iter("h1"))) == 1
        )

    def _is_aside(self, box: "lxml_html.HtmlElement") -> bool:
        for around in (box, *box.iterancestors()):
            if around in self._around:
                return False
            if around.tag in _ASIDE_TAGS or _ASIDE.search(f"{around.get('class') or ''} {around.get('id') or ''}"):
                return True
        return False


def _kind(box: "lxml_html.HtmlElement") -> tuple[str, str]:
    return str(box.tag), box.get("class") or ""


def _leaves(tree: "lxml_html.HtmlElement") -> Iterator[_Leaf]:
    """Yield the blocks of a page, in order, that contain sentences and no other block."""
    for element in islice(tree.iter(*_TAKEN), _MOST_BLOCKS):
        box = element.getparent()
        if box is None or next(element.iterdescendants(*_BLOCKS), None) is not None:
            continue
        text = text_of(element)
        if _SHORTEST <= len(text) <= _LONGEST:
            linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
            line = Line(text, "p", linked)
            if line.is_prose:
                yield _Leaf(box, line)
