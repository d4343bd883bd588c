"""Translations: how often the right one is suggested first, and how often a wrong one.

short_texts.json has texts of about 56 words in two halves, by the SHA-256 of their English version; rules are tuned on one half.
tests/reading/parallel.json was used for tuning.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from app.reading.languages import language_of
from app.reading.versions import Traits, suggest, traits_of
from benchmarks import Case
from benchmarks.articles_cases.common import TEXTS, Found
from benchmarks.bodies import HALVES
from benchmarks.layouts.stories import LANGUAGES, story

SHORT_TEXTS = Path(__file__).parent / "short_texts.json"
_STRANGERS = 200


def cases() -> list[Case]:
    """Ask for the translations of every text among those of the others and of unrelated texts."""
    news = json.loads((TEXTS / "parallel.json").read_text(encoding="utf-8"))
    strangers = [
        traits_of(text, language_of(text))
        for text in json.loads((TEXTS / "distractors.json").read_text(encoding="utf-8"))
    ]
    whole = {language: [traits_of(one[language], language) for one in news] for language in LANGUAGES}
    cut = {language: [traits_of(_front(one[language]), language) for one in news] for language in whole}
    return [
        Case(f"{name}, of {found.asked}", found.share, 95.0, "%", at_least=True)
        for name, found in (
            ("translations ranked first", ranked_first(whole, whole, strangers)),
            ("the same for articles cut to two thirds", ranked_first(cut, whole, strangers)),
        )
    ] + [case for held_out, half in HALVES.items() for case in _half(short_texts(held_out), half)]


def _half(texts: list[dict[str, str]], half: str) -> list[Case]:
    traits = {language: [traits_of(one[language], language) for one in texts] for language in LANGUAGES}
    strangers = _strangers()
    found = ranked_first(traits, traits, strangers)
    wrong = ranked_wrongly(traits, strangers)
    return [
        Case(f"translations of 56 words ranked first, of {found.asked} {half}", found.share, 95.0, "%", at_least=True),
        Case(f"suggested first although unrelated, of {wrong.asked} {half}", wrong.share, 0.5, "%"),
    ]


def short_texts(held_out: bool) -> list[dict[str, str]]:
    """Return the short texts of a half, each by language."""
    texts = json.loads(SHORT_TEXTS.read_text(encoding="utf-8"))
    return [one for one in texts if (hashlib.sha256(one["en"].encode()).digest()[0] % 2 == 1) == held_out]


def ranked_first(
    articles: dict[str, list[Traits]], targets: dict[str, list[Traits]], strangers: Sequence[Traits]
) -> Found:
    """Ask for each article in each other language, where its translation stands among those of the others."""
    asked = [
        (article, targets[other], place)
        for language in articles
        for other in targets
        if other != language
        for place, article in enumerate(articles[language])
    ]
    return Found(
        sum((suggest(article, [*among, *strangers]) or [(-1, 0.0)])[0][0] == place for article, among, place in asked),
        len(asked),
    )


def ranked_wrongly(traits: dict[str, list[Traits]], strangers: Sequence[Traits]) -> Found:
    """Count the wrong first suggestions: with the translations among the candidates, and without them."""
    wrong = asked = 0
    for language, articles in traits.items():
        others = [other for other in traits if other != language]
        for place, article in enumerate(articles):
            among = [(each, one) for other in others for each, one in enumerate(traits[other])]
            for kept in (among, [pair for pair in among if pair[0] != place]):
                first = suggest(article, [*(one for _, one in kept), *strangers])
                asked += 1
                wrong += bool(first) and (first[0][0] >= len(kept) or kept[first[0][0]][0] != place)
    return Found(wrong, asked)


def _strangers() -> list[Traits]:
    """Return unrelated texts in all four languages, as long as the short texts."""
    told = (story("stranger", seed) for seed in range(_STRANGERS))
    return [traits_of(f"{one.headline}. {one.paragraphs[0]}", one.language) for one in told]


def _front(text: str) -> str:
    words = text.split()
    return " ".join(words[: round(len(words) * 2 / 3)])
