"""The structure of an article: separates its text from notices, captions and other additions.

Republished articles begin or end with a notice and a disclaimer and have captions between their paragraphs, and all
kinds of articles contain lines that link elsewhere or ask for support. None of these is text, and a summary must not
quote them. The result is a suggestion that a person confirms.
"""

import re
from dataclasses import dataclass
from datetime import date
from statistics import median

from app.reading.asides import is_aside, is_bare_label, is_label
from app.reading.blocks import Block, BlockKind, blocks_of
from app.reading.bylines import NAMES, Byline, read_byline
from app.reading.dates import find_date, is_month
from app.reading.edges import furniture_at_the_ends, stands_alone
from app.reading.names import names_in
from app.reading.notices import CREDIT, DISCLAIMER, LONGEST, is_notice, permits_republication
from app.reading.sentences import sentences_of

_EDGE = 4
"""Notices and disclaimers are within this many blocks of either end."""

_BYLINE_PARTS = 3
"""Author, publisher and date, each on its own line."""

_SHORT = 30
"""Words. In a longer paragraph in the middle of the article, an appeal is a quotation."""

_LONGEST_BLOCK = 20_000
"""Characters. No paragraph is longer; the limit also protects the patterns."""

_TITLES = 5
"""The maximum number of headlines after a bare "read also"."""

_GOES_ON = re.compile(r"^(but|and|so|yet|pero|y|así|aunque|mas|e|porém|mais|et|or|donc)\b|^[¿\"“«]", re.IGNORECASE)
_PERSON_WORD = r"(?:[a-zà-ÿ]{1,4}[-'’])?[^\W\d_a-zà-ÿ][\w.'’-]*"
_WORK = (
    "article|piece|essay|story|column|interview|report|written|artículo|texto|columna|nota|crónica|entrevista|escrit[oa]|artigo|reportagem"
    "|crônica|texte|tribune|enquête|entretien"
)
_AUTHOR = re.compile(
    rf"(?:(?:^|[.!?:(–—]\s*|\b(?i:{_WORK})\s+)(?i:by|por|par)|\b(?i:{_WORK})\s+(?i:de|do|da|du))\s+"
    rf"(?P<name>{_PERSON_WORD}(?:(?:\s+[a-zà-ÿ]{{1,4}}){{0,3}}\s+{_PERSON_WORD}){{0,8}})"
)
"""Names the author of a work. Other words introduce its publisher or translator."""
_PUBLICATION = re.compile(
    rf"\b(?i:edition of|edición de|edição de|édition (?:de|du)|(?:appeared|published|posted|ran)(?:\s+\w+)? (?:in|on|by|at)"
    rf"|originally (?:in|on|by)|(?:originalmente|originariamente|inicialmente|por primera vez|primeiro) (?:en|em|no|na|por)"
    rf"|(?:initialement|origine|abord|première fois) (?:dans|sur|par|en)"
    rf"|(?:tomado|retomado|retomada|reproducido|reproducida) (?:con permiso )?de|repris (?:de|du)|(?:republished|reprinted) from)"
    rf"\s+(?:the\s+)?(?P<name>(?:La|El|Los|Las|Le|Les|L['’]|O|A|The)?\s*{NAMES})"
)
_REPUBLISHER = re.compile(
    rf"\b(?i:those of|the views of|la opinión de|las de|los de|a opinião de|as de|celles de|la position de|l['’]opinion de)"
    rf"\s+(?:the\s+)?(?P<name>{NAMES})"
)


