"""The form for a field of the house's own."""

from collections.abc import Sequence
from types import new_class
from typing import Any, cast

from flask_babel import lazy_gettext as _

from app.config import LOCALES
from app.domain.people.custom_fields import CustomFieldValues
from app.domain.people.texts import Texts, check_names
from app.forms import fields
from app.forms.base import Form
from app.models.people.custom_fields import STEPS, FieldKind, Option

_NEW = tuple(f"new{number}" for number in range(1, 7))
"""The empty rows for options that are added."""


class CustomFieldForm(Form):
    """A field, with its texts in each language."""

    name_es = fields.line(_("Name, in Spanish"), longest=80)
    name_en = fields.line(_("Name, in English"), longest=80)
    help_es = fields.line(_("Help, in Spanish"))
    help_en = fields.line(_("Help, in English"))
    reason_es = fields.line(_("Why you ask, in Spanish"), help=_("It is shown beside the field."))
    reason_en = fields.line(_("Why you ask, in English"))

    keys: Sequence[str] = ()
    """The keys of its options; those that begin with `new` are empty rows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check(check_names, "name_es", "name_en")

    @property
    def rows(self) -> list[list[str]]:
        """The names of its fields, those side by side in one list."""
        options = [f"option_{key}" for key in self.keys]
        return [[f"{name}_{locale}" for locale in LOCALES] for name in ("name", "help", "reason", *options)]

    def values(self) -> CustomFieldValues:
        """Return the field as it was typed."""
        options: list[tuple[str, Texts]] = [
            ("" if key in _NEW else key, self._texts(f"option_{key}")) for key in self.keys
        ]
        return CustomFieldValues(
            names=self._texts("name"), helps=self._texts("help"), reasons=self._texts("reason"), options=options
        )

    def _texts(self, name: str) -> dict[str, str | None]:
        return {locale: self[f"{name}_{locale}"].data or None for locale in LOCALES}


def form_for(kind: FieldKind, options: Sequence[Option] = ()) -> type[CustomFieldForm]:
    """Return the form for a kind of field: a choice has a row for each option and empty ones, an assessment one for each step."""
    keys: tuple[str, ...] = ()
    if kind is FieldKind.CHOICE:
        keys = (*(option["key"] for option in options), *_NEW)
    elif kind is FieldKind.ASSESSMENT:
        keys = STEPS
    rows: dict[str, Any] = {"keys": keys}
    for number, key in enumerate(keys, start=1):
        rows[f"option_{key}_es"] = fields.line(_("Option %(number)s, in Spanish", number=number), longest=80)
        rows[f"option_{key}_en"] = fields.line(_("Option %(number)s, in English", number=number), longest=80)
    form = new_class("CustomFieldForm", (CustomFieldForm,), exec_body=lambda names: names.update(rows))
    return cast("type[CustomFieldForm]", form)
