"""People are recognized by numbers: those of Encuentro, and those that the house itself gives."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.domain.imports import imports
from app.domain.people.custom_fields import retire
from app.domain.people.custom_values import record_all
from app.domain_errors import DomainError
from app.extensions import db
from app.models.imports.imports import ImportStatus, MatchKey, Policy
from app.models.people.custom_fields import CustomValue, FieldKind, RecordKind
from app.models.people.people import Person
from app.queries.people.custom_fields import of_record
from tests.domain.imports.bringing import count, run, undo, verdicts, write


@pytest.fixture(params=[FieldKind.TEXT, FieldKind.NUMBER])
def own(make, request):
    """The number that the house gives its members, as a text and as a number."""
    return make.custom_field(RecordKind.PERSON, request.param, name="Member number")


def brought(bring, table, own):
    """Upload a table, and check its rows with one of the house's own fields as the key."""
    work = bring.begin(table)
    values = {
        "mapping": work.mapping,
        "key": MatchKey.OWN,
        "key_field": own.key,
        "policy": Policy.FILL,
        "country": None,
    }
    imports.map_columns(work, values, by=bring.user)
    run(work)
    return work


def values_of(person):
    return [str(one.value) for one in of_record(person)]


def test_an_own_number_is_recognized_by_its_name_stored_and_a_key(bring, own):
    table = "name,member number,town\nAna Paz,107,\nLuz Mar,108,\nSol Rey,,"
    work = brought(bring, table, own)
    assert work.mapping == ["full_name", own.key, "locality"]
    write(work, bring.user)
    ana, *others = db.session.scalars(select(Person).order_by(Person.id))
    assert [Decimal(one) for person in (ana, *others) for one in values_of(person)] == [107, 108]
    assert brought(bring, table, own).counts == {"unchanged": 3}
    again = brought(bring, "name,member number,town\nAna Paz Soto,107,Cork\nAna Paz,109,", own)
    assert verdicts(again) == [("updated", "changes"), ("created",)]
    write(again, bring.user)
    assert (ana.locality, count(Person)) == ("Cork", 4)
    undo(again, bring.user)
    assert (again.status, ana.locality, count(Person), count(CustomValue)) == (ImportStatus.UNDONE, None, 3, 2)


def test_own_numbers_are_deleted_when_their_import_is_undone(bring, own):
    work = brought(bring, "name,member number\nAna Paz,107", own)
    write(work, bring.user)
    assert count(CustomValue) == 1
    undo(work, bring.user)
    assert (work.status, count(Person), count(CustomValue)) == (ImportStatus.UNDONE, 0, 0)


def test_an_own_number_on_two_people_is_refused(make, bring, own):
    for name in ("Ana", "Luz"):
        record_all(make.person(name, "Paz"), {own: "7" if own.kind is FieldKind.TEXT else Decimal(7)})
    work = brought(bring, "name,member number\nAna Paz,7\nSol Rey,8\nMar Gil,8", own)
    assert verdicts(work) == [("refused", "several_with_key"), ("created",), ("refused", "other_name_above")]


@pytest.mark.parametrize(("policy", "stored"), [(Policy.FILL, "7"), (Policy.OVERWRITE, "8"), (Policy.LEAVE, "7")])
def test_an_own_number_that_is_no_key_is_added_or_overwritten_and_restored(make, bring, policy, stored):
    own = make.custom_field(RecordKind.PERSON, FieldKind.TEXT, name="Member number")
    ana = make.person("Ana", "Paz", email="ana@example.org")
    luz = make.person("Luz", "Mar", email="luz@example.org")
    record_all(ana, {own: "7"})
    table = "name,email,member number\nAna Paz,ana@example.org,8\nLuz Mar,luz@example.org,9"
    work = bring(table, policy=policy)
    assert verdicts(work)[0][0] == ("updated" if stored == "8" else "unchanged")
    write(work, bring.user) if policy is not Policy.LEAVE else None
    assert values_of(ana) == [stored]
    assert values_of(luz) == ([] if policy is Policy.LEAVE else ["9"])
    if policy is not Policy.LEAVE:
        undo(work, bring.user)
    assert (values_of(ana), values_of(luz)) == (["7"], [])


def test_a_number_that_is_no_number_is_refused(make, bring):
    own = make.custom_field(RecordKind.PERSON, FieldKind.NUMBER, name="Member number")
    work = brought(bring, "name,member number\nAna Paz,7a\nLuz Mar,NaN", own)
    assert verdicts(work) == [("refused", "bad_number")] * 2


def test_an_own_field_is_only_a_key_if_a_column_has_it_and_only_while_it_is_asked(make, bring):
    own = make.custom_field(RecordKind.PERSON, FieldKind.TEXT, name="Member number")
    with pytest.raises(DomainError, match="Choose which column has this"):
        brought(bring, "name\nAna Paz", own)
    brought(bring, "name,member number\nAna Paz,7", own)
    retire(own)
    again = bring("name,member number\nAna Paz,7", key=MatchKey.NAME)
    assert (again.mapping, again.key_field) == (["full_name", ""], None)


def test_the_number_in_encuentro_recognizes_people_in_scope_and_leads_to_whom_they_were_merged_with(make, bring):
    here, there = make.congress("Here"), make.congress("There")
    ana, twin = make.person("Ana", "Paz", congress=here), make.person("Ana", "Paz", congress=here)
    hidden = make.person("Luz", "Mar", congress=there)
    make.merge(ana, twin)
    rows = [("Ana Paz", ana.id), ("Ana Paz", twin.id), ("Luz Mar", hidden.id), ("Sol Rey", ""), ("Eva Gil", ana.id)]
    table = "name,Number in Encuentro\n" + "\n".join(f"{name},{number}" for name, number in rows)
    work = bring(table, congress=here, key=MatchKey.RECORD_NUMBER)
    assert verdicts(work) == [
        ("unchanged",), ("joined",), ("refused", "unknown_number"), ("created",), ("refused", "other_name"),
    ]  # fmt: skip
