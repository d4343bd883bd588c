"""Organizations."""

from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.organizations import Classification, Organization
from app.queries.people import organizations as organization_queries
from app.text import N_, sort_key


class OrganizationValues(TypedDict):
    """What a person records about an organization."""

    name: str
    acronym: str | None
    classification: Classification
    sector: str | None
    country: str
    website: str | None


def create(values: OrganizationValues, *, is_another: bool = False) -> Organization:
    """Record an organization.

    Raises DomainError if one with the same name is recorded in the country, unless a person has said that it `is_another`.
    """
    if not is_another:
        _refuse_twin(values["name"], values["country"])
    organization = Organization(created_at=clock.now(), **values)
    db.session.add(organization)
    db.session.flush()
    audit.note(organization, "recorded", {}, facts(organization))
    return organization


def update(organization: Organization, values: OrganizationValues, *, is_another: bool = False) -> None:
    """Change an organization.

    Raises DomainError if another one with its new name is recorded in the country, unless a person has said so.
    """
    is_renamed = sort_key(values["name"]) != organization.sort_key or values["country"] != organization.country
    if is_renamed and not is_another:
        _refuse_twin(values["name"], values["country"])
    with audit.changing(organization, facts):
        for name, value in values.items():
            setattr(organization, name, value)


def facts(organization: Organization) -> audit.Facts:
    """Return what the history of an organization tells about it."""
    return audit.facts_of(organization, OrganizationValues.__annotations__)


def _refuse_twin(name: str, country: str) -> None:
    if any(one.country == country for one in organization_queries.named(name)):
        raise DomainError("name", N_("An organization with this name is already recorded in that country."))
