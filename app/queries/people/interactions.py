"""Interactions with people and organizations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload

from app.dialects import folded
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.people.interactions import Interaction, InteractionKind
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.queries.lookup import one
from app.queries.paging import Page, ids_of, page_of
from app.text import MOST_WORDS, words_of

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of interactions is filtered by; empty values do not restrict it."""

    words: str = ""
    kind: InteractionKind | None = None
    by_id: int | None = None
    congress_id: int | None = None
    campaign_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    """The first instant after the period."""


def find(wanted: Wanted, number: int = 1) -> Page[Interaction]:
    """Return a page of the interactions in scope that meet all conditions, latest first."""
    return page_of(_listing(*_conditions(wanted)), number)


def numbers(wanted: Wanted) -> Sequence[int]:
    """Return the ids of all interactions that `find` shows, in the same order."""
    return ids_of(Interaction.id, _ordered(*_conditions(wanted)))


def some(interaction_ids: Collection[int]) -> Sequence[Interaction]:
    """Return interactions in scope by id."""
    return db.session.scalars(_listing(Interaction.id.in_(interaction_ids))).all()


def authors() -> Sequence[User]:
    """Return the accounts that have recorded an interaction in scope, by name."""
    recorded = select(Interaction.created_by_id)
    return db.session.scalars(select(User).where(User.id.in_(recorded)).order_by(User.name, User.id)).all()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    equal = {
        Interaction.kind: wanted.kind, Interaction.created_by_id: wanted.by_id,
        Interaction.congress_id: wanted.congress_id, Interaction.campaign_id: wanted.campaign_id,
    }  # fmt: skip
    found: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value is not None]
    if wanted.since is not None:
        found.append(Interaction.occurred_at >= wanted.since)
    if wanted.until is not None:
        found.append(Interaction.occurred_at < wanted.until)
    return found + _holding(wanted.words)


def _holding(typed: str) -> list[ColumnElement[bool]]:
    """Return the conditions that every typed word is in the subject, in what was said, or in the name of who was met."""
    wanted = words_of(typed)[:MOST_WORDS]
    if typed.strip() and not wanted:
        return [false()]
    return [
        or_(
            folded(Interaction.subject).contains(word),
            folded(Interaction.body).contains(word),
            Interaction.person.has(Person.words.contains(word)),
            Interaction.organization.has(Organization.words.contains(word)),
        )
        for word in wanted
    ]


def _listing(*conditions: ColumnElement[bool]) -> Select[Interaction]:
    return _ordered(*conditions).options(*_WHOLE)


def _ordered(*conditions: ColumnElement[bool]) -> Select[Interaction]:
    return select(Interaction).where(*conditions).order_by(Interaction.occurred_at.desc(), Interaction.id.desc())
