"""Picking by typing: exact input is accepted, and everything else must be chosen."""

from datetime import datetime

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.forms import fields
from app.forms.fields import clean_line
from app.forms.picking import Choice, PickField, understood

CHOICES = [
    Choice("Caracas (CCS), VE", 1, ("Caracas",), codes=("CCS",)),
    Choice("Caracas, VE", 2, ("Caracas",)),
    Choice("San Antonio del Táchira, VE", 3, ("San Antonio del Táchira",)),
    Choice("San Cristóbal, VE", 4, ("San Cristóbal",)),
]


class Sheet(Form):
    place = PickField("Place", required=True)
    at = fields.moment("At")


def typed(text, **more):
    sheet = Sheet(MultiDict({"place": text} | more))
    sheet.place.choices = CHOICES
    return sheet


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("caracas (ccs), ve", 1), ("ccs", 1), ("Caracas, VE", 2), ("san cristobal", 4), ("  San   Cristóbal, VE ", 4),
        ("SAN ANTONIO DEL TACHIRA", 3),
    ],
)  # fmt: skip
def test_a_label_a_code_or_a_unique_name_is_recognized(app, text, value):
    with app.test_request_context():
        sheet = typed(text)
        assert sheet.validate()
        assert sheet.place.data == value


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("caracas", ["1", "2"]),
        ("san ant", ["3"]),
        ("tachira san", ["3"]),
        ("san", ["3", "4"]),
        ("Atlantis", []),
        ("", []),
        ("?", []),
    ],
)
def test_inexact_input_must_be_chosen_and_the_text_is_kept(app, text, offered):
    with app.test_request_context():
        sheet = typed(text)
        assert not sheet.validate()
        assert sheet.place.data is None
        assert f'value="{text}"' in sheet.place()
        assert [value for value, _name in sheet.place.offers] == offered


def test_the_tapped_choice_is_used(app):
    with app.test_request_context():
        sheet = typed("caracas", **{"place-choice": "2", "place-about": "caracas"})
        assert sheet.validate()
        assert sheet.place.data == 2


@pytest.mark.parametrize("answer", ["9", "4", "x", "2 "])
def test_only_what_was_offered_can_be_tapped(app, answer):
    with app.test_request_context():
        sheet = typed("caracas", **{"place-choice": answer})
        assert sheet.validate() is (answer.strip() == "2")


def test_a_choice_for_another_text_is_ignored(app):
    with app.test_request_context():
        sheet = typed("san", **{"place-choice": "4", "place-about": "san cristobal colon"})
        assert not sheet.validate()
        assert sheet.place.answer == ""


def test_the_current_value_is_shown_by_its_label(app):
    with app.test_request_context():
        sheet = Sheet(place=3)
        sheet.place.choices = CHOICES
        assert "Táchira" in sheet.place()


def test_text_is_cleaned_but_not_changed():
    assert clean_line(" Ana\u0000 \u202eLuz\n ") == "Ana Luz"
    assert clean_line("e\u0301") == "é"
    assert clean_line("نور") == "نور"


def test_of_several_objects_with_one_name_the_suitable_one_is_used():
    sheet = typed("caracas")
    sheet.place.suits = lambda value: value == 1
    assert sheet.validate()
    assert sheet.place.data == 1


def test_the_code_of_an_unsuitable_object_must_be_confirmed_with_alternatives(app):
    with app.test_request_context():
        sheet = typed("CCS")
        sheet.place.suits = lambda value: value != 1
        sheet.place.instead = lambda value: [CHOICES[1]] if value == 1 else []
        assert not sheet.validate()
        assert [value for value, _name in sheet.place.offers] == ["2", "1"]


def test_a_distant_exact_name_is_not_used_while_a_near_one_contains_it(app):
    with app.test_request_context():
        for near, valid in (({3}, False), ({4}, True), (set(), True)):
            sheet = typed("san cristobal")
            sheet.place.choices = [*CHOICES[:2], Choice("San Cristóbal de Acá, PE", 3), CHOICES[3]]
            sheet.place.is_near = lambda value, near=near: value in near
            assert sheet.validate() is valid, near
            if not valid:
                assert {value for value, _name in sheet.place.offers} == {"3", "4"}


