"""People."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.people import Membership, Person
from app.queries.lookup import one


def get(person_id: int) -> Person:
    """Return one person with contact details and memberships."""
    details = selectinload(Person.contact_details)
    memberships = selectinload(Person.memberships).joinedload(Membership.organization)
    return one(Person, Person.id == person_id, options=(details, memberships))


def listing(search: str = "") -> Sequence[Person]:
    """Return people by family name, those whose names hold every word of `search`."""
    listed = select(Person).order_by(Person.family_name, Person.given_name, Person.id)
    for word in search.split():
        listed = listed.where(
            Person.given_name.icontains(word, autoescape=True) | Person.family_name.icontains(word, autoescape=True)
        )
    memberships = selectinload(Person.memberships).joinedload(Membership.organization)
    return db.session.scalars(listed.options(memberships)).all()


def seats_of(person_id: int) -> Sequence[Delegate]:
    """Return the person's seats in delegations that the scope shows."""
    seats = select(Delegate).where(Delegate.person_id == person_id).order_by(Delegate.id)
    return db.session.scalars(seats.options(joinedload(Delegate.delegation, innerjoin=True))).all()


def not_in(delegation: Delegation) -> Sequence[Person]:
    """Return the people who could still join a delegation."""
    taken = select(Delegate.person_id).where(Delegate.delegation_id == delegation.id)
    listed = select(Person).where(Person.id.not_in(taken))
    return db.session.scalars(listed.order_by(Person.family_name, Person.given_name, Person.id)).all()
