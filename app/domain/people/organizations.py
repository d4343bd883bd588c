"""Organizations."""

from typing import TypedDict

from sqlalchemy import select

from app import clock
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.organizations import Classification, Organization
from app.text import N_, sort_key


class OrganizationValues(TypedDict):
    """What a person records about an organization."""

    name: str
    acronym: str | None
    classification: Classification
    sector: str | None
    country: str
    website: str | None


def create(values: OrganizationValues) -> Organization:
    """Record an organization; one with the same name in the same country is assumed to be the same."""
    refuse_twin(values["name"], values["country"])
    organization = Organization(created_at=clock.now(), **values)
    db.session.add(organization)
    db.session.flush()
    return organization


def update(organization: Organization, values: OrganizationValues) -> None:
    """Change what is recorded."""
    refuse_twin(values["name"], values["country"], organization.id)
    for name, value in values.items():
        setattr(organization, name, value)
    db.session.flush()


def refuse_twin(name: str, country: str, own_id: int | None = None) -> None:
    """Raise DomainError if another organization of that name is recorded in the country."""
    twin = select(Organization.id).where(Organization.sort_key == sort_key(name), Organization.country == country)
    found = db.session.scalar(twin.where(Organization.id != (own_id or 0)).limit(1))
    if found is not None:
        raise DomainError("name", N_("An organization with this name is already recorded in that country."))
