"""Whether a field may stay empty: always, never, or depending on another field of its form."""

from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation


class Where:
    """Asks for a value where another field has one of some values, or any value at all; elsewhere the field may stay empty."""

    field_flags: ClassVar[dict[str, bool]] = {"conditional": True}

    def __init__(self, name: str, *values: object, says: Any = None) -> None:
        self.name = name
        self.values = values
        self.says = says
        """What is said where nothing was given."""

    def applies(self, form: Any) -> bool:
        """Say whether a value is needed, as the form is filled in."""
        other = form[self.name].data
        return other in self.values if self.values else other not in (None, "")

    def __call__(self, form: Any, field: Field) -> None:
        """Stop where the field is empty, with an error where a value is needed."""
        if any(str(sent).strip() for sent in field.raw_data or ()):
            return
        field.errors = []
        raise StopValidation(str(self.says or gettext("This field is required.")) if self.applies(form) else "")


Needed = bool | Where
"""Whether a field has to be filled in: always, never, or where another field has some value."""


def presence(needed: Needed) -> Any:
    """Return the validator for something written: what is nothing but space counts as empty."""
    if isinstance(needed, Where):
        return needed
    return DataRequired(lazy_gettext("This field is required.")) if needed else Optional()


def input_presence(needed: Needed) -> Any:
    """Return the validator for what has a form of its own, so that what is typed wrongly is called wrong and not missing."""
    if isinstance(needed, Where):
        return needed
    return InputRequired(lazy_gettext("This field is required.")) if needed else Optional()


def may_stay_empty(field: Field) -> bool:
    """Say whether a field may always stay empty, by its validators.

    A single box is never empty: unticked is an answer. A choice of one may where nothing is among the choices.
    """
    if field.flags.required or field.flags.conditional or isinstance(field, BooleanField | HiddenField):
        return False
    return getattr(field, "offers_nothing", True) is True
