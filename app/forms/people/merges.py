"""The forms with which two records are merged: what each field gets, and which pairs are merged at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import DataRequired

from app.forms import fields
from app.forms.base import Form

KEPT, GONE = "kept", "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that differs between two records."""

    name: str
    label: str
    kept: str
    gone: str
    """Both values as they are shown."""


class MergeForm(Form):
    """For each value that differs, the record from which it is taken."""

    def taken_from_gone(self, name: str) -> bool:
        """Return whether a value is taken from the record that is merged away."""
        return name in self and self[name].data == GONE


def merge_form(differences: Iterable[Difference]) -> MergeForm:
    """Return a form with a choice for each difference."""
    choices: dict[str, Any] = {
        one.name: RadioField(one.label, choices={KEPT: one.kept, GONE: one.gone}, default=KEPT) for one in differences
    }
    return type("ChosenMergeForm", (MergeForm,), choices)()  # type: ignore[no-any-return]


class SureMergesForm(Form):
    """Pairs that are almost certain, merged together; those that are no longer offered are left out."""

    pairs = fields.ChooseManyField(
        _("Pairs"), coerce=int, validators=[DataRequired(_("Choose at least one pair."))], validate_choice=False
    )