@dataclass(frozen=True, slots=True)
class Structure:
    """The parts of an article. Notice, disclaimer and captions are verbatim."""

    headline: str | None
    authors: str | None
    date_published: date | None
    """The date on its own line below the headline."""
    publisher: str | None
    """The republisher, if a disclaimer or the byline names one."""
    original_publisher: str | None
    original_date: date | None
    republication_notice: str | None
    may_be_republished: bool
    """Whether the notice allows everyone to republish it."""
    disclaimer: str | None
    captions: tuple[str, ...]
    asides: tuple[str, ...]
    """Lines that link elsewhere, ask for support, or give credits (see asides.py)."""
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text, with paragraphs separated by a blank line."""
        return "\n\n".join(self.paragraphs)


def take_apart(pasted: str, language: str = "en") -> Structure:
    """Split pasted text or HTML into its parts; `language` (BCP 47) determines where sentences end."""
    return take_blocks_apart(blocks_of(_head_apart(pasted)), language)


def _head_apart(pasted: str) -> str:
    """Return pasted text with headline and byline as separate paragraphs, if they were lines without blank lines between."""
    paragraphs = pasted.strip().replace("\r\n", "\n").split("\n\n", 2)
    return "\n\n".join([*map(_lines_apart, paragraphs[:2]), *paragraphs[2:]])


def _lines_apart(paragraph: str) -> str:
    """Return the lines of a paragraph as paragraphs, if the last ones, together or alone, are a byline."""
    lines = [line.strip() for line in paragraph.split("\n")]
    if not 2 <= len(lines) <= _EDGE:
        return paragraph
    for start in range(len(lines)):
        together = " | ".join(lines[start:])
        if read_byline(together):
            return "\n\n".join([*lines[:start], together])
    return "\n\n".join(lines) if any(map(read_byline, lines[1:])) else paragraph


def take_blocks_apart(blocks: list[Block], language: str = "en", *, captions_are_marked: bool = False) -> Structure:
    """Split blocks into the parts of an article. If captions are marked, a single sentence between paragraphs is text."""
    headline, blocks = _headline(blocks)
    byline, blocks = _under_the_headline(blocks)
    pile = _Pile(language)
    kept = pile.sort(blocks)
    notice, disclaimer = " ".join(pile.notices) or None, " ".join(pile.disclaimers) or None
    author = byline.authors or _author(notice)
    captions = [
        block
        for block in kept
        if _is_marked(block) or (not captions_are_marked and _is_lone_sentence(block, kept, author, language))
    ]
    marked = frozenset(captions)
    return Structure(
        headline=headline,
        authors=author,
        date_published=byline.day,
        publisher=_named(_REPUBLISHER, disclaimer) or byline.publisher,
        original_publisher=_named(_PUBLICATION, notice),
        original_date=find_date(notice) if notice else None,
        republication_notice=notice,
        may_be_republished=permits_republication([*pile.notices, *pile.asides]),
        disclaimer=disclaimer,
        captions=tuple(block.text for block in captions),
        asides=tuple(pile.asides),
        paragraphs=tuple(block.text for block in kept if block not in marked),
    )


def _headline(blocks: list[Block]) -> tuple[str | None, list[Block]]:
    marked = next((block for block in blocks if block.kind == BlockKind.HEADLINE), None)
    if marked:
        return marked.text, [block for block in blocks if block.kind != BlockKind.HEADLINE]
    if len(blocks) > 1 and len(blocks[0].text) <= 200 and not re.search(r"[.…:;,]$", blocks[0].text):
        return blocks[0].text, blocks[1:]
    return None, blocks


def _under_the_headline(blocks: list[Block]) -> tuple[Byline, list[Block]]:
    """Remove bylines above the text, each on one or more lines of its own, from the blocks."""
    found, left, position = Byline(None, None, None), [], 0
    while position < len(blocks):
        line, length = _byline_at(blocks, position)
        if line and (line.publisher or (line.authors and not found.authors) or (line.day and not found.day)):
            found = Byline(found.authors or line.authors, found.publisher or line.publisher, found.day or line.day)
        else:
            left += blocks[position : position + length]
        position += length
    return found, left


def _byline_at(blocks: list[Block], position: int) -> tuple[Byline | None, int]:
    """Return the byline that begins at a block, and its number of blocks."""
    for length in range(_BYLINE_PARTS, 0, -1):
        lines = [block.text for block in blocks[position : position + length]]
        if position + length <= _EDGE and (byline := read_byline(" | ".join(lines))):
            return byline, length
    return None, 1


def _author(notice: str | None) -> str | None:
    """Return the author named by a notice of republication."""
    found = (names_in(match["name"]) for match in _AUTHOR.finditer(notice or ""))
    return next((", ".join(names) for names in found if names), None)


class _Pile:
    """Sorts blocks into notices, disclaimers, asides and the remaining text."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.notices: list[str] = []
        self.disclaimers: list[str] = []
        self.asides: list[str] = []

    def sort(self, blocks: list[Block]) -> list[Block]:
        """Return the remaining blocks."""
        kept: list[Block] = []
        titles_follow = 0
        marked = (BlockKind.CAPTION, BlockKind.HEADLINE)
        unmarked = [block for block in blocks if block.kind not in marked]
        headings = frozenset(place for place, block in enumerate(unmarked) if block.kind is BlockKind.HEADING)
        furniture = furniture_at_the_ends([block.text for block in unmarked], headings)
        position = -1
        for block in blocks:
            if block.kind in marked:
                kept.append(block)
                continue
            position += 1
            at_edge = position < _EDGE or position >= len(unmarked) - _EDGE
            if position in furniture:
                self._set_aside(block.text)
            elif titles_follow and _may_be_a_title(block):
                self.asides.append(block.text)
                titles_follow -= 1
            else:
                titles_follow = _TITLES if is_bare_label(block.text) else 0
                left = self._without(block, at_edge=at_edge)
                kept += [left] if left.text else []
        return kept

    def _set_aside(self, line: str) -> None:
        (self.notices if is_notice(line) else self.asides).append(line)

    def _without(self, block: Block, *, at_edge: bool) -> Block:
        """Move what is not text out of a block, sentence by sentence, and return the rest."""
        if len(block.text) > _LONGEST_BLOCK:
            return block
        if is_label(block.text) or stands_alone(block.text):
            self.asides.append(block.text)
            return Block("", block.kind)
        sentences = sentences_of(block.text, self.language)
        asides = [is_aside(sentence) for sentence in sentences]
        may_go = at_edge or len(block.text.split()) <= _SHORT or all(asides)
        left: list[str] = []
        for sentence, aside in zip(sentences, asides, strict=True):
            pile = self._pile_for(sentence, aside=aside, at_edge=at_edge, may_go=may_go)
            (left if pile is None else pile).append(sentence)
        return block if len(left) == len(sentences) else Block(" ".join(left), block.kind)

    def _pile_for(self, sentence: str, *, aside: bool, at_edge: bool, may_go: bool) -> list[str] | None:
        if len(sentence) > LONGEST:
            return None
        if at_edge and DISCLAIMER.search(sentence):
            return self.disclaimers
        if at_edge and is_notice(sentence):
            return self.notices
        return self.asides if (aside and may_go) or is_label(sentence) else None


