"""Memberships of people in organizations."""

from datetime import date
from typing import TypedDict

from app.domain.accounts import audit
from app.domain.people.people import facts
from app.domain.people.periods import check_order
from app.domain_errors import DomainError
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.text import N_


class MembershipValues(TypedDict):
    """What is recorded about a membership."""

    organization: Organization
    post: str | None
    on_behalf_of: Organization | None
    start_date: date | None
    end_date: date | None


def add(person: Person, values: MembershipValues) -> Membership:
    """Record a membership of a person.

    Raises DomainError on `on_behalf_of` if it is the organization itself, and on `end_date` if it is before the start.
    """
    membership = Membership()
    with audit.changing(person, facts):
        _write(membership, values)
        person.memberships.append(membership)
    return membership


def update(membership: Membership, values: MembershipValues) -> None:
    """Change a membership; raises DomainError as `add` does."""
    with audit.changing(membership.person, facts):
        _write(membership, values)


def remove(membership: Membership) -> None:
    """Remove a membership."""
    person = membership.person
    with audit.changing(person, facts):
        person.memberships.remove(membership)


def _write(membership: Membership, values: MembershipValues) -> None:
    if values["on_behalf_of"] is values["organization"]:
        raise DomainError("on_behalf_of", N_("Choose another organization than the one that the person belongs to."))
    check_order(values["start_date"], values["end_date"], "end_date")
    membership.organization = values["organization"]
    membership.on_behalf_of = values["on_behalf_of"]
    membership.post = values["post"]
    membership.start_date = values["start_date"]
    membership.end_date = values["end_date"]
