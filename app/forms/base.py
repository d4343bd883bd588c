"""What all forms share: a key that stores a form once, and the display of domain errors."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import format_decimal, get_locale, gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.i18n import get_translations

from app.domain_errors import DomainError, UndecidedError
from app.wording.formats import clock_time, zone_name

RESUME = "resume"
"""The name of the button that shows a kept form again after signing in, without saving it."""


AGAIN = "again"
"""The name under which a page sends that what looks like a repetition is another one."""
AGAIN_ABOUT = "again-about"
"""The name under which it sends the keys of the records that it showed along with the question."""


@cache
def _catalog(locale: str) -> Any:
    return get_translations([locale])


@dataclass(frozen=True, slots=True)
class Twin:
    """A stored record that looks like what was typed."""

    key: str
    name: str
    address: str
    """Its page."""
    evidence: str = ""
    """What agrees, if it is not only what the question says."""


class _KnowsForm:
    """The part of a form's Meta by which its fields know the class of their form: see `app/web/retention.py`."""

    def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
        """Return a field of the form."""
        field: Field = unbound_field.bind(form=form, **options)
        field.form_class = type(form)  # type: ignore[attr-defined]
        return field


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a key for each submission: submitted twice, it is saved once.

    A form passes its input to the domain as the domain's own type: its `values()` names every key of it.
    """

    class Meta(_KnowsForm, FlaskForm.Meta):  # type: ignore[misc]
        """How the library's own sentences are translated."""

        def get_translations(self, _form: Any) -> Any:
            """Return the catalog of the reader's language; Flask-WTF would read the file in every request."""
            return _catalog(str(get_locale()))

    idempotency_key = HiddenField(default=lambda: uuid.uuid4().hex)

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {}
    """For fields that are used only for some values of the field `kind`: those values."""

    repeated = False
    """Whether the form was saved before, with this content or another, so that only a person can tell if this is a new entry."""
    saved_before: Any = None
    """Where what was saved before is found, if the page has been changed since: `location` and `editor`."""
    saved_with: Any = None
    """What was saved with this form, if it is opened again later: `location`, `editor`, and the address of an `empty` form."""
    twins: Sequence[Twin] = ()
    """Stored records that look like what was typed; the page lists them."""
    another_one = ""
    """How a person says that it is none of them."""

    seen = ""
    """What an edit form tells the server that its page showed (app/forms/merging.py); empty for other forms."""
    conflicting = False
    """Whether someone else changed a field differently since the page was shown."""

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **given: Any) -> None:
        """Fill the fields. A keyword argument takes precedence over the attribute of `obj` with the same name."""
        extra_filters = given.pop("extra_filters", None)
        named = {name: getattr(obj, name) for name in self._fields if obj is not None and hasattr(obj, name)}
        super().process(formdata, data=named | (data or {}) | given, extra_filters=extra_filters)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._rules: list[tuple[Callable[..., object], tuple[str, ...]]] = []
        super().__init__(*args, **kwargs)

    def check(self, rule: Callable[..., object], *names: str) -> None:
        """Have a domain rule checked with the values of fields, together with the fields themselves.

        It raises DomainError if the rule is violated. It is skipped if one of the fields has an error of its own.
        """
        self._rules.append((rule, names))

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether all fields, and the rules between them, are valid; all errors are shown at once."""
        valid = bool(super().validate(extra_validators))
        for rule, names in self._rules:
            fields = [self[name] for name in names]
            if any(field.errors or getattr(field, "records", False) for field in fields):
                continue
            try:
                rule(*(None if field.data == "" else field.data for field in fields))
            except DomainError as error:
                valid = False
                if self.saved_before is None:  # else the rule may refer to the very record that was saved
                    self.add_error(error)
        return valid

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Return whether the form was submitted and is valid."""
        return RESUME not in request.form and bool(super().validate_on_submit(extra_validators))

    def renew_key(self) -> None:
        """Give the form a new key, because it now shows the current state and can be saved once more."""
        self.idempotency_key.data = uuid.uuid4().hex

    @property
    def is_again(self) -> bool:
        """Whether a person has said that what looks like a repetition is another one."""
        return AGAIN in request.form

    def ask_whether_again(self, error: DomainError) -> None:
        """Show why the form looks like a repetition, with buttons that decide it."""
        self.repeated = True
        self.add_error(error)

    def ask_about(self, twins: Sequence[Twin], error: DomainError, another_one: str) -> None:
        """List records that look like what was typed; raise the error unless a person has said that it is another one.

        `another_one` is the sentence with which the person says so. What was said about other records does not count.
        """
        self.twins = [*self.twins, *(twin for twin in twins if twin not in self.twins)]
        self.another_one = another_one
        shown = request.form.get(AGAIN_ABOUT, "").split()
        is_known = self.is_again and all(twin.key in shown for twin in twins)
        if twins and not is_known:
            raise error

    def add_error(self, error: DomainError) -> None:
        """Show a violated rule at its field, or at the top if it concerns no single field."""
        _show(self, error)

    @property
    def faulty(self) -> list[Field]:
        """The fields with errors, in their order on the page."""
        return [field for field in self if field.errors]

    @property
    def sentences(self) -> list[str]:
        """All errors, for a page that does not show the fields."""
        return [str(error) for errors in (self.form_errors, *(field.errors for field in self)) for error in errors]

    @property
    def http_status(self) -> int:
        """The HTTP status of the page that shows the form: 409 if two versions conflict, 422 if something has to be corrected."""
        return 409 if self.conflicting else 422 if self.errors else 200


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows of optional fields, collapsed under a title."""

    title: Any
    rows: tuple[str | tuple[str, ...], ...]

    def is_open(self, form: Form) -> bool:
        """Return whether one of the fields has a value or an error and must therefore be visible."""
        names = (name for row in self.rows for name in ((row,) if isinstance(row, str) else row))
        return any(form[name].data or form[name].errors for name in names)


class Part(FlaskForm):  # type: ignore[misc]
    """A group of fields within another form, with names that begin with `prefix`. Ignores submitted values until it is shown."""

    class Meta(_KnowsForm):
        csrf = False

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {}
    form_errors: list[str]

    def __init__(self, prefix: str, **values: Any) -> None:
        sent = request.form if any(name.startswith(prefix) for name in request.form) else None
        super().__init__(formdata=sent, prefix=prefix, **values)

    def add_error(self, error: DomainError) -> None:
        """Show a violated rule at its field."""
        _show(self, error)


def _show(form: "Form | Question | Part", error: DomainError) -> None:
    sentence = gettext(error.message, **{name: _shown(value) for name, value in error.values.items()})
    field = form._fields.get(error.field or "")
    if field is None:
        form.form_errors.append(sentence)
        return
    field.errors = (*field.errors, sentence)
    if isinstance(error, UndecidedError):
        field.ask(error.choices)


def _shown(value: object) -> object:
    if isinstance(value, ZoneInfo):
        return zone_name(value.key)
    if isinstance(value, int):
        return format_decimal(value)
    return clock_time(value) if isinstance(value, datetime) else value


class Question(FlaskForm):  # type: ignore[misc]
    """A search form, which changes nothing: it is sent with GET."""

    class Meta:
        csrf = False

    SHOWN: ClassVar[dict[str, tuple[StrEnum, ...]]] = {}
    form_errors: list[str]

    def __init__(self, **values: Any) -> None:
        super().__init__(formdata=request.args or None, **values)

    def add_error(self, error: DomainError) -> None:
        """Show a violated rule at its field."""
        _show(self, error)

    @staticmethod
    def sound(field: Field) -> Any:
        """Return the value of a field, None if it has an error."""
        return None if field.errors else field.data

    @property
    def faulty(self) -> list[Field]:
        """The fields with errors, in their order on the page."""
        return [field for field in self if field.errors]

    @property
    def is_filtered(self) -> bool:
        """Whether it shows only a part of what there is."""
        return bool(self.kept())

    def kept(self) -> dict[str, Any]:
        """Return the same search as a query string: the text of each field, or a list of texts."""
        given = {field.name: field.data for field in self if field.data and not field.errors}
        return {name: value if isinstance(value, list) else str(value) for name, value in given.items()}


class Button(Form):
    """A form with only its button."""
