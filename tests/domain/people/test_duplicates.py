"""Which pairs of people and organizations are found, who sees them, and what was dismissed."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from app import clock
from app.domain.people import contact_details, duplicates
from app.extensions import db
from app.matching.records import OrganizationRecord, PersonRecord
from app.models.people.match_keys import PersonKey, hashed_keys, person_records
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.people import duplicates as duplicate_queries


def search():
    while duplicates.search_people() or duplicates.search_organizations():
        pass
    return [(pair.first.full_name, pair.second.full_name) for pair in duplicate_queries.person_pairs(1).rows]


def test_pairs_with_a_second_evidence_are_found_and_homonyms_are_not(make):
    make.person("José", "Quispe", email="jose@example.org", country="PE")
    make.person("Pepe", "Quispe", email="jose@example.org")
    make.person("José", "Quispe", country="PE")
    assert search() == [("José Quispe", "Pepe Quispe")]


def test_only_what_was_changed_is_compared_again(make):
    person, other = make.person("Ana", "Rojas", phone="+57 310 1234567"), make.person("Ana", "Roja")
    assert search() == []
    assert duplicates.search_people() == 0
    make.contact_detail(other, "310 123 45 67")
    other.country = "CO"
    db.session.flush()
    assert duplicates.search_people() == 1
    assert len(duplicate_queries.person_pairs(1).rows) == 1
    contact_details.remove(person.contact_details[0])
    assert search() == []


def test_a_dismissed_pair_stays_dismissed_whatever_is_found_later(make):
    first, second = (
        make.person("Ana", "Rojas", email="a@example.org"),
        make.person("Ana", "Rojas", email="a@example.org"),
    )
    search()
    [pair] = duplicate_queries.person_pairs(1).rows
    duplicates.dismiss(pair, by=make.user())
    make.membership(first)
    second.locality = "Cali"
    db.session.flush()
    assert search() == []
    assert duplicate_queries.person_pairs(1, dismissed=True).rows == [pair]
    duplicates.restore(pair)
    assert search() == [("Ana Rojas", "Ana Rojas")]


def test_organizations_of_one_name_are_found(make):
    make.organization("Unión de Trabajadores del Puerto", "CL", acronym="UTP")
    make.organization("Union Trabajadores Puerto", "CL", acronym="U.T.P.")
    make.organization("Unión de Trabajadores del Puerto", "PE")
    search()
    [pair] = duplicate_queries.organization_pairs(1).rows
    assert pair.evidence[-2:] == ["acronym", "country"]
    [found] = duplicate_queries.organizations_like(OrganizationRecord("UNION TRABAJADORES PUERTO", country="PE"))
    assert found.row.country == "PE"


def test_a_pair_is_visible_only_to_those_who_see_both_people(make):
    here, there = make.congress(), make.congress()
    make.person("Ana", "Rojas", congress=here, email="ana@example.org")
    make.person("Ana", "Rojas", congress=there, email="ana@example.org")
    search()
    typed = PersonRecord("Ana", "Rojas", emails=("ana@example.org",))
    for scope, pairs, found in (
        (EVERYTHING, 1, 2),
        (Scope(frozenset({here.id, there.id})), 1, 2),
        (Scope(frozenset({here.id})), 0, 1),
        (Scope(), 0, 0),
    ):
        enter_scope(scope)
        assert duplicate_queries.person_pairs(1).total == pairs
        assert len(duplicate_queries.people_like(typed)) == found
    enter_scope(EVERYTHING)


def test_a_key_that_very_many_have_is_left_out(make, monkeypatch):
    monkeypatch.setattr(duplicate_queries, "CROWDED", 2)
    for _ in range(3):
        make.person("Ana", "Rojas", email="office@example.org")
    assert search() == []
    assert duplicate_queries.people_like(PersonRecord("Ana", "Rojas", emails=("office@example.org",))) == []


def test_people_who_were_inserted_in_bulk_get_their_keys_at_night(make):
    make.person("Ana", "Rojas", locality="Quito")
    values = {"given_name": "ANA", "family_name": "ROJAS", "locality": "Quito", "created_at": clock.now()}
    db.session.execute(insert(Person), [values])
    assert search() == [("Ana Rojas", "ANA ROJAS")]


@pytest.mark.parametrize("change", ["name", "membership", "place"])
def test_the_keys_follow_every_change(make, change):
    person = make.person("Ana", "Rojas", email="ana@example.org")
    search()
    with clock.travel(clock.now() + timedelta(days=1)):
        match change:
            case "name":
                person.family_name = "Quispe"
            case "membership":
                make.membership(person)
            case "place":
                person.locality = "Quito"
        db.session.flush()
    [record] = person_records(db.session.connection(), {person.id}).values()
    assert set(db.session.scalars(select(PersonKey.key))) == hashed_keys(record)
    assert duplicates.search_people() == 1
