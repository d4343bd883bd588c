"""What is removed with a person, and what follows a merge, is named whatever table it is in."""

from app.domain.people.merge_rules import RULES, Move, name_of, references
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.wording.dependents import removed_with_person
from app.wording.merging import following_in_words

DERIVED = {"person_keys", "person_pairs"}
OF_THE_APPLICATION = {"audit_entries", "deliveries", "merges", "undo_entries", "undone_people"}
"""Rows that no user has recorded."""
SAID_OTHERWISE = {"delegates", "follow_ups", "participations"}
"""The page lists the delegations, counts open actions, and does not remove people from congresses of others."""


def test_removing_a_person_names_every_kind_of_record_that_refers_to_her(make):
    tables = {key.parent.table.name for key in references(Person.__table__) if key.ondelete == "CASCADE"}
    unnamed = {one for one in tables if removed_with_person({one: 1})[0] == removed_with_person({})[0]}
    assert unnamed == DERIVED | OF_THE_APPLICATION | SAID_OTHERWISE


def test_merging_names_every_kind_of_record_that_follows(make):
    keys = [*references(Person.__table__), *references(Organization.__table__)]
    tables = {key.parent.table.name for key in keys if isinstance(RULES[name_of(key)], Move)}
    assert {one for one in tables if not following_in_words({one: 1})} == OF_THE_APPLICATION
