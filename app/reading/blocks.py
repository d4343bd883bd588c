"""Splits pasted text or HTML into blocks."""

import re
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from typing import ClassVar


class BlockKind(StrEnum):
    """The kind of a block according to its markup; plain text has no markup."""

    TEXT = "text"
    HEADLINE = "headline"
    CAPTION = "caption"
    HEADING = "heading"
    """A heading between paragraphs, which is part of the text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, without line breaks or repeated spaces."""

    text: str
    kind: BlockKind = BlockKind.TEXT


_LOOKS_LIKE_HTML = re.compile(r"<(p|div|h1|article|html|body|br|figure)\b[^>]*>", re.IGNORECASE)


def blocks_of(pasted: str) -> list[Block]:
    """Return the blocks of pasted HTML, or of plain text with blank lines between paragraphs."""
    if _LOOKS_LIKE_HTML.search(pasted):
        parser = _HTMLBlocks()
        parser.feed(pasted)
        parser.close()
        return parser.finished()
    lines = pasted.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = re.split(r"\n\s*\n", lines) if re.search(r"\n\s*\n", lines) else lines.split("\n")
    return [Block(text) for paragraph in paragraphs if (text := " ".join(paragraph.split()))]


class _HTMLBlocks(HTMLParser):
    """Collects the visible blocks of a page or fragment."""

    SKIPPED: ClassVar = frozenset({"script", "style", "noscript", "template", "nav", "form", "button", "svg", "head"})
    BREAKING: ClassVar = frozenset({
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figure", "figcaption", "section", "article",
        "header", "footer", "aside", "table", "tr", "ul", "ol", "br", "hr", "body", "main",
    })  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._pieces: list[str] = []
        self._skipping = 0
        self._kind = BlockKind.TEXT

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag in self.SKIPPED:
            self._skipping += 1
        elif tag in self.BREAKING:
            self._break()
            self._kind = {"h1": BlockKind.HEADLINE, "figcaption": BlockKind.CAPTION}.get(tag, self._kind)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag in self.BREAKING:
            self._break()
            if tag in ("h1", "figcaption"):
                self._kind = BlockKind.TEXT

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._pieces.append(data)

    def finished(self) -> list[Block]:
        """Return the collected blocks."""
        self._break()
        return self._blocks

    def _break(self) -> None:
        text = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if text:
            self._blocks.append(Block(text, self._kind))
