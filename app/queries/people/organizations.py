"""Organizations."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models.congress.delegations import Delegation
from app.models.people.organizations import Organization
from app.queries.lookup import one


def get(organization_id: int) -> Organization:
    """Return one organization."""
    return one(Organization, Organization.id == organization_id)


def listing(search: str = "") -> Sequence[Organization]:
    """Return organizations by country and name, those whose name or acronym holds `search`."""
    listed = select(Organization).order_by(Organization.country, Organization.name, Organization.id)
    if search:
        listed = listed.where(
            Organization.name.icontains(search, autoescape=True)
            | Organization.acronym.icontains(search, autoescape=True)
        )
    return db.session.scalars(listed).all()


def delegations_of(organization_id: int) -> Sequence[Delegation]:
    """Return the organization's delegations that the scope shows."""
    listed = select(Delegation).where(Delegation.organization_id == organization_id).order_by(Delegation.id)
    return db.session.scalars(listed).all()
