"""Unions, federations, movements and communes, with their names and addresses: public facts, visible to every account."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.naming import Listed, listed_by
from app.models.people.matched import Matched
from app.models.removing import Removable
from app.models.types import CountryCode, Instant, Name, PrimaryKey, Revised, Short, WebAddress, one_of


class Classification(StrEnum):
    """The kind of organization."""

    UNION = "union"
    TEACHERS_UNION = "teachers_union"
    FEDERATION = "federation"
    CONFEDERATION = "confederation"
    SOCIAL_MOVEMENT = "social_movement"
    COMMUNE = "commune"
    PEASANT_ORGANIZATION = "peasant_organization"
    PRESS = "press"
    OTHER = "other"


class OrganizationNameKind(StrEnum):
    """Where a name of an organization is used."""

    FORMER = "former"
    TRANSLATED = "translated"
    SCRIPT = "script"
    """The name in another script."""
    KNOWN_AS = "known_as"


class OrganizationContactType(StrEnum):
    """The type of a contact detail of an organization."""

    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    OTHER = "other"


class Organization(Revised, Base, Listed, Matched, Removable):
    """An organization; a removed one keeps its name wherever a row refers to it, and is offered no more."""

    __tablename__ = "organizations"
    __table_args__ = (*listed_by(__tablename__), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    acronym: Mapped[Short | None]
    classification: Mapped[Classification] = mapped_column(one_of(Classification))
    sector: Mapped[Short | None]
    country: Mapped[CountryCode]
    website: Mapped[WebAddress | None]
    created_at: Mapped[Instant]

    other_names: Mapped[list["OrganizationName"]] = relationship(
        back_populates="organization", cascade="all, delete-orphan", order_by="OrganizationName.id"
    )
    contact_details: Mapped[list["OrganizationContact"]] = relationship(
        back_populates="organization", cascade="all, delete-orphan", order_by="OrganizationContact.id"
    )

    def searched_names(self) -> tuple[str | None, ...]:
        """Return name, acronym and other names."""
        return self.name, self.acronym, *(other.name for other in self.other_names)

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return the name."""
        return (self.name,)


class OrganizationName(Revised, Base):
    """A name of an organization besides the usual one; the organization is found by it too."""

    __tablename__ = "organization_names"

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    kind: Mapped[OrganizationNameKind] = mapped_column(one_of(OrganizationNameKind))
    name: Mapped[Name]

    organization: Mapped[Organization] = relationship(back_populates="other_names")


class OrganizationContact(Revised, Base):
    """A contact detail of an organization: of an office, not of a person."""

    __tablename__ = "organization_contacts"

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    type: Mapped[OrganizationContactType] = mapped_column(one_of(OrganizationContactType))
    value: Mapped[Name]
    note: Mapped[Name | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    """The last day on which it can be used; None if it is not known to end."""

    organization: Mapped[Organization] = relationship(back_populates="contact_details")


OrganizationPart = OrganizationName | OrganizationContact
