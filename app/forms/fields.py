"""Field types: cleaned text, plausible dates, enums, and fields with autocomplete."""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext, lazy_gettext
from wtforms import (
    DateField,
    DecimalField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.email_addresses import fault, normalized
from app.forms.asking import MomentField
from app.forms.hours import HourField
from app.forms.presence import Needed, Where, input_presence, presence
from app.reading.addresses import cleaned
from app.wording.formats import dialable

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DIRECTION_OVERRIDES = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def clean(text: str | None) -> str:
    """Return text in NFC, without control characters and direction overrides, which could be used to deceive readers."""
    kept = (
        char
        for char in unicodedata.normalize("NFC", text or "")
        if char in "\n\t" or (unicodedata.category(char) != "Cc" and ord(char) not in _DIRECTION_OVERRIDES)
    )
    return "".join(kept)


def given(field: Field) -> Any:
    """Return the value of a field, None if it was left empty."""
    return None if field.data == "" else field.data


def clean_line(text: str | None) -> str:
    """Return cleaned text on one line, without leading and trailing spaces."""
    return " ".join(clean(text).split())


def clean_lines(text: str | None) -> str:
    """Return cleaned text of several lines, without leading and trailing space."""
    return clean((text or "").replace("\r\n", "\n")).strip()


def line(label: Any, *, longest: int = 200, required: Needed = False, help: Any = "", **attributes: Any) -> StringField:
    """Return a field for one line of text."""
    return StringField(
        label,
        description=help,
        filters=[clean_line],
        validators=[presence(required), Length(max=longest)],
        render_kw={"maxlength": longest, **attributes},
    )


def words(label: Any, *, help: Any = "") -> StringField:
    """Return a search field; text that is too long is cut off, because a search cannot do harm."""
    return StringField(
        label,
        description=help,
        filters=[lambda typed: clean_line(typed)[:200]],
        validators=[Optional()],
        render_kw={"type": "search", "maxlength": 200},
    )


def lines(
    label: Any, *, longest: int = 5000, required: Needed = False, help: Any = "", **attributes: Any
) -> TextAreaField:
    """Return a field for several lines of text."""
    return TextAreaField(
        label,
        description=help,
        filters=[clean_lines],
        validators=[presence(required), _NotLonger(longest)],
        render_kw={"rows": 4, **attributes},
    )


def email(label: Any, *, required: Needed = False, help: Any = "", autocomplete: str = "off") -> StringField:
    """Return a field for an email address."""
    return StringField(
        label,
        description=help,
        filters=[lambda typed: normalized(typed or "")],
        validators=[presence(required), Length(max=254), _reaches_somebody],
        render_kw={"type": "email", "inputmode": "email", "autocomplete": autocomplete, "maxlength": 254},
    )


class PhoneField(StringField):
    """A phone number, or text that says how to reach a person. Any text is accepted, with a note if it cannot be dialed."""

    @property
    def note(self) -> str:
        """A note about the value; empty if it can be dialed."""
        return (
            "" if not self.data or dialable(self.data) else gettext("This number cannot be dialed. It is kept as text.")
        )


def phone(label: Any, *, help: Any = "") -> PhoneField:
    """Return a field for a phone number, or for text that says how to reach a person."""
    return PhoneField(
        label,
        description=help,
        filters=[clean_line],
        validators=[Optional(), Length(max=40)],
        render_kw={"type": "tel", "maxlength": 40, "autocomplete": "off"},
    )


def web_address(label: Any, *, required: Needed = False, help: Any = "") -> StringField:
    """Return a field for a web address, from which link wrappers are removed; only http and https are accepted."""
    return StringField(
        label,
        description=help,
        filters=[clean_line, cleaned],
        validators=[presence(required), Length(max=2000), _is_web_address],
        render_kw={"type": "url", "inputmode": "url", "maxlength": 8000},
    )


def day(label: Any, *, required: Needed = False, help: Any = "") -> DateField:
    """Return a field for a date."""
    return DateField(label, description=help, validators=[input_presence(required), _within_reason])


def moment(label: Any, *, required: Needed = False, help: Any = "") -> MomentField:
    """Return a field for a date and a time of day; its label says in which zone."""
    return MomentField(
        label,
        description=help,
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        validators=[input_presence(required), _within_reason],
    )


def hour(label: Any, *, required: Needed = False, help: Any = "") -> HourField:
    """Return a field for a time of day."""
    return HourField(label, description=help, format=["%H:%M", "%H:%M:%S"], validators=[input_presence(required)])


def money(label: Any, *, help: Any = "") -> DecimalField:
    """Return a field for an amount of money."""
    return DecimalField(
        label,
        description=help,
        places=2,
        validators=[Optional(), NumberRange(0, 9_999_999_999)],
        render_kw={"inputmode": "decimal"},
    )


def degrees(label: Any, most: int, *, required: Needed = False, help: Any = "") -> DecimalField:
    """Return a field for a latitude or longitude, in degrees."""
    return DecimalField(
        label,
        description=help,
        places=5,
        validators=[input_presence(required), NumberRange(-most, most)],
        render_kw={"inputmode": "decimal"},
    )


def number(
    label: Any, *, least: int, most: int, help: Any = "", default: int | None = None, required: Needed = True
) -> IntegerField:
    """Return a field for a whole number."""
    return IntegerField(
        label,
        description=help,
        default=default,
        validators=[input_presence(required), NumberRange(least, most)],
        render_kw={"inputmode": "numeric", "min": least, "max": most, "type": "number"},
    )


class ChooseField(SelectField):
    """A choice of one; the view passes in the options. A missing or unknown value means no choice."""

    def process_data(self, value: Any) -> None:
        super().process_data("" if value is None else value)

    def offer(self, choices: Iterable[tuple[object, str]]) -> None:
        """Offer values with their labels, in this order."""
        self.choices = {str(value): str(name) for value, name in choices}

    @property
    def offers_nothing(self) -> bool:
        """Whether nothing is among the choices."""
        return "" in (self.choices or {})


class EnumField(ChooseField):
    """A choice of one of the `offered` members of an enum, or of all, and of the stored one; `empty` labels no choice."""

    def __init__(
        self, label: Any, values: type[StrEnum], called: Callable[[StrEnum], str],
        empty: Any = "", offered: Iterable[StrEnum] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(label, coerce=lambda sent: values(sent) if sent or not empty else None, **kwargs)
        self._called, none = called, [("", empty)] if empty else []
        self.offer([*none, *((value.value, called(value)) for value in offered or values)])

    def process_data(self, value: Any) -> None:
        if isinstance(value, StrEnum):
            self.choices.setdefault(value.value, str(self._called(value)))  # type: ignore[union-attr]
        super().process_data(value)


class ChooseManyField(SelectMultipleField):
    """A choice of any number, as checkboxes; the view passes in the options."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def offer(self, choices: Iterable[tuple[object, str]]) -> None:
        """Offer values with their labels, in this order."""
        self.choices = {str(value): str(name) for value, name in choices}


def one_of(
    label: Any, values: type[StrEnum], called: Callable[[StrEnum], str], *, help: Any = "", **chosen: Any
) -> EnumField:
    """Return a field to choose one member of an enum, initially `default`, or no choice, labeled `empty`."""
    return EnumField(label, values, called, description=help, **chosen)


def select(
    label: Any, *, help: Any = "", default: Any = "", coerce: Any = str, required: Needed = False, **more: Any
) -> ChooseField:
    """Return a field whose options the view passes in; if it is required, nothing is preselected."""
    needed: list[Any] = [DataRequired(lazy_gettext("Choose one."))] if required is True else []
    validators = [required] if isinstance(required, Where) else needed
    return ChooseField(label, description=help, default=default, coerce=coerce, validators=validators, **more)


def choose_many(label: Any, *, help: Any = "", coerce: Any = int, required: Any = "") -> ChooseManyField:
    """Return a field for any number of choices; `required` is the error if none is chosen but one is needed, or a Where."""
    validators = [required if isinstance(required, Where) else DataRequired(required)] if required else []
    return ChooseManyField(label, description=help, coerce=coerce, validators=validators)


def number_or_none(text: Any) -> int | None:
    """Return the number that a choice means, or None for the empty choice."""
    return int(text) if text not in (None, "", "None") else None


class _NotLonger:
    """Rejects text that is too long, with its length and the limit."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, _form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > self.longest:
            raise ValidationError(
                gettext(
                    "This text has %(length)s characters, but the limit is %(longest)s. Nothing has been lost. "
                    "Shorten it here.",
                    length=f"{length:,}",
                    longest=f"{self.longest:,}",
                )
            )


def _within_reason(_form: Any, field: Field) -> None:
    given: date | datetime | None = field.data
    if given is not None and not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise ValidationError(gettext("Check the year: %(year)s.", year=given.year))


def _reaches_somebody(_form: Any, field: Field) -> None:
    sentence = fault(field.data)
    if sentence:
        raise ValidationError(gettext(sentence))


def _is_web_address(_form: Any, field: Field) -> None:
    parts = urlsplit(field.data)
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        raise ValidationError(gettext("Enter the full address, including https://."))
