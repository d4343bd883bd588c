"""People and organizations that are chosen to be changed together."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.models.people.organizations import Organization
from app.models.people.people import Participation, Person
from app.models.scoping import EVERYTHING, current_scope
from app.queries.lookup import kept
from app.queries.naming import by_name

_REASON = "whether a person takes part in anything at all decides who could see them afterward"


def writable(model: type[Person | Organization], ids: Collection[int]) -> list[int]:
    """Return the ids of the records in scope that may be changed in it, in order.

    A person may be changed where one of the participations is in scope, not where only a seat shows the person.
    """
    found = select(model.id).where(model.id.in_(ids))
    if model is Organization:
        found = found.where(kept(Organization))
    elif current_scope() != EVERYTHING:
        found = found.where(Person.id.in_(select(Participation.person_id)))
    return list(db.session.scalars(found.order_by(model.id)))


def first(model: type[Person | Organization], ids: Collection[int], *, language: str, limit: int) -> Sequence[Any]:
    """Return the first of the records in scope with these ids, by name in `language`."""
    found = select(model).where(model.id.in_(ids))
    return db.session.scalars(found.order_by(by_name(model.sort_key, language), model.id).limit(limit)).all()


def taking_part(person_ids: Collection[int], *, but_for: Collection[int]) -> set[int]:
    """Return which of these people take part in anything, in any scope, apart from some participations by id."""
    own = Participation.__table__.c
    found = select(own.person_id).where(own.person_id.in_(person_ids), own.id.not_in(but_for))
    return set(db.session.scalars(found.execution_options(unscoped=_REASON)))
