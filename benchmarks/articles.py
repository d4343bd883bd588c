"""Articles: body text of real pages, excerpts, near-duplicates, translations, hostile pages and addresses, and digests.

Real pages are stored outside the repository (../shared/data/article-pages, or in ENCUENTRO_SHARED). If they are missing, the cases
that need them are skipped, with a message on standard error. bodies.py says which pages were not used for tuning.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.reading.charsets import decoded
from app.reading.duplicates import fingerprint, same
from app.reading.excerpt import excerpt_of
from app.reading.feeds import read_feed
from app.reading.forwards import letters_in
from app.reading.languages import language_of
from app.reading.mail import read_mail
from app.reading.pages import read_page
from app.reading.structure import take_apart
from app.reading.versions import suggest, traits_of
from benchmarks import Case, bodies, composing, excerpts, furniture, inside, letters
from benchmarks.altering import ALTERATIONS, invented, with_line
from benchmarks.hostile import BYTES, EMAILS, FEEDS, FORWARDS, PAGES

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tests" / "reading"


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the figures are meaningless."""
    read_page("<html><body><p>Warm up: the language model is loaded once.</p></body></html>", "https://example.org/")
    real = bodies.real_pages(quick)
    return [
        *bodies.cases(real),
        *excerpts.cases(real),
        *_hostile(quick),
        *_furniture(),
        *furniture.cases(),
        *letters.cases(),
        *_duplicates(40 if quick else 400),
        *_translations(),
        *inside.cases(quick),
        *composing.cases(quick),
    ]


def _hostile(quick: bool) -> list[Case]:
    address = "https://example.org/hostile"
    kinds: list[tuple[str, Callable[[Any], object], Iterable[Callable[[], Any]], float]] = [
        ("page", lambda html: read_page(html, address), PAGES.values(), 2.0),
        ("feed of 2 MB", lambda data: read_feed(data, address), FEEDS.values(), 1.0),
        ("email", read_mail, EMAILS.values(), 3.0),
        ("forward of 400 kB", letters_in, FORWARDS.values(), 1.0),
        ("2 MB of bytes", lambda data: decoded(data, markup=True), BYTES.values(), 1.0),
    ]
    return [
        Case(
            f"CPU for the slowest hostile {kind}",
            max(_seconds(read, make()) for make in [*every][:: 6 if quick else 1]),
            most,
            "s",
        )
        for kind, read, every, most in kinds
    ]


def _seconds(read: Callable[[Any], object], data: Any) -> float:
    start = time.process_time()
    read(data)
    return time.process_time() - start


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


@dataclass(frozen=True, slots=True)
class _Found:
    """The number of articles, and how many of them were found."""

    right: int
    asked: int

    @property
    def share(self) -> float:
        return 100 * self.right / max(1, self.asked)


def _duplicates(count: int) -> list[Case]:
    articles = [invented(seed) for seed in range(count)]
    prints = [fingerprint(article) for article in articles]
    pairs = [(alter, seed) for alter in ALTERATIONS.values() for seed in range(count)]
    found = _Found(
        sum(same(prints[seed], fingerprint(alter(articles[seed], seed))) for alter, seed in pairs), len(pairs)
    )
    merged = sum(same(one, other) for place, one in enumerate(prints) for other in prints[:place])
    return [
        Case(f"near-duplicates found, of {found.asked} altered articles", found.share, 99.0, "%", at_least=True),
        Case(f"unrelated articles merged, of {count * (count - 1) // 2} pairs", merged, 0.0, "pairs"),
    ]


def _translations() -> list[Case]:
    news = json.loads((TEXTS / "parallel.json").read_text(encoding="utf-8"))
    strangers = [
        traits_of(text, language_of(text))
        for text in json.loads((TEXTS / "distractors.json").read_text(encoding="utf-8"))
    ]
    whole = {language: [traits_of(one[language], language) for one in news] for language in ("en", "es", "pt", "fr")}
    cut = {language: [traits_of(_front(one[language]), language) for one in news] for language in whole}
    first, first_of_cut = (
        _Found(
            sum(
                (suggest(article, [*targets, *strangers]) or [(-1, 0.0)])[0][0] == place
                for article, targets, place in asked
            ),
            len(asked),
        )
        for asked in (_asked(whole, whole), _asked(cut, whole))
    )
    return [
        Case(f"translations ranked first, of {first.asked}", first.share, 95.0, "%", at_least=True),
        Case(
            f"the same for articles cut to two thirds, of {first_of_cut.asked}",
            first_of_cut.share,
            95.0,
            "%",
            at_least=True,
        ),
    ]


def _asked(articles: dict[str, list[Any]], targets: dict[str, list[Any]]) -> list[tuple[Any, list[Any], int]]:
    return [
        (article, targets[other], place)
        for language in articles
        for other in targets
        if other != language
        for place, article in enumerate(articles[language])
    ]


def _front(text: str) -> str:
    words = text.split()
    return " ".join(words[: round(len(words) * 2 / 3)])
