"""How people at risk can be reached is stored sealed, is still found by who knows it, and is hidden from everybody else."""

import pytest
from sqlalchemy import inspect, select, text

from app.domain.accounts import audit
from app.domain.accounts.resealing import reseal
from app.domain.people import contact_details, duplicates, merges, people
from app.domain.recording import recording
from app.domain.undo import undo
from app.extensions import db
from app.matching.records import PersonRecord
from app.models.accounts.accounts import Role
from app.models.accounts.undo import UndoEntry
from app.models.people.match_keys import PersonKey, hashed_keys
from app.models.people.people import ContactDetail, ContactType, Person
from app.models.scoping import enter_scope
from app.policy import Held
from app.queries.accounts import accounts
from app.queries.imports import matches
from app.queries.people import duplicates as duplicate_queries
from app.queries.people import people as person_queries
from app.queries.privacy.subjects import subject_of
from app.sealing import Keyring, new_key
from tests.databases import FIELD_KEY

NUMBER, SIGNAL, EMAIL = "+593 99 123 4567", "rosa.4412", "rosa@example.org"
TRACES = ("123 4567", "1234567", "4567 890", "4567890", "rosa.4412")


@pytest.fixture
def congress(make):
    return make.congress()


@pytest.fixture
def rosa(make, congress):
    """A person at risk, with a number and a name in Signal."""
    person = make.person("Rosa", "Luz", congress=congress, phone=NUMBER, email=EMAIL)
    make.contact_detail(person, SIGNAL, type=ContactType.SIGNAL)
    mark(person)
    return person


def mark(person, *, is_at_risk=True):
    with audit.changing(person, people.facts):
        person.is_at_risk = is_at_risk


def stored():
    """Return which traces are in any column of any table, as somebody with the database alone would read it."""
    db.session.commit()
    found = set()
    with db.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                found |= {(table, trace) for trace in TRACES for value in row if trace in str(value)}
    return found


def shown(person):
    return [one.shown for one in person.contact_details]


def test_the_mark_seals_everything_but_email_addresses_and_opens_it_again(rosa):
    assert stored() == set()
    assert [one.value for one in rosa.contact_details] == [EMAIL, "", ""]
    mark(rosa, is_at_risk=False)
    assert [(one.value, one.sealed_value, one.key_digest) for one in rosa.contact_details][1:] == [
        (NUMBER, None, None), (SIGNAL, None, None),
    ]  # fmt: skip


def test_what_is_written_later_is_sealed_as_well(rosa, make):
    contact_details.update(
        rosa.contact_details[1],
        {
            "type": ContactType.WHATSAPP,
            "value": "+593 2 4567 890",
            "note": None,
            "valid_from": None,
            "valid_until": None,
        },
    )
    make.contact_detail(rosa, "rosa.4412 at home", type=ContactType.THROUGH)
    assert stored() == set()
    assert [one.text for one in rosa.contact_details][1:] == ["+593 2 4567 890", SIGNAL, "rosa.4412 at home"]


def test_only_coordinators_where_she_takes_part_see_it(rosa, congress, make):
    elsewhere = make.congress()
    for role, where, sees in (
        (Role.COORDINATOR, {"congress_id": congress.id}, True), (Role.ADMIN, {}, True),
        (Role.ORGANIZER, {"congress_id": congress.id}, False), (Role.COORDINATOR, {"congress_id": elsewhere.id}, False),
    ):  # fmt: skip
        others = [Held(Role.ORGANIZER, congress_id=congress.id)]
        enter_scope(accounts.scope([Held(role, **where), *others]))
        assert shown(rosa) == ([EMAIL, NUMBER, SIGNAL] if sees else [EMAIL, None, None]), role


def test_internal_work_shows_it_to_nobody(rosa):
    assert shown(rosa) == [EMAIL, None, None]
    assert rosa.contact(ContactType.PHONE) is None


def test_who_does_not_see_a_number_does_not_remove_it_by_saving_the_form(rosa, make):
    people.update(rosa, make.person_values("Rosa", "Luz", email=EMAIL, phone=None))
    assert rosa.contact_details[1].text == NUMBER


def test_she_is_found_by_the_same_number_in_any_spelling(rosa, make):
    assert person_queries.matching("099 1234567").ids == [rosa.id]
    assert matches.people_reached(ContactType.PHONE, [NUMBER]) == {NUMBER: {rosa.id}}
    make.person("Ana", phone="0991234567")
    assert subject_of(rosa).phones == frozenset({SIGNAL})  # another person has the number, too


def test_duplicates_are_found_by_her_number_which_no_key_contains(rosa, make):
    twin = make.person("Rosa", "Luz", phone="+593991234567")
    keys = set(db.session.scalars(select(PersonKey.key).where(PersonKey.person_id == rosa.id)))
    assert keys == hashed_keys(PersonRecord("Rosa", "Luz", emails=(EMAIL,)))
    while duplicates.search_people():
        pass
    [pair] = duplicate_queries.pairs_of_person(rosa.id)
    assert (pair.first_id, pair.second_id, "phone" in pair.evidence) == (rosa.id, twin.id, True)
    typed = PersonRecord("Rosa", "Luz", phones=("0991234567",), country="EC")
    assert {one.row.id for one in duplicate_queries.people_like(typed)} == {rosa.id, twin.id}


def test_two_people_at_risk_are_found_to_be_one(rosa, make):
    other = make.person("Rosa", "Luz", phone=NUMBER)
    mark(other)
    while duplicates.search_people():
        pass
    assert len(duplicate_queries.pairs_of_person(rosa.id)) == 1


def test_who_is_merged_with_a_person_at_risk_is_at_risk_and_undoing_it_opens_what_was_open(rosa, make):
    alice = make.user()
    other = make.person("Rosa", "Luz", phone=NUMBER)
    values = {name: getattr(other, name) for name in merges.MergedPersonValues.__annotations__}
    merge = merges.merge_people(other, rosa, values, by=alice)
    assert (other.is_at_risk, stored()) == (True, set())
    assert sorted(one.text for one in other.contact_details) == sorted([NUMBER, EMAIL, SIGNAL])
    undo(merges.undo_entry(merge), by=alice)
    db.session.expire_all()
    assert (other.is_at_risk, [one.value for one in other.contact_details]) == (False, [NUMBER])
    [again] = db.session.scalars(select(Person).where(Person.is_at_risk)).all()
    assert [one.text for one in again.contact_details] == [EMAIL, NUMBER, SIGNAL]


def test_a_number_that_was_removed_is_sealed_when_it_is_restored_to_a_person_at_risk(make):
    alice = make.user()
    person = make.person(phone=NUMBER)
    with recording("contact_details.remove", "", by=alice):
        contact_details.remove(person.contact_details[0])
    mark(person)
    [entry] = db.session.scalars(select(UndoEntry)).all()
    undo(entry, by=alice)
    assert stored() == set()
    assert db.session.scalar(select(ContactDetail)).text == NUMBER


def test_a_new_key_encrypts_it_and_its_digest_anew(rosa):
    db.session.commit()
    before, new = db.engine.dialect.keyring, new_key()
    db.engine.dialect.keyring = Keyring.from_text(f"{new},{FIELD_KEY}")
    try:
        reseal()
        db.engine.dialect.keyring = Keyring.from_text(new)
        db.session.expire_all()
        assert [one.text for one in rosa.contact_details] == [EMAIL, NUMBER, SIGNAL]
        assert person_queries.matching(NUMBER).ids == [rosa.id]
    finally:
        db.engine.dialect.keyring = before
