"""Relations between people."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.people.relations import Relation
from app.queries.lookup import one

_WHOLE = (joinedload(Relation.person), joinedload(Relation.other))


def get(person_id: int, relation_id: int) -> Relation:
    """Return a relation of a person, recorded from either side."""
    return one(Relation, Relation.id == relation_id, _of(person_id), options=_WHOLE)


def of_person(person_id: int) -> Sequence[Relation]:
    """Return the relations of a person to people in scope."""
    return db.session.scalars(select(Relation).where(_of(person_id)).options(*_WHOLE).order_by(Relation.id)).all()


def _of(person_id: int) -> ColumnElement[bool]:
    return or_(Relation.person_id == person_id, Relation.other_id == person_id)
