"""Columns of the house's own fields: options in every language, days, yes or no, numbers and steps."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.people import custom_fields
from app.domain.people.custom_values import record_all
from app.extensions import db
from app.models.imports.imports import ImportKind, ImportStatus, Policy
from app.models.people.custom_fields import CustomValue, FieldKind, RecordKind
from app.models.people.people import Person
from app.queries.people.custom_fields import of_record
from tests.domain.imports.bringing import count, undo, verdicts, write

SHIFTS = [
    ("", {"en": "Night", "es": "Noche", "fr": "Nuit"}),
    ("", {"en": "Day", "es": "Día", "pt": "Dia", "fr": "Jour"}),
]
STEPS = [(str(step), {"en": name}) for step, name in enumerate(("cold", "cool", "lukewarm", "warm", "hot"), start=1)]
KINDS = {
    "Shift": (FieldKind.CHOICE, SHIFTS), "Member since": (FieldKind.DATE, []), "Steward": (FieldKind.YES_NO, []),
    "Dues": (FieldKind.NUMBER, []), "Support": (FieldKind.ASSESSMENT, STEPS),
}  # fmt: skip
HEADER = "name;email;Shift;Member since;Steward;Dues;Support"


@pytest.fixture
def fields(make):
    return {
        name: custom_fields.create(
            RecordKind.PERSON, kind, {"names": {"en": name}, "helps": {}, "reasons": {}, "options": options}
        )
        for name, (kind, options) in KINDS.items()
    }


def values_of(record):
    db.session.expire_all()
    return [one.value for one in of_record(record)]


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("noche;31/12/2019;sí;12,5;4", ["1", date(2019, 12, 31), True, "12.5", 4]),
        ("JOUR;2019-12-31 00:00:00;Não;7;2 · cool", ["2", date(2019, 12, 31), False, "7", 2]),
        ("dia;2019;FALSE;0;Hot", ["2", date(2019, 1, 1), False, "0", 5]),
    ],
)
def test_own_fields_are_read_in_every_language_written_and_undone(bring, fields, row, values):
    table = f"{HEADER}\nAna Paz;ana@example.org;{row}"
    work = bring(table)
    assert work.mapping[2:] == [one.key for one in fields.values()]
    assert verdicts(work) == [("created",)]
    write(work, bring.user)
    found = values_of(db.session.scalars(select(Person)).one())
    assert [f"{one.normalize():f}" if at == 3 else one for at, one in enumerate(found)] == values
    assert bring(table).counts == {"unchanged": 1}
    undo(work, bring.user)
    assert (work.status, count(Person), count(CustomValue)) == (ImportStatus.UNDONE, 0, 0)


def test_what_own_fields_do_not_know_is_refused_with_the_column(bring, fields):
    rows = ("Evening;;;;", ";soon;;;", ";;perhaps;;", ";;;many;", ";;;;6")
    work = bring("\n".join([HEADER, *(f"Person {at} Paz;;{row}" for at, row in enumerate(rows))]))
    codes = ("unknown_option", "bad_date", "unknown_option", "bad_number", "unknown_option")
    assert verdicts(work) == [("refused", code) for code in codes]


@pytest.mark.parametrize(("policy", "changed"), [(Policy.FILL, 0), (Policy.OVERWRITE, 5)])
def test_own_values_are_overwritten_only_if_that_was_chosen_and_restored(make, bring, fields, policy, changed):
    ana = make.person("Ana", "Paz", email="ana@example.org")
    before = ["1", date(2020, 1, 1), True, 5, 1]
    record_all(ana, dict(zip(fields.values(), before, strict=True)))
    work = bring(f"{HEADER}\nAna Paz;ana@example.org;Day;2021-01-01;no;6;hot", policy=policy)
    assert verdicts(work)[0][0] == ("updated" if changed else "unchanged")
    if changed:
        write(work, bring.user)
        assert values_of(ana) == ["2", date(2021, 1, 1), False, 6, 5]
        undo(work, bring.user)
    assert values_of(ana) == before


def test_own_fields_of_organizations_are_written_and_undone(make, bring):
    fund = make.custom_field(RecordKind.ORGANIZATION, FieldKind.YES_NO, name="Strike fund")
    ports = make.organization("Ports", country="CL")
    work = bring("name,country,Strike fund\nPorts,Chile,sim\nMines,Chile,non", kind=ImportKind.ORGANIZATIONS)
    assert work.mapping[2] == fund.key
    assert verdicts(work) == [("updated", "changes"), ("created",)]
    write(work, bring.user)
    assert (values_of(ports), count(CustomValue)) == ([True], 2)
    undo(work, bring.user)
    assert (values_of(ports), count(CustomValue)) == ([], 0)