@pytest.mark.parametrize("found", [CHOICES[2:], CHOICES[2:3]])
def test_partial_matches_must_be_chosen(app, found):
    with app.test_request_context():
        sheet = typed("anton")
        sheet.place.choices = []
        sheet.place.search = lambda _text: found
        assert not sheet.validate()
        assert len(sheet.place.offers) == len(found)


def test_the_tapped_reading_of_an_ambiguous_hour_is_used(app):
    with app.test_request_context():
        sheet = typed("ccs", at="2026-11-01T01:30", **{"at-choice": "2026-11-01T01:30-05:00"})
        assert sheet.validate()
        assert sheet.at.data == datetime.fromisoformat("2026-11-01T01:30-05:00")
        assert 'value="2026-11-01T01:30"' in sheet.at()


@pytest.mark.parametrize("answer", ["2026-11-01T01:45-05:00", "2026-11-01T01:30", "nonsense", ""])
def test_a_reading_of_another_hour_is_ignored(app, answer):
    with app.test_request_context():
        sheet = typed("ccs", at="2026-11-01T01:30", **{"at-choice": answer})
        assert sheet.validate()
        assert sheet.at.data.tzinfo is None


TOWNS = [
    Choice("Londres, GB", 11, ("London", "Londres"), description="Londres, Reino Unido", weight=8_900_000),
    Choice("London, CA", 12, ("London",), weight=420_000),
    Choice("London (LON), GB", 13, ("London",), codes=("LON",)),
    Choice("Córdoba, AR", 14, ("Córdoba",), weight=1_400_000),
    Choice("Córdoba, ES", 15, ("Córdoba",), weight=325_000),
    Choice("Ufa, RU", 16, ("Ufa",), weight=1_100_000),
    Choice("Ufa (UFA), RU", 17, ("Ufa",), codes=("UFA",)),
]


def typed_town(text, near=None, **more):
    sheet = typed(text, **more)
    sheet.place.choices = TOWNS
    if near:
        sheet.place.is_near = lambda value: value in near
    return sheet


def test_an_option_that_clearly_outweighs_its_namesakes_is_taken_and_the_others_are_offered(app):
    with app.test_request_context():
        sheet = typed_town("London")
        assert sheet.validate()
        assert (sheet.place.data, sheet.place.answer) == (11, "11")
        assert [value for value, _name in sheet.place.offers] == ["11", "12", "13"]
        [said] = understood(sheet)
        assert "Londres, Reino Unido" in said


def test_a_page_that_is_shown_again_says_which_option_a_name_means(app):
    with app.test_request_context():
        for text, note in (("Londres", "Londres, Reino Unido"), ("Londres, GB", "")):
            sheet = typed_town(text)
            assert sheet.validate()
            assert sheet.place.note == note


def test_another_one_that_was_offered_is_taken_instead(app):
    with app.test_request_context():
        sheet = typed_town("London", **{"place-choice": "12", "place-about": "London"})
        assert sheet.validate()
        assert (sheet.place.data, understood(sheet)) == (12, [])


def test_namesakes_of_similar_weight_must_be_chosen_unless_only_one_is_near(app):
    with app.test_request_context():
        assert not typed_town("Córdoba").validate()
        sheet = typed_town("Córdoba", near=[15])
        assert sheet.validate()
        assert sheet.place.data == 15


def test_of_namesakes_that_are_equally_likely_the_one_spelled_as_typed_is_offered_first(app):
    with app.test_request_context():
        sheet = typed("San José")
        sheet.place.choices = [
            Choice(name, number, ("San José",)) for number, name in enumerate(("San Jose", "San José"))
        ]
        assert not sheet.validate()
        assert [value for value, _name in sheet.place.offers] == ["1", "0"]


@pytest.mark.parametrize(("text", "value"), [("ufa", 16), ("UFA", 17), ("lon", 13)])
def test_a_code_in_small_letters_yields_to_a_town_with_that_name(app, text, value):
    with app.test_request_context():
        sheet = typed_town(text)
        assert sheet.validate()
        assert sheet.place.data == value
