"""Picking by typing."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.forms.fields import clean_line
from app.forms.picking import Choice, PickField

CHOICES = [
    Choice("Caracas (CCS), VE", 1, ("CCS", "Caracas")),
    Choice("Caracas, VE", 2, ("Caracas",)),
    Choice("San Antonio del Táchira, VE", 3),
    Choice("San Cristóbal, VE", 4),
]


class Sheet(Form):
    place = PickField("Place", required=True)


def typed(text):
    sheet = Sheet(MultiDict({"place": text}))
    sheet.place.choices = CHOICES
    return sheet


@pytest.mark.parametrize(
    ("text", "value"),
    [("caracas (ccs), ve", 1), ("ccs", 1), ("Caracas, VE", 2), ("san ant", 3), ("  San   Cristóbal, VE ", 4)],
)
def test_a_label_another_name_or_the_only_beginning_is_understood(app, text, value):
    with app.test_request_context():
        sheet = typed(text)
        assert sheet.validate()
        assert sheet.place.data == value


@pytest.mark.parametrize("text", ["caracas", "san", "Atlantis", "", "c"])
def test_what_could_be_two_or_none_is_given_back_as_it_was_typed(app, text):
    with app.test_request_context():
        sheet = typed(text)
        assert not sheet.validate()
        assert sheet.place.data is None
        assert f'value="{text}"' in sheet.place()


def test_a_value_that_stands_is_shown_by_its_label(app):
    with app.test_request_context():
        sheet = Sheet(place=3)
        sheet.place.choices = CHOICES
        assert "Táchira" in sheet.place()


def test_text_is_cleaned_and_not_bent():
    assert clean_line(" Ana\u0000 \u202eLuz\n ") == "Ana Luz"
    assert clean_line("e\u0301") == "é"
    assert clean_line("نور") == "نور"


def test_of_several_things_the_one_that_suits_is_meant():
    sheet = typed("caracas")
    sheet.place.suits = lambda value: value == 1
    assert sheet.validate()
    assert sheet.place.data == 1


def test_where_a_search_finds_several_a_person_is_asked():
    sheet = typed("san")
    sheet.place.choices = []
    sheet.place.search = lambda _text: CHOICES[2:]
    assert not sheet.validate()
    sheet = typed("anton")
    sheet.place.choices = []
    sheet.place.search = lambda _text: CHOICES[2:3]
    assert sheet.validate()
    assert sheet.place.data == 3
