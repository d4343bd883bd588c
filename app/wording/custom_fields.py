"""Fields of the house's own and tags as text, in the reader's language or in one that is known."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from flask_babel import format_decimal, get_locale, gettext

from app.config import LOCALES
from app.models.people.custom_fields import CustomField, CustomValue, FieldKind, Option, Value
from app.models.people.tags import Tag
from app.wording.formats import day


def in_words(texts: Mapping[str, str]) -> str:
    """Return a text in the reader's language, or in the first language that is known; empty if there is none."""
    languages = (str(get_locale()), *LOCALES, *texts)
    return next((texts[language] for language in languages if language in texts), "")


def field_name(field: CustomField) -> str:
    """Return the name of a field."""
    return in_words(field.names)


def tag_name(tag: Tag) -> str:
    """Return the name of a tag."""
    return in_words(tag.names)


def help_of(field: CustomField) -> str:
    """Return what a form says about a field: its help, and why it is asked."""
    reason = in_words(field.reasons)
    why = str(gettext("Why we ask: %(reason)s", reason=reason)) if reason else ""
    return " ".join(filter(None, (in_words(field.helps), why)))


def option_label(field: CustomField, option: Option) -> str:
    """Return the label of an option; that of a step begins with its number: `4 · active`."""
    label = in_words(option["labels"])
    return " · ".join(filter(None, (option["key"], label))) if field.kind is FieldKind.ASSESSMENT else label


def choices_of(field: CustomField) -> list[str]:
    """Return what can be entered in a field, as it is read; nothing if that is not one of several choices."""
    if field.kind is FieldKind.YES_NO:
        return [str(gettext("yes")), str(gettext("no"))]
    return [option_label(field, option) for option in field.options]


def shown_value(one: CustomValue) -> str:
    """Return a value as text."""
    return value_as_text(one.field, one.value)


def value_as_text(field: CustomField, value: Value) -> str:
    """Return a value that a field has, or is compared with, as text; empty for none."""
    if value is None:
        return ""
    match field.kind:
        case FieldKind.CHOICE | FieldKind.ASSESSMENT:
            chosen = (option for option in field.options if option["key"] == str(value))
            return next((option_label(field, option) for option in chosen), str(value))
        case FieldKind.YES_NO:
            return str(gettext("yes") if value else gettext("no"))
        case FieldKind.NUMBER:
            return str(format_decimal(Decimal(str(value))))
        case FieldKind.DATE:
            return day(cast("date", value))
        case _:
            return str(value)