def _may_be_a_title(block: Block) -> bool:
    """Return whether a block may be the headline of another article, after a bare "read also"."""
    return len(block.text.split()) <= _SHORT and not re.search(r"[.!?…:;,]$", block.text)


def _is_marked(block: Block) -> bool:
    """Return whether a block is marked as a caption or has a picture credit."""
    return block.kind == BlockKind.CAPTION or (len(block.text) < 400 and bool(CREDIT.search(block.text)))


def _is_lone_sentence(block: Block, blocks: list[Block], author: str | None, language: str) -> bool:
    """Return whether a block is a single sentence among long paragraphs, as an unmarked caption would be."""
    if (
        block.kind == BlockKind.HEADING
        or len(block.text) > _LONGEST_BLOCK
        or len(sentences_of(block.text, language)) != 1
        or _GOES_ON.search(block.text)
    ):
        return False
    others = [len(other.text) for other in blocks if other is not block]
    if len(others) < 3 or len(block.text.split()) < 6:
        return False
    names_author = bool(author) and block is blocks[-1] and block.text.startswith(author or "")
    return len(block.text) * 2.5 < median(others) or (names_author and len(block.text) < median(others))


def _named(pattern: re.Pattern[str], text: str | None) -> str | None:
    names = (match["name"].strip() for match in pattern.finditer(text or ""))
    name = next((name for name in names if not is_month(name)), None)
    if name is None:
        return None
    name = re.sub(r"\s+(?:de|del|la|las|los|da|do|dos|das|di|du|y|e|el|al)$", "", name)
    return re.sub(r"(?<=\w{3})[.,]$|[’']s$", "", name) or None
