"""People."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.people import Membership, Person
from app.queries.lookup import one
from app.queries.naming import by_name, holding


def get(person_id: int) -> Person:
    """Return one person with contact details and memberships."""
    details = selectinload(Person.contact_details)
    memberships = selectinload(Person.memberships).joinedload(Membership.organization)
    return one(Person, Person.id == person_id, options=(details, memberships))


def listing(search: str = "", *, language: str) -> Sequence[Person]:
    """Return people by family name in the order of a language, those whose names hold every term of `search`."""
    listed = select(Person).where(*holding(Person.words, search))
    listed = listed.order_by(by_name(Person.sort_key, language), Person.id)
    memberships = selectinload(Person.memberships).joinedload(Membership.organization)
    return db.session.scalars(listed.options(memberships)).all()


def seats_of(person_id: int) -> Sequence[Delegate]:
    """Return the person's seats in delegations that the scope shows."""
    seats = select(Delegate).where(Delegate.person_id == person_id).order_by(Delegate.id)
    return db.session.scalars(seats.options(joinedload(Delegate.delegation, innerjoin=True))).all()


def not_in(
    delegation: Delegation, search: str = "", *, number: int | None = None, language: str, limit: int
) -> Sequence[Person]:
    """Return people who could still join a delegation and whose names hold every term of `search`, by family name.

    Where a number is given, the one who has it.
    """
    taken = select(Delegate.person_id).where(Delegate.delegation_id == delegation.id)
    listed = select(Person).where(Person.id.not_in(taken), *holding(Person.words, search))
    if number is not None:
        listed = listed.where(Person.id == number)
    return db.session.scalars(listed.order_by(by_name(Person.sort_key, language), Person.id).limit(limit)).all()
