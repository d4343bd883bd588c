"""Language detection, and texts whose language cannot be determined."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.languages import UNKNOWN, language_of

NEWS = json.loads((Path(__file__).parent / "parallel.json").read_text())


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_the_language_of_news_is_detected(language):
    assert {language_of(news[language]) for news in NEWS} == {language}


def test_capitals_do_not_change_the_language():
    assert language_of(NEWS[0]["es"].upper()) == "es"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "Huelga", "12.345 — 67/89", "https://example.org/una/huelga/general/en/la/ciudad", "a" * 3_000_000],
)
def test_the_language_of_text_without_enough_words_is_unknown(text):
    assert language_of(text) == UNKNOWN


def test_the_language_of_a_half_and_half_text_is_unknown():
    half = " ".join(news["es"] for news in NEWS[:10]), " ".join(news["en"] for news in NEWS[:11])
    assert language_of(" ".join(half)) == UNKNOWN


def test_a_quotation_does_not_change_the_language():
    assert language_of(" ".join([*(news["pt"] for news in NEWS[:9]), NEWS[9]["en"]])) == "pt"


@given(st.text(max_size=600))
def test_detection_never_raises(text):
    assert language_of(text)
