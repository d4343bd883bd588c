"""Interactions with people and organizations."""

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from app.models.people.interactions import Interaction
from app.queries.lookup import one
from app.queries.paging import Page, page_of

LATEST = 3
"""The number of interactions on the page of a person or an organization; the others have their own page."""
_WHOLE = (
    joinedload(Interaction.person),
    joinedload(Interaction.organization),
    joinedload(Interaction.congress),
    joinedload(Interaction.campaign),
    joinedload(Interaction.created_by),
)


def get(interaction_id: int) -> Interaction:
    """Return an interaction in scope. Its congress and campaign are None if they are not in scope."""
    return one(Interaction, Interaction.id == interaction_id, options=_WHOLE)


def of_person(person_id: int, number: int = 1, *, size: int = LATEST) -> Page[Interaction]:
    """Return a page of the interactions with a person, latest first."""
    return page_of(_listing(Interaction.person_id == person_id), number, size=size)


def of_organization(organization_id: int, number: int = 1, *, size: int = LATEST) -> Page[Interaction]:
    """Return a page of the interactions with an organization that are in scope, latest first."""
    return page_of(_listing(Interaction.organization_id == organization_id), number, size=size)


def _listing(*conditions: ColumnElement[bool]) -> Select[Interaction]:
    ordered = select(Interaction).where(*conditions).order_by(Interaction.occurred_at.desc(), Interaction.id.desc())
    return ordered.options(*_WHOLE)
