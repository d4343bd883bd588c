"""Organizations to choose from."""

from app.forms.picking import Choice
from app.models.people.organizations import Organization
from app.queries.people import organizations
from app.wording.labels import country_name


def all_organizations() -> list[Choice]:
    """Return the organizations to pick from."""
    return [_organization(organization) for organization in organizations.listing()]


def _organization(organization: Organization) -> Choice:
    names = (organization.name, organization.acronym) if organization.acronym else (organization.name,)
    return Choice(f"{organization.name} ({country_name(organization.country)})", organization, names)
