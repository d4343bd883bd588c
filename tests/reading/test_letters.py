"""Letters of pages are right, whatever their bytes and labels, and however much code stands before the text."""

import pytest

from app.reading.articles import from_text
from app.reading.letters import encoded_once, without_invisible
from benchmarks.articles_cases.letters import CASES, is_read


@pytest.mark.parametrize("name", CASES)
def test_every_letter_of_a_page_is_read(name):
    assert is_read(name)


@pytest.mark.parametrize("text", ["Ã", "São Paulo, SÃO PAULO, Â, É", "“Así”, dijo. Año, niña, güero, été, ça", "plain"])
def test_letters_that_were_encoded_once_stay(text):
    assert encoded_once(text) == text


def test_zero_width_spaces_stay_in_scripts_without_spaces():
    assert without_invisible("ภาษา\u200bไทย co\u200boperativa") == "ภาษา\u200bไทย cooperativa"


def test_pasted_text_loses_soft_hyphens():
    assert (
        from_text("Titular\n\nLa coope\u00adrativa votó ayer por la huelga.")["text"]
        == "La cooperativa votó ayer por la huelga."
    )
