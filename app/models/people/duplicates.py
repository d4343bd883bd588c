"""Pairs of records that may be about the same person or organization, found by comparison."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.extensions import Base
from app.matching.comparing import Decision
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.scoping import Scope, Scoped, rows_before_and_after
from app.models.types import Instant, PrimaryKey, Revised, one_of


class Pair(Revised):
    """Two records of one kind, the one with the lower id first, and why they may be the same."""

    id: Mapped[PrimaryKey]
    score: Mapped[float]
    """The estimated probability that they are the same, from 0 to 1."""
    decision: Mapped[Decision] = mapped_column(one_of(Decision))
    evidence: Mapped[list[str]] = mapped_column(JSON)
    """Codes of `app.matching.comparing.Evidence`."""
    found_at: Mapped[Instant]
    dismissed_at: Mapped[Instant | None]
    """When a person said that they are not the same; the pair is not shown again."""

    @declared_attr
    def dismissed_by_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the account that said so."""
        return mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class PersonPair(Pair, Base, Scoped):
    """Two people who may be one; visible to those who see both."""

    __tablename__ = "person_pairs"
    __table_args__ = (UniqueConstraint("first_id", "second_id"), CheckConstraint("first_id < second_id", name="order"))

    first_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), active_history=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)

    first: Mapped[Person] = relationship(foreign_keys=[first_id], active_history=True)
    second: Mapped[Person] = relationship(foreign_keys=[second_id], active_history=True)

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with both people."""
        visible = select(Person.id).where(Person.criteria())
        return and_(cls.first_id.in_(visible), cls.second_id.in_(visible))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with both people."""
        people: set[Any] = rows_before_and_after(self, "first") | rows_before_and_after(self, "second")
        return bool(people) and all(person is not None and person.belongs_to(scope) for person in people)


class OrganizationPair(Pair, Base):
    """Two organizations that may be one; visible to everyone, like the organizations."""

    __tablename__ = "organization_pairs"
    __table_args__ = (UniqueConstraint("first_id", "second_id"), CheckConstraint("first_id < second_id", name="order"))

    first_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)

    first: Mapped[Organization] = relationship(foreign_keys=[first_id])
    second: Mapped[Organization] = relationship(foreign_keys=[second_id])
