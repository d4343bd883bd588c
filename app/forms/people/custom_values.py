"""The house's own fields in the forms of people and organizations."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from types import new_class
from typing import Any, ClassVar, TypeVar, cast

from flask_babel import gettext
from wtforms import DecimalField, Field
from wtforms.validators import NumberRange, Optional

from app.domain.people.custom_values import LONGEST
from app.forms import fields
from app.forms.base import Form
from app.models.people.custom_fields import CustomField, CustomValue, FieldKind, Value
from app.wording.custom_fields import field_name, help_of, option_label

_YES, _NO = "yes", "no"


class FormWithOwnFields(Form):
    """A form for records that may have fields of the house's own; see `extended`."""

    own: ClassVar[Sequence[CustomField]] = ()

    @property
    def own_names(self) -> list[str]:
        """The names of the house's own fields in the form."""
        return [field.key for field in self.own]

    def own_values(self) -> dict[CustomField, Value]:
        """Return their values as they were typed."""
        return {field: typed_value(field, self[field.key].data) for field in self.own}


AnyForm = TypeVar("AnyForm", bound=FormWithOwnFields)


def extended(form: type[AnyForm], asked: Sequence[CustomField]) -> type[AnyForm]:
    """Return a form that also has the house's own fields, all of them optional."""
    own = {"own": asked, **{field.key: field_of(field) for field in asked}}
    return cast("type[AnyForm]", new_class(form.__name__, (form,), exec_body=lambda names: names.update(own)))


def stored_values(values: Iterable[CustomValue]) -> dict[str, Any]:
    """Return values by the names of their fields, as a form is filled with them."""
    return {one.field.key: filled(one.value) for one in values}


def field_of(field: CustomField) -> Field:
    """Return the form field for a field of the house's own."""
    name, description = field_name(field), help_of(field)
    match field.kind:
        case FieldKind.TEXT:
            return fields.line(name, longest=LONGEST, help=description)
        case FieldKind.DATE:
            return fields.day(name, help=description)
        case FieldKind.NUMBER:
            limits = [Optional(), NumberRange(-999_999_999_999, 999_999_999_999)]
            return DecimalField(
                name, description=description, places=None, validators=limits, render_kw={"inputmode": "decimal"}
            )
        case FieldKind.YES_NO:
            return _choice(name, description, [(_YES, gettext("yes")), (_NO, gettext("no"))])
        case _:
            return _choice(name, description, [(one["key"], option_label(field, one)) for one in field.options])


def _choice(name: str, description: str, offered: list[tuple[str, str]]) -> Field:
    empty = ("", gettext("– choose –"))
    return fields.ChooseField(name, description=description, choices=dict([empty, *offered]), validators=[Optional()])


def filled(value: Value) -> Any:
    """Return a value as a form is filled with it."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return whole if whole == value else value.normalize()
    return str(value) if isinstance(value, int) else value


def typed_value(field: CustomField, data: Any) -> Value:
    """Return a value as it was typed."""
    if data in (None, ""):
        return None
    match field.kind:
        case FieldKind.YES_NO:
            return bool(data == _YES)
        case FieldKind.ASSESSMENT:
            return int(data)
        case _:
            value: Value = data
            return value
