"""Detects whether one article is likely a translation of another, without a machine-learning model.

A translation keeps numbers, dates and names, and between Spanish, Portuguese, French and English many long words share
their first letters. What two articles share counts more, the rarer it is among the articles compared. The result is
a suggestion for a person; versions are never linked automatically.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.reading.dates import find_month
from app.reading.languages import UNKNOWN

_MOST_CHARACTERS = 20_000
_BEGINNING = 5
_WEIGHTS = {"number": 2.0, "day": 2.5, "name": 2.0, "word": 0.6}
_DAYS_APART = 30
_LEAST, _LEAST_OF_SHORT = 0.4, 0.27
_SHORT, _LONG = 350, 2_000
"""Characters. A short text shares few features with its translation, and by chance even fewer with others: the minimum likeness for a
suggestion rises with the length, from `_LEAST_OF_SHORT` to `_LEAST`. The closest of 200 unrelated short texts has .24."""

_AHEAD = 1.25
"""How many times likelier than the next one a suggestion below `_LEAST` must be."""

_NUMBER = re.compile(r"\d+(?:[.,  '’]\d{3})*(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DATE = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?\s+(?:de\s+|of\s+)?([^\W\d_]{3,10})|([^\W\d_]{3,10})\s+(\d{1,2})(?:st|nd|rd|th)?\b(?!\s*(?:de\s|%|[.,]\d))"
)
_SOUNDS = (
    ("ph", "f"),
    ("th", "t"),
    ("qu", "k"),
    ("ck", "k"),
    ("c", "k"),
    ("y", "i"),
    ("nh", "n"),
    ("lh", "l"),
    ("ñ", "n"),
    ("x", "s"),
    ("z", "s"),
    ("w", "v"),
)
_MIDDLE = re.compile(r"(?<![.!?:…»”\"\n]\s)(?<!^)(?<=[\s(«“\"'’-])[^\W\d_a-zß-öø-ÿ][^\W\d_]{2,}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Traits:
    """The features of an article that a translation keeps."""

    language: str
    length: int
    day: date | None
    features: frozenset[tuple[str, str]] = field(repr=False)
    """Pairs of type (number, day, name, word) and normalized value."""


def traits_of(text: str, language: str = UNKNOWN, day: date | None = None) -> Traits:
    """Return the traits of a text; `day` is its publication date, if known."""
    read = text[:_MOST_CHARACTERS]
    days = {("day", found) for found in _days(read)}
    numbers = {("number", value) for number in _NUMBER.findall(read) if len(value := _digits(number)) > 1}
    names = {("name", _sounded(name)[:6]) for name in _MIDDLE.findall(read)}
    words = {("word", _sounded(word)[:_BEGINNING]) for word in _WORD.findall(read) if len(word) > _BEGINNING}
    return Traits(language.split("-", maxsplit=1)[0], len(text), day, frozenset(days | numbers | names | words))


def likeness(a: Traits, b: Traits, rarity: dict[tuple[str, str], float] | None = None) -> float:
    """Return how likely one text is a translation of the other, 0.0 to 1.0; `rarity` is the weight of each feature.

    Texts in the same language are not translations of each other: 0.0.
    """
    if a.language == b.language != UNKNOWN or not a.features or not b.features:
        return 0.0
    shared = _weight(a.features & b.features, rarity)
    whole = math.sqrt(_weight(a.features, rarity) * _weight(b.features, rarity))
    return min(1.0, 1.6 * shared / whole) * _fitting_lengths(a, b) * _fitting_days(a, b) if whole else 0.0


def suggest(article: Traits, candidates: Sequence[Traits]) -> list[tuple[int, float]]:
    """Return the indexes of up to five candidates that are likely translations, likeliest first."""
    seen = Counter(feature for one in (article, *candidates) for feature in one.features)
    rarity = {feature: math.log((len(candidates) + 2) / count) for feature, count in seen.items()}
    scored = [(index, likeness(article, candidate, rarity)) for index, candidate in enumerate(candidates)]
    likely = sorted(scored, key=lambda pair: -pair[1])[:6]
    return [
        (index, found)
        for (index, found), (_, following) in zip(likely[:5], [*likely[1:], (-1, 0.0)], strict=False)
        if found >= _LEAST or (found >= _least(article, candidates[index]) and found >= _AHEAD * following)
    ]


def _least(a: Traits, b: Traits) -> float:
    """Return the minimum likeness for a suggestion, by the length of the shorter text."""
    length = min(max(min(a.length, b.length), _SHORT), _LONG)
    return _LEAST_OF_SHORT + (_LEAST - _LEAST_OF_SHORT) * math.log(length / _SHORT) / math.log(_LONG / _SHORT)


def _weight(features: frozenset[tuple[str, str]], rarity: dict[tuple[str, str], float] | None) -> float:
    return sum(_WEIGHTS[feature[0]] * (1.0 if rarity is None else rarity.get(feature, 0.0)) for feature in features)


def _fitting_lengths(a: Traits, b: Traits) -> float:
    """Return 1.0 for plausible lengths of a translation, less the more they differ. One text may be shortened."""
    apart = abs(math.log((a.length + 1) / (b.length + 1)))
    return math.exp(-((max(0.0, apart - 0.4)) ** 2) / 2)


def _fitting_days(a: Traits, b: Traits) -> float:
    if a.day is None or b.day is None:
        return 1.0
    return math.exp(-max(0, abs((a.day - b.day).days) - 3) / _DAYS_APART)


def _days(text: str) -> list[str]:
    found = []
    for match in _DATE.finditer(text):
        number, word = (match[1], match[2]) if match[1] else (match[4], match[3])
        month = find_month(word)
        if month and 1 <= int(number) <= 31:
            found.append(f"{month}-{int(number)}")
    return found


def _digits(number: str) -> str:
    """Return a number without thousands separators, and with a decimal point."""
    whole = re.sub(r"[.,  '’](?=\d{3}(?:\D|$))", "", number)
    return whole.replace(",", ".").lstrip("0")


def _sounded(word: str) -> str:
    """Return a word without accents and with uniform spelling where the four languages differ only in spelling."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in decomposed if letter.isalpha())
    for written, heard in _SOUNDS:
        plain = plain.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", plain)
