"""The names of the records that rows of an import were written to, as far as they are in scope."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.congress.delegations import Delegation
from app.models.people.organizations import Organization
from app.models.people.people import Person


def people(ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of people, by id."""
    return {one.id: one.full_name for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def organizations(ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of organizations, by id."""
    found = db.session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids)))
    return {one.id: one.name for one in found}


def delegations(ids: Collection[int]) -> Mapping[int, str]:
    """Return the organizations of delegations, by the id of the delegation."""
    found = select(Delegation).where(Delegation.id.in_(ids)).options(joinedload(Delegation.organization))
    return {one.id: one.organization.name for one in db.session.scalars(found)}
