"""Reads the cells of the house's own fields: texts, numbers, days, yes or no, and options by their label in any language."""

from collections.abc import Callable, Mapping

from app.domain.imports.cells import Cells
from app.domain.imports.reasons import Code
from app.domain.imports.words import yes_or_no
from app.domain.people.custom_values import LONGEST
from app.models.people.custom_fields import CustomField, FieldKind, Value
from app.text import plain

Reading = Callable[[Cells], Value]
"""Returns the value that a row has; what is wrong with it is added to the reasons of the cells."""


def readings(fields: Mapping[str, CustomField]) -> Mapping[str, Reading]:
    """Return how the cells of some fields are read, by the key of the field."""
    return {key: _reading(key, field) for key, field in fields.items()}


def values_in(cells: Cells, own: Mapping[str, Reading]) -> dict[str, Value]:
    """Return the values that a row has of the house's own fields, by the key of the field."""
    read = {key: reading(cells) for key, reading in own.items()}
    return {key: value for key, value in read.items() if value is not None}


def _reading(key: str, field: CustomField) -> Reading:
    match field.kind:
        case FieldKind.TEXT:
            return lambda cells: cells.line(key, LONGEST) or None
        case FieldKind.NUMBER:
            return lambda cells: cells.number(key)
        case FieldKind.DATE:
            return lambda cells: cells.day(key)
        case FieldKind.YES_NO:
            return lambda cells: cells.meant(key, yes_or_no, Code.UNKNOWN_OPTION)
        case FieldKind.CHOICE:
            choices = _options(field)
            return lambda cells: cells.meant(key, choices, Code.UNKNOWN_OPTION)
        case FieldKind.ASSESSMENT:
            steps = _options(field)
            return lambda cells: cells.meant(
                key, lambda text: int(step) if (step := steps(text)) else None, Code.UNKNOWN_OPTION
            )


def _options(field: CustomField) -> Callable[[str], str | None]:
    """Return what finds the key of an option by its label in any language.

    A step is also found by its number, alone and with the label. A label that several options have means none.
    """
    found: dict[str, set[str]] = {}
    for option in field.options:
        key, labels = option["key"], list(option["labels"].values())
        if field.kind is FieldKind.ASSESSMENT:
            labels += [key, *(f"{key} {label}" for label in labels)]
        for label in labels:
            found.setdefault(plain(label), set()).add(key)
    keys = {label: next(iter(meant)) for label, meant in found.items() if len(meant) == 1}
    return lambda text: keys.get(plain(text))
