"""People and their contact details, visible only to those who work on a congress or campaign that they take part in."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ColumnElement, ForeignKey, Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.naming import Named
from app.models.people.organizations import Organization
from app.models.scoping import InEither, Scope, Scoped, in_either, rows_before_and_after
from app.models.types import CountryCode, Instant, LanguageTag, Name, PrimaryKey, Revised, one_of


class ContactType(StrEnum):
    """The type of a contact detail."""

    EMAIL = "email"
    PHONE = "phone"
    SIGNAL = "signal"
    OTHER = "other"


class Person(Revised, Base, InEither, Named):
    """A person, recorded for one congress or one campaign, or for every account."""

    __tablename__ = "people"

    seen_through: ClassVar[list[Callable[[], Select[int]]]] = []
    """Statements of other wings that select the ids of people who are visible through their rows."""

    id: Mapped[PrimaryKey]
    given_name: Mapped[Name]
    family_name: Mapped[Name | None]
    preferred_language: Mapped[LanguageTag | None]
    country: Mapped[CountryCode | None]
    nationality: Mapped[CountryCode | None]
    """As in the passport that the person travels with; visas and refusals depend on it."""
    locality: Mapped[Name | None]
    created_at: Mapped[Instant]

    contact_details: Mapped[list["ContactDetail"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="ContactDetail.id"
    )
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Membership.id"
    )

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible in its own scope, and wherever another wing's rows show the person."""
        return or_(in_either(cls), *(cls.id.in_(people()) for people in cls.seen_through))

    def searched_names(self) -> tuple[str | None, ...]:
        """Return the full name: its words are found in any order."""
        return (self.full_name,)

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return family name and given name; people with a single name are sorted by it among the family names."""
        return self.family_name, self.given_name

    @property
    def full_name(self) -> str:
        """The full name in its usual order."""
        return f"{self.given_name} {self.family_name}" if self.family_name else self.given_name

    @property
    def email(self) -> str | None:
        """The address to which emails to the person are sent."""
        return self.contact(ContactType.EMAIL)

    def contact(self, kind: ContactType) -> str | None:
        """Return the first contact detail of a type."""
        return next((detail.value for detail in self.contact_details if detail.type == kind), None)


class OfPerson(Scoped):
    """A row that belongs to a person and has the same visibility."""

    person: Mapped[Person]

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its person."""
        visible = select(Person.id).where(Person.criteria())
        return cls.person_id.in_(visible)  # type: ignore[attr-defined, no-any-return]

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with its person, and with the one that it belonged to before."""
        people = rows_before_and_after(self, "person")
        return bool(people) and all(person is not None and person.belongs_to(scope) for person in people)


class ContactDetail(Base, OfPerson):
    """A contact detail of a person."""

    __tablename__ = "contact_details"

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    type: Mapped[ContactType] = mapped_column(one_of(ContactType))
    value: Mapped[Name]

    person: Mapped[Person] = relationship(back_populates="contact_details", active_history=True)

    @property
    def is_email(self) -> bool:
        """Whether it is an email address."""
        return self.type is ContactType.EMAIL

    @property
    def is_phone(self) -> bool:
        """Whether it is a phone number."""
        return self.type is ContactType.PHONE


class Membership(Base, OfPerson):
    """A person's membership in an organization."""

    __tablename__ = "memberships"

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    post: Mapped[Name | None]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="memberships", active_history=True)
    organization: Mapped[Organization] = relationship()
