"""Finding people by the house's own fields, as segments do."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.people import custom_values
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.custom_fields import Comparison, FieldKind, RecordKind
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.people.custom_fields import matching

VALUES = {
    FieldKind.TEXT: ("Peña Álvarez", Comparison.CONTAINS, "ALVAREZ", "nobody"),
    FieldKind.DATE: (date(2025, 5, 1), Comparison.AT_LEAST, date(2025, 5, 1), date(2025, 5, 2)),
    FieldKind.NUMBER: (Decimal("2.5"), Comparison.AT_MOST, Decimal("2.5"), Decimal("2.4")),
    FieldKind.YES_NO: (False, Comparison.IS, False, True),
    FieldKind.ASSESSMENT: (4, Comparison.AT_LEAST, 4, 5),
    FieldKind.CHOICE: ("2", Comparison.IS, "2", "1"),
}


@pytest.mark.parametrize("kind", VALUES, ids=str)
def test_people_in_scope_are_found_by_a_value(make, kind):
    value, comparison, found, missed = VALUES[kind]
    field = make.custom_field(RecordKind.PERSON, kind, options=["yes", "no"] if kind is FieldKind.CHOICE else ())
    here, there = make.congress(), make.congress()
    rosa, luz = make.person("Rosa", congress=here), make.person("Luz", congress=there)
    for person in (rosa, luz):
        assert make.custom_value(person, field, value).value == value

    def those(*wanted):
        return set(db.session.scalars(select(Person.id).where(Person.id.in_(matching(field, *wanted)))))

    assert those(comparison, found) == {rosa.id, luz.id} == those(Comparison.IS_SET)
    assert those(comparison, missed) == set()
    enter_scope(Scope(frozenset({here.id})))
    assert those(comparison, found) == {rosa.id} == set(db.session.scalars(matching(field, Comparison.IS_SET)))
    enter_scope(EVERYTHING)


def test_a_value_that_does_not_suit_its_field_is_refused(make):
    person = make.person()
    for kind, wrong in (
        (FieldKind.CHOICE, "9"),
        (FieldKind.ASSESSMENT, 6),
        (FieldKind.DATE, "today"),
        (FieldKind.YES_NO, 1),
    ):
        field = make.custom_field(RecordKind.PERSON, kind, options=["yes", "no"])
        with pytest.raises(DomainError) as error:
            custom_values.record_all(person, {field: wrong})
        assert error.value.field == field.key
