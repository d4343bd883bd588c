"""Excerpts compared with the beginning of the text at the same length, by ROUGE-1 against publishers' descriptions.

Descriptions that are copied from the text say nothing about an excerpt, and are left out.
"""

import re
import statistics
from collections import Counter

from app.reading.excerpt import excerpt_of
from benchmarks import Case
from benchmarks.bodies import HALVES, Measured


def cases(real: list[Measured]) -> list[Case]:
    """Compare the excerpts of both halves of the real pages."""
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
    """Return whether the description begins with six words in a row that are in the text."""
    beginning = " ".join(re.findall(r"\w+", (one.page.description or "").lower())[:6])
    return beginning in " ".join(re.findall(r"\w+", one.page.text.lower()))


def rouge(text: str, reference: str) -> float:
    """Return the F1 of the words that a text and a reference share."""
    one, other = (Counter(re.findall(r"\w+", part.lower())) for part in (text, reference))
    return 2 * (one & other).total() / max(1, one.total() + other.total())
