"""Translations: how often the right one is suggested first."""

import json
from typing import Any

from app.reading.languages import language_of
from app.reading.versions import suggest, traits_of
from benchmarks import Case
from benchmarks.articles_cases.common import TEXTS, Found


def cases() -> list[Case]:
    """Ask for the translations of every text among those of the others and of unrelated texts."""
    news = json.loads((TEXTS / "parallel.json").read_text(encoding="utf-8"))
    strangers = [
        traits_of(text, language_of(text))
        for text in json.loads((TEXTS / "distractors.json").read_text(encoding="utf-8"))
    ]
    whole = {language: [traits_of(one[language], language) for one in news] for language in ("en", "es", "pt", "fr")}
    cut = {language: [traits_of(_front(one[language]), language) for one in news] for language in whole}
    first, first_of_cut = (
        Found(
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
