"""Unions, federations, movements and communes: public bodies, visible to every account."""

from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.naming import Named
from app.models.people.matched import Matched
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


class Organization(Revised, Base, Named, Matched):
    """An organization."""

    __tablename__ = "organizations"

    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    acronym: Mapped[Short | None]
    classification: Mapped[Classification] = mapped_column(one_of(Classification))
    sector: Mapped[Short | None]
    country: Mapped[CountryCode] = mapped_column(index=True)
    website: Mapped[WebAddress | None]
    created_at: Mapped[Instant]

    def searched_names(self) -> tuple[str | None, ...]:
        """Return name and acronym."""
        return self.name, self.acronym

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return the name."""
        return (self.name,)
