"""Memberships of people in organizations."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.people.organizations import Organization
from app.models.people.people import OfPerson, Person
from app.models.types import Name, PrimaryKey, Revised


class Membership(Revised, Base, OfPerson):
    """A person's membership in an organization."""

    __tablename__ = "memberships"

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id", ondelete="SET NULL"), index=True)
    """The organization that the person represents there, as a union in its federation."""
    post: Mapped[Name | None]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="memberships", active_history=True)
    organization: Mapped[Organization] = relationship(foreign_keys=[organization_id])
    on_behalf_of: Mapped[Organization | None] = relationship(foreign_keys=[on_behalf_of_id])
