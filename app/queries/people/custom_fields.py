"""Fields of the house's own, and who has which values."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.extensions import db
from app.models.people.custom_fields import Comparison, CustomField, CustomValue, FieldKind, RecordKind, Value
from app.models.people.records import Record, column_of, is_person
from app.queries.lookup import count, one
from app.text import plain

_FOLDED = 300
"""The number of characters of a text that are compared and sorted by; an index has limits."""


def comparable(value: str | Decimal) -> str:
    """Return a text or a number in the form that is the same for values that are the same."""
    return plain(value)[:_FOLDED] if isinstance(value, str) else f"{value.normalize():f}"


def get(field_id: int) -> CustomField:
    """Return a field."""
    return one(CustomField, CustomField.id == field_id)


def with_key(key: str) -> CustomField | None:
    """Return the field with a key (`CustomField.key`), if it still exists."""
    number = key.rpartition("_")[2]
    found = db.session.get(CustomField, int(number)) if number.isdecimal() else None
    return found if found and found.key == key else None


def listing(kind: RecordKind) -> Sequence[CustomField]:
    """Return the fields of a kind of record in their order, retired ones as well."""
    listed = select(CustomField).where(CustomField.record_kind == kind)
    return db.session.scalars(listed.order_by(CustomField.position, CustomField.id)).all()


def asked(kind: RecordKind) -> list[CustomField]:
    """Return the fields that are asked of a kind of record, in their order."""
    return [field for field in listing(kind) if field.retired_at is None]


def kind_of(record: Record) -> RecordKind:
    """Return the kind of a record."""
    return RecordKind.PERSON if is_person(record) else RecordKind.ORGANIZATION


def of_record(record: Record) -> list[CustomValue]:
    """Return the values of a person or an organization, in the order of the fields, without retired fields."""
    owner = getattr(CustomValue, column_of(record))
    listed = select(CustomValue).join(CustomValue.field).where(owner == record.id, CustomField.retired_at.is_(None))
    return list(db.session.scalars(listed.order_by(CustomField.position, CustomField.id)))


def count_values(field_id: int) -> int:
    """Return how many values in scope a field has."""
    return count(CustomValue, CustomValue.field_id == field_id)


def count_options(field: CustomField, keys: Collection[str]) -> Counter[str]:
    """Return how many values in scope have each of these options of a choice."""
    counted = select(CustomValue.text, func.count().label("uses")).where(
        CustomValue.field_id == field.id, CustomValue.text.in_(keys)
    )
    return Counter({row.text: row.uses for row in db.session.execute(counted.group_by(CustomValue.text))})


def matching(field: CustomField, comparison: Comparison, value: Value = None) -> Select[int | None]:
    """Return the statement for the ids of people (or organizations) in scope whose value compares as wanted.

    It follows the index of the field and the column of its kind. Text is compared without accents and capitals.
    """
    owner = CustomValue.person_id if field.is_of_people else CustomValue.organization_id
    return select(owner).where(CustomValue.field_id == field.id, *_condition(field, comparison, value))


def column(field: CustomField) -> Any:
    """Return the column of `CustomValue` by which records are compared and sorted by a field."""
    match field.kind:
        case FieldKind.TEXT | FieldKind.CHOICE:
            return CustomValue.words
        case FieldKind.DATE:
            return CustomValue.day
        case _:
            return CustomValue.number


def people_with(field: CustomField, values: Collection[str]) -> Mapping[str, set[int]]:
    """Return the ids of the people in scope with these values of a text or number of the house's own, by value."""
    wanted = values if field.kind is FieldKind.TEXT else [Decimal(value) for value in values]
    stored = column(field)
    found: dict[str, set[int]] = defaultdict(set)
    for value, number in db.session.execute(
        select(stored, CustomValue.person_id).where(CustomValue.field_id == field.id, stored.in_(wanted))
    ):
        found[comparable(value)].add(number)
    return found


def values_of_people(ids: Collection[int], fields: Collection[CustomField]) -> Mapping[int, Mapping[str, Value]]:
    """Return the values that people in scope have of some fields of the house's own, by id and by key of the field."""
    found: dict[int, dict[str, Value]] = defaultdict(dict)
    if ids and fields:
        chosen = CustomValue.field_id.in_([field.id for field in fields])
        for one in db.session.scalars(select(CustomValue).where(chosen, CustomValue.person_id.in_(ids))):
            found[one.person_id or 0][one.field.key] = one.value
    return found


def _condition(field: CustomField, comparison: Comparison, value: Value) -> list[ColumnElement[bool]]:
    compared, wanted = column(field), plain(str(value)) if field.kind is FieldKind.TEXT else value
    match comparison:
        case Comparison.IS_SET:
            return []
        case Comparison.IS:
            return [compared == (int(wanted) if isinstance(wanted, bool) else wanted)]
        case Comparison.CONTAINS:
            return [compared.contains(wanted)]
        case Comparison.AT_LEAST:
            return [compared >= wanted]
        case Comparison.AT_MOST:
            return [compared <= wanted]
