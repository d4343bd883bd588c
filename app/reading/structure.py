"""The structure of an article: what it says, apart from where it comes from.

Republished articles open or close with a notice and a disclaimer and carry captions between their paragraphs. None of
these is text, and a summary that quotes them is wrong. What is found here is a proposal that a person confirms.
"""

import re
from dataclasses import dataclass
from datetime import date
from statistics import median

from sentencex import segment

from app.reading.blocks import Block, BlockKind, blocks_of
from app.reading.dates import find_date, is_month

_EDGE = 4
"""Notices and disclaimers stand within so many blocks of either end."""

_LONGEST_NOTICE = 800
"""Characters; a longer sentence is text, and hostile input does not get to the patterns."""

_NOTICE = re.compile(
    r"\b(originally|first) (appeared|published|posted|ran)\b|\b(appeared|published) (originally|first)\b"
    r"|\brepublished (from|with|under|by|here)\b|\breprinted (from|with|by)\b|\btranslated (from|by)\b.*\bfrom\b"
    r"|\b(publicad[oa]|aparecid[oa]|apareció|se publicó) (originalmente|originariamente|por primera vez|inicialmente)\b"
    r"|\boriginalmente (publicad[oa]|apareció)\b|\b(reproducid[oa]|republicad[oa]|retomad[oa]|tomado) (con|de|por)\b"
    r"|\b(publicad[oa]|divulgad[oa]|apareceu) (originalmente|inicialmente|primeiro)\b"
    r"|\b(publié|paru|parue|publiée)e?s? (initialement|à l['’]origine|d['’]abord|pour la première fois|originellement)\b"
    r"|\b(initialement|originellement) (publiée?|parue?)\b|\brepris (de|du|avec)\b|\breproduit (de|avec)\b",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\b(views?|opinions?)( and opinions?| expressed)?\b.*\b(author|writer)s?\b"
    r"|\b(do|does) not necessarily (reflect|represent)\b"
    r"|\b(opini[oó]n(es)?|puntos? de vista|expresad[oa]s?|contenidos?)\b.*\b(responsabilidad|no (reflejan?|representan?|coinciden?))"
    r"|\bno (reflejan?|representan?) necesariamente\b"
    r"|\b(opini(ão|ões)|artigo)\b.*\b(responsabilidade|não (reflete|refletem|representa|representam|expressa|expressam))\b"
    r"|\b(opinions?|propos|points? de vue|idées)\b.*\b(n['’]engagent?|ne (reflètent?|représentent?))",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(photo|photograph|image|picture|foto|fotos|fotografía|imagen|imagem|crédit|crédito|légende)\b.{0,40}?[:/]"
    r"|\b(AP Photo|Getty Images|/AFP|/Reuters|Photo by|Foto de|Crédit photo)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^(but|and|so|yet|pero|y|así|aunque|mas|e|porém|mais|et|or|donc)\b|^[¿\"“«]", re.IGNORECASE)
_NAME = r"(?:[A-ZÁÉÍÓÚÑÂÊÔÃÕÇÀÈÎÛ][\w.'’-]*|(?:de|del|la|las|los|da|do|dos|das|di|du|van|von|y|e|al|el|bin|ibn)\b)"
_NAMES = rf"[A-ZÁÉÍÓÚÑÂÊÔÃÕÇÀÈÎÛ][\w.'’-]*(?:\s+{_NAME}){{0,6}}"
_AUTHOR = re.compile(
    rf"\b(?i:by|por|par|(?:artículo|texto|columna|nota|artigo|article|texte|tribune) (?:de|do|da|du))\s+(?P<name>{_NAMES})"
)
_BYLINE = re.compile(
    rf"(?i:by|por|par|de|texto de|written by|escrito por)\s+(?P<name>{_NAMES}(?:(?:,| and| &| et)\s+{_NAMES})*)"
)
_LONGEST_DATELINE = 40
_PUBLICATION = re.compile(
    rf"\b(?i:edition of|edición de|edição de|édition (?:de|du)|(?:appeared|published|posted|ran)(?:\s+\w+)? (?:in|on|by|at)"
    rf"|originally (?:in|on|by)|(?:originalmente|originariamente|inicialmente|por primera vez|primeiro) (?:en|em|no|na|por)"
    rf"|(?:initialement|origine|abord|première fois) (?:dans|sur|par|en)"
    rf"|(?:tomado|retomado|retomada|reproducido|reproducida) (?:con permiso )?de|repris (?:de|du)|(?:republished|reprinted) from)"
    rf"\s+(?:the\s+)?(?P<name>(?:La|El|Los|Las|Le|Les|L['’]|O|A|The)?\s*{_NAMES})"
)
_REPUBLISHER = re.compile(
    rf"\b(?i:those of|the views of|la opinión de|las de|los de|a opinião de|as de|celles de|la position de|l['’]opinion de)"
    rf"\s+(?:the\s+)?(?P<name>{_NAMES})"
)


