"""The excerpt of an article, which helps a reader decide whether to open it.

The publisher's own description is preferred, and marked as such. Without one, the excerpt is the beginning of the text without what
does not belong to it: against summaries that people wrote, no choice of sentences did better on every set of articles.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.reading.descriptions import is_own_word
from app.reading.furniture import is_furniture
from app.reading.sentences import sentences_of
from app.reading.structure import Structure

LENGTH = 320
"""Target length in characters: three lines in an email."""

_SENTENCES = 60
_LONGEST = 10_000
"""Characters of a paragraph that are used."""

_FEWEST_WORDS = 4
"""A shorter sentence does not begin an excerpt."""
_MOST_WORDS = 100
_ENDS = re.compile(r"[.!?…\"”»)]$")


class ExcerptSource(StrEnum):
    """The source of an excerpt, which is shown to readers."""

    PUBLISHER = "publisher"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A short excerpt and its source."""

    text: str
    source: ExcerptSource


def excerpt_with_source(
    structure: Structure, language: str = "en", description: str | None = None, publisher: str | None = None
) -> Excerpt:
    """Return the publisher's own description if it is usable, else the beginning of the text."""
    own = " ".join((description or "").split())
    article = f"{structure.headline or ''} {structure.text}"
    if own and is_own_word(own, article=article, language=language, publisher=publisher):
        return Excerpt(own, ExcerptSource.PUBLISHER)
    return Excerpt(excerpt_of(structure, language), ExcerptSource.TEXT)


def excerpt_of(structure: Structure, language: str = "en") -> str:
    """Return the first sentences of the text, up to LENGTH characters but at least one.

    An ellipsis marks sentences left out between them.
    """
    chosen: list[tuple[int, str]] = []
    length = 0
    for place, sentence in _sentences(structure, language):
        length += len(sentence) + 1
        if chosen and length > LENGTH + 1:
            break
        if chosen or len(sentence.split()) >= _FEWEST_WORDS:
            chosen.append((place, sentence))
        else:
            length = 0
    return _joined(chosen or _sentences(structure, language)[:1])


def _joined(chosen: list[tuple[int, str]]) -> str:
    """Join sentences, given by their positions in the text."""
    text = chosen[0][1] if chosen else ""
    for (before, _), (place, sentence) in pairwise(chosen):
        text += f" {sentence}" if place == before + 1 else f" […] {sentence}"
    return text


def _sentences(structure: Structure, language: str) -> list[tuple[int, str]]:
    """Return the sentences suitable for an excerpt with their positions; if there are none, the first sentence."""
    found: list[str] = []
    for paragraph in structure.paragraphs:
        found += sentences_of(paragraph[:_LONGEST], language)
        if len(found) >= _SENTENCES:
            break
    own = [(place, sentence) for place, sentence in enumerate(found[:_SENTENCES]) if not is_furniture(sentence)]
    fit = [(place, one) for place, one in own if _ENDS.search(one) and len(one.split()) <= _MOST_WORDS]
    return fit or own[:1]
