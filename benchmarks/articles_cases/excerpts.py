"""Excerpts: compared with the first sentences, and whether what surrounds a text gets into them."""

import json
import re
import statistics
from collections import Counter

from app.reading.excerpt import excerpt_of
from app.reading.pages import Page
from app.reading.structure import sentences_of, take_apart
from benchmarks import Case
from benchmarks.altering import with_line
from benchmarks.articles_cases.common import TEXTS


def cases(pages: list[Page]) -> list[Case]:
    """Measure the excerpts of real pages, if there are any, and of our own texts."""
    return [*([_against_lead(pages)] if pages else []), *_furniture()]


def _against_lead(pages: list[Page]) -> Case:
    """Compare excerpts with the first three sentences, by ROUGE-1 against publishers' descriptions that are not copied from the text."""
    gains = [
        _rouge(excerpt_of(page.structure, page.language), page.description) - _rouge(_lead(page), page.description)
        for page in pages
        if page.structure and page.description and page.language == "en" and not _copied(page.description, page.text)
    ]
    return Case(
        "ROUGE-1 of excerpts, minus that of the first three sentences",
        100 * statistics.mean(gains),
        2.0,
        "points",
        at_least=True,
    )


def _lead(page: Page) -> str:
    return " ".join([sentence for paragraph in page.paragraphs[:6] for sentence in sentences_of(paragraph, "en")][:3])


def _copied(description: str, text: str) -> bool:
    beginning = " ".join(re.findall(r"\w+", description.lower())[:6])
    return beginning in " ".join(re.findall(r"\w+", text.lower()))


def _rouge(text: str, reference: str) -> float:
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
