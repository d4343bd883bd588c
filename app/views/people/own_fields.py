"""The house's own fields in the forms of people and organizations."""

from typing import Any, TypeVar

from app.domain.people import custom_values
from app.forms.people import custom_values as value_forms
from app.forms.people.custom_values import AnyForm, FormWithOwnFields
from app.models.people.custom_fields import RecordKind
from app.models.people.records import Record
from app.queries.people import custom_fields as field_queries

AnyRecord = TypeVar("AnyRecord", bound=Record)


def extended(form: type[AnyForm], kind: RecordKind) -> type[AnyForm]:
    """Return a form with the fields that the house asks of a kind of record."""
    return value_forms.extended(form, field_queries.asked(kind))


def stored(record: Record) -> dict[str, Any]:
    """Return the values of a record, with which its form is filled."""
    return value_forms.stored_values(field_queries.of_record(record))


def saved(form: FormWithOwnFields, record: AnyRecord) -> AnyRecord:
    """Record the values of a form for a record that was just written, and return the record."""
    custom_values.record_all(record, form.own_values())
    return record
