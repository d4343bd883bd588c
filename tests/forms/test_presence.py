"""“(optional)” is next to a field exactly if it may be left empty."""

from enum import EnumType

import pytest
from flask import render_template_string
from wtforms import BooleanField, HiddenField, SelectField

from app.forms.base import Form, Question
from app.forms.fields import ChooseManyField
from app.forms.people.lists import RecordListForm
from app.forms.presence import Where

SEARCHES = {"ListForm", "SearchForm"}
"""Forms without required fields, in which nothing is marked."""
SAMPLES = {
    "HourField": "10:00",
    "TimeField": "10:00",
    "MomentField": "2025-12-10T10:00",
    "StringField": "x",
    "DecimalField": "5",
    "ChooseField": "1",
}


def below(base):
    """Return all form classes."""
    for kind in base.__subclasses__():
        yield kind
        yield from below(kind)


FORMS = sorted(
    {
        kind
        for base in (Form, Question)
        for kind in below(base)
        if kind.__module__.startswith("app.") and not issubclass(kind, RecordListForm)
    },
    key=str,
)
"""All forms, except those of lists of records: all of their fields are filters, and they need their choices from the start."""


def sent(app, kind, values):
    """Return a form as submitted with all fields empty except `values`."""
    with app.test_request_context():
        names = [
            field.name for field in kind() if not isinstance(field, ChooseManyField)
        ]  # an unchecked box is not sent
    with app.test_request_context(
        "/", method="POST", query_string=dict.fromkeys(names, "") | values, data=dict.fromkeys(names, "") | values
    ):
        return kind()


def states(form, field):
    """Return the values of other fields with which the field is shown, required or not."""
    where = next((one for one in field.validators if isinstance(one, Where)), None)
    if field.name in form.SHOWN and (where is None or where.name == "kind"):
        return [{"kind": kind.value} for kind in form.SHOWN[field.name]]
    if where:
        values = where.values or [SAMPLES[form[where.name].type]]
        return [{where.name: "" if one is False else str(getattr(one, "value", one))} for one in values]
    return [{}]


def offers(form, *, nothing):
    """Add the choices that pages add, possibly including an empty one."""
    for field in form:
        if isinstance(field, SelectField) and field.choices is None:
            one = next(iter(field.coerce)).value if isinstance(field.coerce, EnumType) else "1"
            field.choices = ({"": "none"} if nothing else {}) | {one: "one"}
        if isinstance(field, ChooseManyField):
            field.choices = {"1": "one"}


def takes_nothing(field):
    """Return whether an empty choice is possible: not for numbers or enum members."""
    try:
        field.coerce("") if isinstance(field, SelectField) else None
    except ValueError:
        return False
    return True


def is_marked(app, field):
    """Return whether a page marks a field as optional."""
    macro = "{% from 'components/forms.html' import field %}{{ field(it) }}"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        field.errors = ()
        return "(optional)" in render_template_string(macro, it=field)


def marked_and_accepted(app, kind, name, *, nothing):
    """Return whether a field is marked, and whether it may be empty in every state in which it is shown."""
    accepted = []
    for state in states(form := sent(app, kind, {}), form[name]):
        form = sent(app, kind, state)
        with app.test_request_context():
            offers(form, nothing=nothing)
            form[name].validate(form)
        accepted.append(not form[name].errors)
    return is_marked(app, form[name]), all(accepted)


@pytest.mark.parametrize("nothing", [True, False], ids=["with nothing to choose", "without"])
def test_the_required_marker_matches_the_validation_of_an_empty_field(app, nothing):
    wrong = []
    for kind in FORMS:
        for field in sent(app, kind, {}) if kind.__name__ not in SEARCHES else ():
            if isinstance(field, BooleanField | HiddenField) or (nothing and not takes_nothing(field)):
                continue
            marked, accepted = marked_and_accepted(app, kind, field.name, nothing=nothing)
            if marked != accepted:
                wrong.append((kind.__name__, field.name, marked, accepted))
    assert wrong == []


def test_check_boxes_and_searches_are_never_marked(app):
    macro = "{% from 'components/forms.html' import field %}{{ field(it, marked=marked) }}"
    for kind in FORMS:
        with app.test_request_context(headers={"Accept-Language": "en"}):
            for field in kind():
                if isinstance(field, BooleanField):
                    assert "(optional)" not in render_template_string(macro, it=field, marked=True)
                elif kind.__name__ in SEARCHES and not isinstance(field, SelectField):
                    assert "(optional)" not in render_template_string(macro, it=field, marked=False)


def test_no_label_says_by_itself_whether_a_field_may_be_left_empty(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert [field.name for kind in FORMS for field in kind() if "(optional)" in str(field.label.text)] == []
