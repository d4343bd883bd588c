"""Excerpts: compared with the beginning of the text at the same length, and whether what surrounds a text gets into them.

The comparison is by ROUGE-1 against publishers' descriptions. Those that are copied from the text say nothing about an excerpt, and
are left out.
"""

import json
import re
import statistics
from collections import Counter

from app.reading.excerpt import excerpt_of
from app.reading.structure import take_apart
from benchmarks import Case
from benchmarks.altering import with_line
from benchmarks.articles_cases.common import TEXTS
from benchmarks.bodies import HALVES, Measured

_RUN = 6
"""Words in a row that a description and a text share only if one is copied."""


def cases(real: list[Measured]) -> list[Case]:
    """Measure the excerpts of real pages, if there are any, and of our own texts."""
    return [*_against_the_beginning(real), *_furniture()]


def _against_the_beginning(real: list[Measured]) -> list[Case]:
    found = []
    for held_out, half in HALVES.items():
        of_half = [one for one in real if one.held_out == held_out]
        gains = [_gain(one) for one in of_half if one.page.description and not _is_copied(one)]
        if gains:
            name = f"ROUGE-1 of excerpts, minus that of the beginning at equal length, {len(gains)} pages {half}"
            found.append(Case(name, 100 * statistics.mean(gains), 0.0, "points", at_least=True))
    return found


def _gain(one: Measured) -> float:
    page = one.page
    excerpt = excerpt_of(page.structure, page.language) if page.structure else ""
    beginning = page.text.split()[: len(excerpt.split())]
    return rouge(excerpt, page.description or "") - rouge(" ".join(beginning), page.description or "")


def _is_copied(one: Measured) -> bool:
    """Return whether six words in a row of the description are in the text."""
    words, text = (re.findall(r"\w+", part.lower()) for part in (one.page.description or "", one.page.text))
    runs = {(*words[place : place + _RUN],) for place in range(max(1, len(words) - _RUN + 1))}
    return any((*text[place : place + _RUN],) in runs for place in range(len(text)))


def rouge(text: str, reference: str) -> float:
    """Return the F1 of the words that a text and a reference share."""
    one, other = (Counter(re.findall(r"\w+", part.lower())) for part in (text, reference))
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _furniture() -> list[Case]:
    """Count excerpts and texts that contain a notice, disclaimer, caption or subscription appeal, and paragraphs lost by removing it."""
    faults = lost = 0
    for language, article in json.loads((TEXTS / "furniture.json").read_text(encoding="utf-8")).items():
        for _, line, place in article["lines"]:
            parts = take_apart(with_line(article, line, place), language)
            faults += line in excerpt_of(parts, language) or line in parts.text
            lost += list(parts.paragraphs) != article["body"]
    return [
        Case("excerpts or texts that contain a notice, caption or subscription appeal", faults, 0.0, "of 60"),
        Case("articles in which a paragraph is missing or added", lost, 0.0, "of 60"),
    ]
