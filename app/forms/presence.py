"""Whether a field may stay empty: always, never, or depending on another field of its form."""

from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation


class Where:
    """Requires a value if another field has one of some values, or any value at all; otherwise the field may stay empty."""

    field_flags: ClassVar[dict[str, bool]] = {"conditional": True}

    def __init__(self, name: str, *values: object, says: Any = None) -> None:
        self.name = name
        self.values = values
        self.says = says
        """The error message if the value is missing."""

    def applies(self, form: Any) -> bool:
        """Return whether a value is needed, given the other values of the form."""
        other = form[self.name].data
        return other in self.values if self.values else other not in (None, "")

    def __call__(self, form: Any, field: Field) -> None:
        """Stop validation of an empty field, with an error if a value is needed."""
        if any(str(sent).strip() for sent in field.raw_data or ()):
            return
        field.errors = []
        raise StopValidation(str(self.says or gettext("This field is required.")) if self.applies(form) else "")


Needed = bool | Where
"""Whether a field is required: always, never, or depending on another field."""


def presence(needed: Needed) -> Any:
    """Return the validator for text fields: white space alone counts as empty."""
    if isinstance(needed, Where):
        return needed
    return DataRequired(lazy_gettext("This field is required.")) if needed else Optional()


def input_presence(needed: Needed) -> Any:
    """Return the validator for fields that parse their input, so that invalid input is not reported as missing."""
    if isinstance(needed, Where):
        return needed
    return InputRequired(lazy_gettext("This field is required.")) if needed else Optional()


def may_stay_empty(field: Field) -> bool:
    """Return whether a field may always stay empty, according to its validators.

    A single checkbox is never empty: unchecked is a value. A choice may be empty if it offers an empty choice.
    """
    if field.flags.required or field.flags.conditional or isinstance(field, BooleanField | HiddenField):
        return False
    return getattr(field, "offers_nothing", True) is True
