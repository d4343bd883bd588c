"""What was said with people and organizations."""

from datetime import datetime, timedelta
from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.people.interactions import Initiative, Interaction, InteractionKind
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.text import N_

_SLACK = timedelta(minutes=10)
"""Clocks differ, and a form shows whole minutes."""


class InteractionValues(TypedDict):
    """What is recorded about an interaction."""

    organization: Organization | None
    kind: InteractionKind
    initiative: Initiative | None
    occurred_at: datetime
    subject: str
    body: str | None
    congress_id: int | None
    campaign_id: int | None


def record(person: Person | None, values: InteractionValues, *, by: User | None) -> Interaction:
    """Record an interaction with a person, an organization, or a person who spoke for an organization.

    Raises DomainError on `person` if there is neither, and on `occurred` if it is in the future.
    """
    _check(person, values)
    interaction = Interaction(person=person, created_by_id=by.id if by else None, created_at=clock.now(), **values)
    db.session.add(interaction)
    db.session.flush()
    audit.note(interaction, "recorded", {}, _facts(interaction))
    return interaction


def update(interaction: Interaction, values: InteractionValues) -> None:
    """Change what is recorded; the person stays, because the person decides who can see it. Raises as `record` does."""
    _check(interaction.person, values)
    with audit.changing(interaction, _facts):
        for name, value in values.items():
            setattr(interaction, name, value)


def remove(interaction: Interaction) -> None:
    """Remove an interaction; actions that came from it stay."""
    audit.forget(interaction)
    db.session.delete(interaction)
    db.session.flush()


def check_parties(person: Person | None, organization: Organization | None) -> None:
    """Raise DomainError on `person` if there is neither a person nor an organization."""
    if person is None and organization is None:
        raise DomainError("person", N_("Choose a person, an organization, or both."))


def check_occurred(occurred_at: datetime) -> None:
    """Raise DomainError on `occurred` if an interaction is in the future."""
    if occurred_at > clock.now() + _SLACK:
        raise DomainError(
            "occurred", N_("This is in the future. Enter what has happened; plan the rest as a next step.")
        )


def _check(person: Person | None, values: InteractionValues) -> None:
    check_parties(person, values["organization"])
    check_occurred(values["occurred_at"])


def _facts(interaction: Interaction) -> audit.Facts:
    own = audit.facts_of(interaction, ("kind", "initiative", "occurred_at", "subject", "body"))
    return own | {"organization": interaction.organization.name if interaction.organization else None}
