"""Which people and organizations a list shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.extensions import db
from app.models.people.organizations import Classification, Organization
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, current_scope
from app.queries import finding
from app.queries.lookup import kept
from app.queries.paging import holding_or_in
from app.queries.people.conditions import in_campaign, in_congress
from app.queries.people.tags import organizations_with, people_with


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """The people of a list: those for whom everything given is true."""

    typed: str = ""
    """Beginnings of words in their names."""
    congress_id: int | None = None
    """Those recorded for it or in one of its delegations."""
    campaign_id: int | None = None
    """Those recorded for it."""
    tag_id: int | None = None
    country: str = ""
    languages: tuple[str, ...] = ()
    """The tags of their preferred language, of which one applies."""
    among: Select[Any] | None = None
    """A statement of ids."""

    def found(self) -> Select[Person]:
        """Return the statement for the people in scope, unsorted."""
        return select(Person).where(*self._conditions())

    def _conditions(self) -> list[ColumnElement[bool]]:
        conditions = finding.beginning(Person, self.typed)
        if self.congress_id is not None:
            conditions.append(in_congress(self.congress_id))
        if self.campaign_id is not None:
            conditions.append(in_campaign(self.campaign_id))
        if self.tag_id is not None:
            conditions.append(Person.id.in_(people_with(self.tag_id)))
        if self.country:
            conditions.append(Person.country == self.country)
        if self.languages:
            conditions.append(Person.preferred_language.in_(self.languages))
        if self.among is not None:
            conditions.append(Person.id.in_(self.among))
        return conditions


@dataclass(frozen=True, slots=True)
class OrganizationFilter:
    """The organizations of a list: those for which everything given is true."""

    typed: str = ""
    """Words in name, acronym and country together."""
    classification: Classification | None = None
    tag_id: int | None = None
    country: str = ""
    among: Select[Any] | None = None
    """A statement of ids."""

    def found(self) -> Select[Organization]:
        """Return the statement for the organizations that are not removed, unsorted."""
        return select(Organization).where(kept(Organization), *self._conditions())

    def _conditions(self) -> list[ColumnElement[bool]]:
        conditions = holding_or_in(self.typed, [Organization.words], [Organization.country])
        if self.classification is not None:
            conditions.append(Organization.classification == self.classification)
        if self.tag_id is not None:
            conditions.append(Organization.id.in_(organizations_with(self.tag_id)))
        if self.country:
            conditions.append(Organization.country == self.country)
        if self.among is not None:
            conditions.append(Organization.id.in_(self.among))
        return conditions


def values_of(column: InstrumentedAttribute[Any]) -> Sequence[str]:
    """Return the different values that a column of people or organizations has in scope, unsorted, without NULL.

    With access to everything, it looks up one value after the other in the index, because the table may be very long.
    """
    if current_scope() != EVERYTHING and column.class_ is Person:
        return db.session.scalars(select(column).where(column.is_not(None)).distinct()).all()
    found = select(func.min(column).label("value")).cte(recursive=True)
    following = getattr(aliased(column.class_), column.key)
    least = select(func.min(following)).where(following > found.c.value).scalar_subquery()
    found = found.union_all(select(least).where(found.c.value.is_not(None)))
    return db.session.scalars(select(found.c.value).where(found.c.value.is_not(None))).all()