@dataclass(frozen=True, slots=True)
class Structure:
    """An article taken apart. Notice, disclaimer and captions are word for word."""

    headline: str | None
    authors: str | None
    date_published: date | None
    """The day on a line of its own under the headline."""
    publisher: str | None
    """The one who republished, where a disclaimer names them."""
    original_publisher: str | None
    original_date: date | None
    republication_notice: str | None
    disclaimer: str | None
    captions: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text alone, paragraphs parted by a blank line."""
        return "\n\n".join(self.paragraphs)


def take_apart(pasted: str, language: str = "en") -> Structure:
    """Take pasted text or HTML apart; `language` (BCP 47) says where its sentences end."""
    headline, blocks = _headline(blocks_of(pasted))
    byline, dateline, blocks = _under_the_headline(blocks)
    notices: list[str] = []
    disclaimers: list[str] = []
    kept: list[Block] = []
    for position, block in enumerate(blocks):
        at_edge = position < _EDGE or position >= len(blocks) - _EDGE
        told_apart = at_edge and block.kind == BlockKind.TEXT
        left = _without_notices(block, language, notices, disclaimers) if told_apart else block
        if left.text:
            kept.append(left)
    notice, disclaimer = " ".join(notices) or None, " ".join(disclaimers) or None
    author = byline or _named(_AUTHOR, notice)
    captions = [block for block in kept if _is_caption(block, kept, author, language)]
    return Structure(
        headline=headline,
        authors=author,
        date_published=dateline,
        publisher=_named(_REPUBLISHER, disclaimer),
        original_publisher=_named(_PUBLICATION, notice),
        original_date=find_date(notice) if notice else None,
        republication_notice=notice,
        disclaimer=disclaimer,
        captions=tuple(block.text for block in captions),
        paragraphs=tuple(block.text for block in kept if block not in captions),
    )


def sentences_of(text: str, language: str) -> list[str]:
    """Return the sentences of a paragraph; initials and abbreviations do not end one."""
    return [
        stripped for sentence in segment(language.split("-", maxsplit=1)[0], text) if (stripped := sentence.strip())
    ]


def _headline(blocks: list[Block]) -> tuple[str | None, list[Block]]:
    marked = next((block for block in blocks if block.kind == BlockKind.HEADLINE), None)
    if marked:
        return marked.text, [block for block in blocks if block.kind != BlockKind.HEADLINE]
    if len(blocks) > 1 and len(blocks[0].text) <= 200 and not re.search(r"[.…:;,]$", blocks[0].text):
        return blocks[0].text, blocks[1:]
    return None, blocks


def _under_the_headline(blocks: list[Block]) -> tuple[str | None, date | None, list[Block]]:
    """Take byline and dateline, each a line of its own above the text, out of the blocks."""
    byline, dateline, left = None, None, []
    for position, block in enumerate(blocks):
        named = _BYLINE.fullmatch(block.text) if position < _EDGE else None
        day = find_date(block.text) if position < _EDGE and len(block.text) <= _LONGEST_DATELINE else None
        if named and byline is None:
            byline = named["name"]
        elif day and dateline is None:
            dateline = day
        else:
            left.append(block)
    return byline, dateline, left


def _without_notices(block: Block, language: str, notices: list[str], disclaimers: list[str]) -> Block:
    """Move the notice and the disclaimer out of a block, sentence by sentence, and return what is left of it."""
    sentences, left = sentences_of(block.text, language), []
    for sentence in sentences:
        if len(sentence) > _LONGEST_NOTICE:
            left.append(sentence)
        elif _DISCLAIMER.search(sentence):
            disclaimers.append(sentence)
        elif _NOTICE.search(sentence):
            notices.append(sentence)
        else:
            left.append(sentence)
    return block if len(left) == len(sentences) else Block(" ".join(left), block.kind)


def _is_caption(block: Block, blocks: list[Block], author: str | None, language: str) -> bool:
    """Say whether a block is a caption: marked as one, credited like one, or a lone sentence among long paragraphs."""
    if block.kind == BlockKind.CAPTION or (_CREDIT.search(block.text) and len(block.text) < 400):
        return True
    if len(sentences_of(block.text, language)) != 1 or _GOES_ON.search(block.text):
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
