"""Rows about a person or about an organization."""

from typing import Literal

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, or_
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.models.people.organizations import Organization
from app.models.people.people import OfPerson, Person
from app.models.scoping import Scope, rows_before_and_after

Record = Person | Organization
"""What tags and the house's own fields belong to."""
RecordColumn = Literal["person_id", "organization_id"]
"""The name of the column by which rows belong to a record."""


def of_one_record() -> CheckConstraint:
    """Return the constraint that a row is about a person or about an organization, not about both or neither."""
    return CheckConstraint("(person_id IS NULL) <> (organization_id IS NULL)", name="one_record")


class OfRecord(OfPerson):
    """A row about a person, which is visible with the person, or about an organization, which every account sees."""

    @declared_attr
    def person_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the person."""
        return mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)

    @declared_attr
    def organization_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the organization."""
        return mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)

    @declared_attr
    def person(cls) -> Mapped[Person | None]:  # type: ignore[override]  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the relationship to the person."""
        return relationship(active_history=True)

    @declared_attr
    def organization(cls) -> Mapped[Organization | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the relationship to the organization."""
        return relationship()

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its person; in every scope if it is about an organization."""
        return or_(super().criteria(), cls.person_id.is_(None))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with its person, before and after; in every scope if it is about an organization."""
        return super().belongs_to(scope) if rows_before_and_after(self, "person") else True


def is_person(record: Record) -> bool:
    """Return whether a record is a person."""
    return isinstance(record, Person)


def column_of(record: Record) -> RecordColumn:
    """Return the name of the column by which rows belong to a record."""
    return "person_id" if is_person(record) else "organization_id"
