"""Names of organizations besides the usual one, and ways to reach them."""

from datetime import date
from typing import Any, TypedDict

from app.domain.accounts import audit
from app.domain.people.organizations import facts
from app.domain.people.periods import check_order
from app.domain_errors import DomainError
from app.email_addresses import fault, normalized
from app.models.people.organizations import (
    Organization,
    OrganizationContact,
    OrganizationContactType,
    OrganizationName,
    OrganizationNameKind,
    OrganizationPart,
)
from app.text import N_

_ADDRESSES = ("https://", "http://")


class OrganizationNameValues(TypedDict):
    """What is recorded about a name."""

    kind: OrganizationNameKind
    name: str


class OrganizationContactValues(TypedDict):
    """What is recorded about a contact detail."""

    type: OrganizationContactType
    value: str
    note: str | None
    valid_from: date | None
    valid_until: date | None


def add_name(organization: Organization, values: OrganizationNameValues) -> OrganizationName:
    """Record a name of an organization, which is found by it from then on."""
    part = OrganizationName(**values)
    with audit.changing(organization, facts):
        organization.other_names.append(part)
        organization.touch()
    return part


def add_contact(organization: Organization, values: OrganizationContactValues) -> OrganizationContact:
    """Record a contact detail of an organization.

    Raises DomainError on `value` if it is not an email or web address although it should be one, and on `valid_until` if
    the dates are in the wrong order.
    """
    part = OrganizationContact(**_checked(values))
    with audit.changing(organization, facts):
        organization.contact_details.append(part)
        organization.touch()
    return part


def update_name(part: OrganizationName, values: OrganizationNameValues) -> None:
    """Change a name."""
    _write(part, values)


def update_contact(part: OrganizationContact, values: OrganizationContactValues) -> None:
    """Change a contact detail; raises DomainError as `add_contact` does."""
    _write(part, _checked(values))


def remove(part: OrganizationPart) -> None:
    """Remove a name or a contact detail."""
    organization = part.organization
    listed: list[Any] = organization.other_names if isinstance(part, OrganizationName) else organization.contact_details
    with audit.changing(organization, facts):
        listed.remove(part)
        organization.touch()


def check_value(kind: OrganizationContactType, value: str) -> None:
    """Raise DomainError on `value` if it cannot be used for a type."""
    sentence = fault(normalized(value)) if kind is OrganizationContactType.EMAIL else None
    if kind is OrganizationContactType.WEBSITE and not value.startswith(_ADDRESSES):
        sentence = N_("Enter a full address that starts with https://.")
    if sentence:
        raise DomainError("value", sentence)


def _checked(values: OrganizationContactValues) -> OrganizationContactValues:
    check_value(values["type"], values["value"])
    check_order(values["valid_from"], values["valid_until"], "valid_until")
    is_email = values["type"] is OrganizationContactType.EMAIL
    return {**values, "value": normalized(values["value"]) if is_email else values["value"]}


def _write(part: OrganizationPart, values: OrganizationNameValues | OrganizationContactValues) -> None:
    organization = part.organization
    with audit.changing(organization, facts):
        for name, value in values.items():
            setattr(part, name, value)
        organization.touch()
