"""The excerpt of an article, which helps a reader decide whether to open it.

The publisher's own description is preferred, and marked as such. Without one, the most representative sentences are
chosen: by the TF-IDF similarity of each sentence to the article, with a preference for those near the beginning.
"""

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.reading.asides import is_aside
from app.reading.notices import CREDIT, DISCLAIMER, is_notice
from app.reading.structure import Structure, sentences_of

LENGTH = 320
"""Target length in characters: three lines in an email."""

_SENTENCES = 60
_LONGEST = 10_000
"""Characters of a paragraph that are used."""

_FEWEST_WORDS = 6
_MOST_WORDS = 60
_POSITION = 2.0
_HEADLINE = 0.5
_FADING = 8.0


class ExcerptSource(StrEnum):
    """The source of an excerpt, which is shown to readers."""

    PUBLISHER = "publisher"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A short excerpt and its source."""

    text: str
    source: ExcerptSource


def excerpt_with_source(structure: Structure, language: str = "en", description: str | None = None) -> Excerpt:
    """Return the publisher's own description if it is usable, else sentences of the text."""
    own = " ".join((description or "").split())
    if own and not is_furniture(own):
        return Excerpt(own, ExcerptSource.PUBLISHER)
    return Excerpt(excerpt_of(structure, language), ExcerptSource.TEXT)


def excerpt_of(structure: Structure, language: str = "en") -> str:
    """Return sentences of the text in their order, up to LENGTH characters but at least one.

    An ellipsis marks sentences left out between them.
    """
    places = _sentences(structure, language)
    sentences = list(places.values())
    if not sentences:
        return ""
    scores = _scores(sentences, structure.headline)
    chosen: list[int] = []
    for index in sorted(range(len(sentences)), key=lambda index: -scores[index]):
        if not chosen or sum(len(sentences[one]) + 1 for one in (*chosen, index)) <= LENGTH + 1:
            chosen.append(index)
    return _joined([list(places.items())[index] for index in sorted(chosen)])


def _joined(chosen: list[tuple[int, str]]) -> str:
    """Join sentences, given by their positions in the text."""
    text = chosen[0][1]
    for (before, _), (place, sentence) in pairwise(chosen):
        text += f" {sentence}" if place == before + 1 else f" […] {sentence}"
    return text


def is_furniture(sentence: str) -> bool:
    """Return whether a sentence is a notice, disclaimer, credit or appeal, which does not belong in an excerpt."""
    beginning = sentence[:800]
    return is_aside(sentence) or is_notice(beginning) or bool(DISCLAIMER.search(beginning) or CREDIT.search(beginning))


def _sentences(structure: Structure, language: str) -> dict[int, str]:
    """Return the sentences suitable for an excerpt by their positions; if there are none, the first sentence."""
    found: list[str] = []
    for paragraph in structure.paragraphs:
        found += sentences_of(paragraph[:_LONGEST], language)
        if len(found) >= _SENTENCES:
            break
    fit = {
        place: sentence
        for place, sentence in enumerate(found[:_SENTENCES])
        if _FEWEST_WORDS <= len(sentence.split()) <= _MOST_WORDS
        and re.search(r"[.!?…\"”»)]$", sentence)
        and not is_furniture(sentence)
    }
    return fit or dict([(place, one) for place, one in enumerate(found) if not is_furniture(one)][:1])


def _scores(sentences: list[str], headline: str | None) -> list[float]:
    bags = [Counter(_terms(sentence)) for sentence in sentences]
    seen = Counter(term for bag in bags for term in bag)
    rarity = {term: math.log(1 + len(bags) / count) for term, count in seen.items()}
    centroid: Counter[str] = Counter()
    for bag in bags:
        for term, count in bag.items():
            centroid[term] += count
    title = set(_terms(headline or ""))
    scores = []
    for position, bag in enumerate(bags):
        near = _cosine(bag, centroid, rarity)
        named = sum(term in title for term in bag) / math.sqrt(1 + len(title) * 1.0) / 2
        scores.append(near + _HEADLINE * named + _POSITION * math.exp(-position / _FADING))
    return scores


def _cosine(bag: Counter[str], other: Counter[str], rarity: dict[str, float]) -> float:
    dot = sum(count * other[term] * rarity[term] ** 2 for term, count in bag.items())
    norms = _norm(bag, rarity) * _norm(other, rarity)
    return dot / norms if norms else 0.0


def _norm(bag: Counter[str], rarity: dict[str, float]) -> float:
    return math.sqrt(sum((count * rarity[term]) ** 2 for term, count in bag.items()))


def _terms(text: str) -> list[str]:
    """Return the first letters of the longer words, as an approximation of stems in all four languages."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return [word[:6] for word in re.findall(r"\w+", bare) if len(word) > 3 or word.isdigit()]
