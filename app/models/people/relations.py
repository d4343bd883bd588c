"""Relations between two people: colleagues, family, who reports to whom."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.people.people import OfPerson, Person, is_visible
from app.models.scoping import Scope, rows_before_and_after
from app.models.types import Name, PrimaryKey, Revised, one_of


class RelationKind(StrEnum):
    """What one person is to another."""

    COLLEAGUE = "colleague"
    FAMILY = "family"
    FRIEND = "friend"
    SUPERVISOR = "supervisor"
    REPORTS_TO = "reports_to"
    ASSISTANT = "assistant"
    ASSISTED_BY = "assisted_by"
    INTERPRETER = "interpreter"
    INTERPRETED_BY = "interpreted_by"
    REFERS_TO = "refers_to"
    REFERRED_BY = "referred_by"
    OTHER = "other"

    @property
    def inverse(self) -> "RelationKind":
        """What the other person is to the one."""
        return _INVERSE.get(self, self)


_DIRECTED = {
    RelationKind.SUPERVISOR: RelationKind.REPORTS_TO,
    RelationKind.ASSISTANT: RelationKind.ASSISTED_BY,
    RelationKind.INTERPRETER: RelationKind.INTERPRETED_BY,
    RelationKind.REFERS_TO: RelationKind.REFERRED_BY,
}
_INVERSE = _DIRECTED | {other: one for one, other in _DIRECTED.items()}


class Relation(Revised, Base, OfPerson):
    """What a person is to another person for some time; visible only to those who can see both."""

    __tablename__ = "relations"
    __table_args__ = (CheckConstraint("person_id <> other_id", name="two_people"),)

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    kind: Mapped[RelationKind] = mapped_column(one_of(RelationKind))
    """What the person is to the other one."""
    note: Mapped[Name | None]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], active_history=True)
    other: Mapped[Person] = relationship(foreign_keys=[other_id], active_history=True)

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with both people."""
        return is_visible(cls.person_id) & is_visible(cls.other_id)

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with both people, and with those whom it concerned before."""
        others = rows_before_and_after(self, "other")
        is_open = bool(others) and all(one is not None and one.belongs_to(scope) for one in others)
        return is_open and super().belongs_to(scope)

    def other_than(self, person: Person) -> Person:
        """Return the other of its two people."""
        return self.other if self.person_id == person.id else self.person

    def kind_of(self, person: Person) -> RelationKind:
        """Return what one of its two people is to the other."""
        return self.kind if self.person_id == person.id else self.kind.inverse
