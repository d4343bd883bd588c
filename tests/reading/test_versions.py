"""Translations are suggested by what they keep: numbers, dates, names, first letters of words."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.reading.languages import language_of
from app.reading.versions import likeness, suggest, traits_of
from benchmarks.articles_cases import translations

HERE = Path(__file__).parent
NEWS = json.loads((HERE / "parallel.json").read_text())
DISTRACTORS = [traits_of(text, language_of(text)) for text in json.loads((HERE / "distractors.json").read_text())]
TRAITS = {language: [traits_of(news[language], language) for news in NEWS] for language in ("en", "es", "pt", "fr")}


@pytest.mark.parametrize("origin", TRAITS)
@pytest.mark.parametrize("target", TRAITS)
def test_the_translation_ranks_first_among_all_news_and_distractors(origin, target):
    if origin == target:
        return
    candidates = [*TRAITS[target], *DISTRACTORS]
    right = [
        index
        for index, article in enumerate(TRAITS[origin])
        if suggest(article, candidates)[:1] and suggest(article, candidates)[0][0] == index
    ]
    assert len(right) >= 0.95 * len(NEWS)


def test_articles_in_one_language_are_not_translations_of_each_other():
    assert likeness(TRAITS["en"][0], TRAITS["en"][0]) == 0.0


def test_unrelated_news_has_low_likeness_and_translations_have_high_likeness():
    alike = [likeness(TRAITS["en"][index], TRAITS["es"][index]) for index in range(len(NEWS))]
    unlike = [likeness(TRAITS["en"][index], TRAITS["es"][index - 1]) for index in range(len(NEWS))]
    assert min(alike) > max(unlike) + 0.3


def test_distant_dates_reduce_the_likeness():
    text, translated = NEWS[0]["en"], NEWS[0]["fr"]
    near = likeness(traits_of(text, "en", date(2026, 3, 1)), traits_of(translated, "fr", date(2026, 3, 3)))
    far = likeness(traits_of(text, "en", date(2026, 3, 1)), traits_of(translated, "fr", date(2026, 8, 3)))
    assert far < near / 2


def test_nothing_is_suggested_among_unrelated_texts_or_for_an_empty_one():
    assert suggest(traits_of(""), TRAITS["en"]) == []
    assert suggest(traits_of("Rain falls on the bay tonight and nobody is out.", "en"), TRAITS["es"]) == []
    assert suggest(TRAITS["en"][0], []) == []


def test_numbers_are_read_in_the_format_of_each_language():
    shared = (
        traits_of("1,940 and 2.35", "en").features
        & traits_of("1.940 y 2,35", "es").features
        & traits_of("1 940 et 2,35", "fr").features
    )
    assert {value for kind, value in shared if kind == "number"} == {"1940", "2.35"}


def test_short_translations_are_suggested_first_and_unrelated_texts_never():
    texts = translations.short_texts(held_out=True)
    traits = {language: [traits_of(one[language], language) for one in texts] for language in ("en", "es", "pt", "fr")}
    found, wrong = translations.ranked_first(traits, traits, []), translations.ranked_wrongly(traits, [])
    assert (found.share >= 95, wrong.right) == (True, 0)
