"""Paragraphs that belong to an article and that the extraction left out, found by where they stand.

Extractors take the best box of a page, and publishers part their texts into several: by advertisements, by a lead in the header, by a
rest that opens at a press. So what stands before or after the chosen paragraphs is taken too where it is sentences, in a box of the
same kind as theirs, or in a box beside theirs within the one article.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from app.reading.choosing import held_share, runs_of
from app.reading.lines import Line, plain, text_of

_MOST_BLOCKS = 4_000
_LONGEST = 20_000
_SHORTEST = 30
"""Characters; a shorter block may stand on the page twice by chance."""

_SEVERAL = 2
"""Paragraphs; a box of one beside an article is more often a note than a part of it."""

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
    """A block of sentences on the page, without blocks in it."""

    box: HtmlElement
    """What it stands in."""
    line: Line


def completed(tree: HtmlElement, lines: list[Line]) -> list[Line]:
    """Return the lines with what the page has before and after them of the same article."""
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
    """The boxes that hold what was chosen."""

    def __init__(self, leaves: list[_Leaf], held: list[bool]) -> None:
        chosen = {leaf.box for leaf, is_held in zip(leaves, held, strict=True) if is_held}
        self._seen = chosen
        self._kinds = {_kind(box) for box in chosen}
        self._around = {around for box in chosen for around in (box, *box.iterancestors())}
        self._sentences = Counter(leaf.box for leaf in leaves)

    def hold(self, leaf: _Leaf, *, alone: bool) -> bool:
        """Say whether a block that was not chosen stands in a box of the kind of theirs, or beside theirs in one article.

        What stands in the very same box was seen and left out by the extraction. With `alone`, one paragraph in a box of the
        same kind is enough.
        """
        box = leaf.box
        if box in self._seen or self._is_aside(box):
            return False
        tag, name = _kind(box)
        several = self._sentences[box] >= _SEVERAL
        if (tag, name) in self._kinds and (name or tag in ("article", "section")):
            return alone or several
        return (several or tag == "header") and self._is_beside(box)

    def _is_beside(self, box: HtmlElement) -> bool:
        home = next(box.iterancestors("article"), None)
        return (
            home is not None
            and home in self._around
            and box.getparent() in self._around
            and len(list(home.iter("h1"))) == 1
        )

    def _is_aside(self, box: HtmlElement) -> bool:
        for around in (box, *box.iterancestors()):
            if around in self._around:
                return False
            if around.tag in _ASIDE_TAGS or _ASIDE.search(f"{around.get('class') or ''} {around.get('id') or ''}"):
                return True
        return False


def _kind(box: HtmlElement) -> tuple[str, str]:
    return str(box.tag), box.get("class") or ""


def _leaves(tree: HtmlElement) -> Iterator[_Leaf]:
    """Yield the blocks of a page, in their order, that hold sentences and no other block."""
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
