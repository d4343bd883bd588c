"""The house's own fields of people that columns can be imported into."""

from app.models.people.custom_fields import CustomField, FieldKind, RecordKind
from app.queries.people import custom_fields as field_queries


def own_fields() -> list[CustomField]:
    """Return the texts and numbers that the house asks of people: any of them may be the key of an import."""
    return [one for one in field_queries.asked(RecordKind.PERSON) if one.kind in (FieldKind.TEXT, FieldKind.NUMBER)]
