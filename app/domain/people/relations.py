"""Relations between people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypedDict

from app.dialects import lock_against_writes
from app.domain.accounts import audit
from app.domain.people.periods import check_order, overlap
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.people import Person
from app.models.people.relations import Relation, RelationKind
from app.queries.people import relations as relation_queries
from app.text import N_


class RelationValues(TypedDict):
    """What is recorded about a relation."""

    kind: RelationKind
    note: str | None
    start_date: date | None
    end_date: date | None


def add(person: Person, other: Person, values: RelationValues) -> Relation:
    """Record what a person is to another one.

    Raises DomainError on `other` if both are the same person or the relation is already recorded, and on `end_date` if it
    is before the start.
    """
    check_people(person, other)
    _check(person, other, None, values)
    relation = Relation(person=person, other=other, **values)
    with _changing(person, other):
        db.session.add(relation)
    return relation


def update(relation: Relation, person: Person, values: RelationValues) -> None:
    """Change a relation; `kind` is what `person`, one of the two, is to the other one. Raises DomainError as `add` does."""
    other = relation.other_than(person)
    _check(person, other, relation, values)
    with _changing(person, other):
        relation.kind = values["kind"] if person is relation.person else values["kind"].inverse
        relation.note = values["note"]
        relation.start_date, relation.end_date = values["start_date"], values["end_date"]


def remove(relation: Relation) -> None:
    """Remove a relation that was recorded by mistake; one that has ended gets an end date."""
    with _changing(relation.person, relation.other):
        db.session.delete(relation)


def check_people(person: Person, other: Person) -> None:
    """Raise DomainError on `other` if both are the same person."""
    if person is other:
        raise DomainError("other", N_("This is the same person. Choose somebody else."))


@contextmanager
def _changing(person: Person, other: Person) -> Iterator[None]:
    """Record in both histories that the relations change. Values are concealed: each history is seen without the other."""
    with audit.changing(person, _facts), audit.changing(other, _facts):
        yield


def _facts(person: Person) -> audit.Facts:
    listed = relation_queries.of_person(person.id)
    return {"relations": [[str(one.id), one.kind, one.note, str(one.start_date), str(one.end_date)] for one in listed]}


def _check(person: Person, other: Person, own: Relation | None, values: RelationValues) -> None:
    lock_against_writes(db.session, Relation.__tablename__)  # else two users could record the same one at the same time
    check_order(values["start_date"], values["end_date"], "end_date")
    dates = (values["start_date"], values["end_date"])
    for one in relation_queries.of_person(person.id):
        is_same = one.other_than(person) is other and one.kind_of(person) is values["kind"]
        if one is not own and is_same and overlap((one.start_date, one.end_date), dates):
            raise DomainError("other", N_("This relation is already recorded for these dates."))
