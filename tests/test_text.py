"""Comparing, searching and sorting names; recognizing languages and countries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import countries, languages
from app.text import full_stop, passage, plain, searchable, sort_key, with_one_stop, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bogotá", "BOGOTA"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("Smørrebrød", "smorrebrod"),
        ("Peña", "Pen\u0303a"),
        ("\U0001d56c\U0001d586", "aa"),
        ("Jean–Luc", "jean-luc"),
        ("San  José,", "san jose"),
        ("İstanbul", "istanbul"),
        ("Đorđe", "dorde"),
    ],
)
def test_accents_capitals_and_special_letters_make_no_difference(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize("apostrophe", "'’‘ʼʻ`´′＇")
def test_all_apostrophes_are_the_same(apostrophe):
    assert plain(f"O{apostrophe}Higgins") == plain("O'Higgins")
    assert words_of(f"l{apostrophe}usine") == ["l", "usine"]
    assert "ohiggins" in searchable(f"O{apostrophe}Higgins")
    assert passage(f"Calle Libertador O{apostrophe}Higgins", ["higgins"])


@given(st.text(max_size=60))
def test_folding_a_folded_name_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
    assert words_of(plain(text)) == words_of(text)
    assert all(word in searchable(text) for word in plain(text).split())


def test_the_letter_enye_is_sorted_separately_only_in_spanish():
    names = ["Nuño", "Nunez", "Nuñez", "Ñandú", "Nz", "Zapata", "Álvarez", "Oña"]
    assert sorted(names, key=sort_key) == ["Álvarez", "Nunez", "Nuñez", "Nuño", "Nz", "Ñandú", "Oña", "Zapata"]
    in_english = sorted(names, key=lambda name: sort_key(name, language="en"))
    assert in_english.index("Ñandú") < in_english.index("Nz")


def test_the_first_part_takes_precedence_over_the_second():
    people = [("de la Cruz", "Ana"), ("de", "Zoe"), ("De la Cruz", None), (None, "Delfina")]
    assert sorted(people, key=lambda names: sort_key(*names)) == [people[1], people[2], people[0], people[3]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("English", "en"),
        ("inglés", "en"),
        ("INGLES", "en"),
        ("eng", "en"),
        ("anglais", "en"),
        ("español", "es"),
        ("castellano", "es"),
        ("pt-BR", "pt-BR"),
        ("pt_br", "pt-BR"),
        ("Brazilian Portuguese", "pt-BR"),
        ("English (US)", "en"),
        ("kreyòl", "ht"),
        ("العربية", "ar"),
        ("quechua", "qu"),
        ("spanglish", None),
        ("English and Spanish", None),
        ("xx", None),
        ("mul", None),
        ("", None),
    ],
)
def test_a_language_is_recognized_by_its_codes_and_names(text, code):
    assert languages.code_of(text) == code


def test_every_offered_language_is_recognized_by_its_code():
    for language in ("es", "en"):
        assert all(languages.code_of(code) == code for code in languages.named(language) if len(code) < 4)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Perú", "PE"),
        ("peru", "PE"),
        ("Spain", "ES"),
        ("us", "US"),
        ("EE. UU.", "US"),
        ("Atlantis", None),
        ("EU", None),
    ],
)
def test_a_country_is_recognized_by_its_code_and_names(text, code):
    assert countries.code_of(text) == code


def test_countries_are_sorted_by_the_alphabet_of_the_language():
    names = list(countries.named("es").values())
    assert names.index("España") < names.index("Estonia")
    assert names.index("Fiyi") < names.index("Omán") < names.index("Países Bajos") < names.index("Zimbabue")
    assert list(countries.named("en").values()).index("Åland Islands") < 5


@pytest.mark.parametrize(
    "reason", ["granted", "granted.", "granted?", "granted!", "granted…", "“granted.”", "12 p. m."]
)
def test_a_sentence_ends_in_one_period(reason):
    sentence = with_one_stop("No visa: %(reason)s. Nothing else.", {"reason": reason}) % {"reason": reason}
    expected = f"{reason}." if reason == "granted" else reason
    assert full_stop(f" {reason} ") == expected
    assert sentence == f"No visa: {expected} Nothing else."


def test_periods_within_a_sentence_are_kept():
    assert with_one_stop("%(a)s, %(b)s … %(c)s...", {"a": "A.", "b": "B.", "c": "C."}) == "%(a)s, %(b)s … %(c)s..."
    assert with_one_stop("(%(place)s).", {"place": "St."}) == "(%(place)s)."
    assert full_stop("") == ""
