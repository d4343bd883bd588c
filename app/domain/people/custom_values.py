"""Values of the house's own fields.

They may be sensitive, so the history of a record only says that they changed.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.custom_fields import STEPS, CustomField, CustomValue, FieldKind, Value
from app.models.people.records import Record, column_of
from app.queries.people import custom_fields as field_queries
from app.text import N_

LONGEST = 500
"""The number of characters of a text."""
MOST = Decimal(10) ** 12
"""Numbers are smaller than this."""


def record_all(record: Record, values: Mapping[CustomField, Value]) -> None:
    """Record the values of some fields for a person or an organization; None removes a value. Other fields stay.

    Raises DomainError on the key of a field whose value does not suit its kind.
    """
    known = {one.field_id: one for one in field_queries.of_record(record)}
    changed = {field: value for field, value in values.items() if _value_of(known.get(field.id)) != value}
    for field, value in changed.items():
        check(field, value)
    if not changed:
        return
    with audit.changing(record, _facts):
        for field, value in changed.items():
            _write(record, field, known.get(field.id), value)
        record.touch()


def check(field: CustomField, value: Value) -> None:
    """Raise DomainError on the key of a field if a value does not suit its kind."""
    if value is not None and not _suits(field, value):
        raise DomainError(field.key, N_("This value does not suit the field."))


def _suits(field: CustomField, value: Value) -> bool:
    match field.kind:
        case FieldKind.TEXT:
            return isinstance(value, str) and len(value) <= LONGEST
        case FieldKind.CHOICE:
            return value in field.option_keys
        case FieldKind.DATE:
            return isinstance(value, date)
        case FieldKind.NUMBER:
            return isinstance(value, Decimal | int) and abs(Decimal(value)) < MOST
        case FieldKind.YES_NO:
            return isinstance(value, bool)
        case FieldKind.ASSESSMENT:
            return str(value) in STEPS


def stored_as(field: CustomField, value: Value) -> dict[str, Value]:
    """Return the columns of `CustomValue` in which a value of a field is stored, by name."""
    if isinstance(value, str):
        return {"text": value, "words": value if field.kind is FieldKind.CHOICE else field_queries.comparable(value)}
    if isinstance(value, date):
        return {"day": value}
    return {"number": None if value is None else Decimal(value)}


def _value_of(known: CustomValue | None) -> Value:
    return known.value if known else None


def _write(record: Record, field: CustomField, known: CustomValue | None, value: Value) -> None:
    if value is None:
        db.session.delete(known)
        return
    row = known or CustomValue(field=field, **{column_of(record).removesuffix("_id"): record})
    for name, stored in stored_as(field, value).items():
        setattr(row, name, stored)
    db.session.add(row)


def _facts(record: Record) -> audit.Facts:
    values = field_queries.of_record(record)
    return {"custom_values": [f"{one.field_id} {one.text} {one.number} {one.day}" for one in values]}
