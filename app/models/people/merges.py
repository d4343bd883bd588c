"""Merges of two people or two organizations into one, and the ids that refer to what was merged."""

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.scoping import Scope, Scoped, rows_before_and_after
from app.models.types import Instant, Name, PrimaryKey, Short


class Merge(Base, Scoped):
    """A merge of a person or an organization into another one; visible with the one that was kept."""

    __tablename__ = "merges"
    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (organization_id IS NULL)", name="one_kind"),)

    id: Mapped[PrimaryKey]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True
    )
    """The person who now stands for both; after a later merge, the one kept by that merge."""
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    kept_id: Mapped[int]
    """The id of the one that this merge kept."""
    merged_id: Mapped[int]
    merged_name: Mapped[Name]
    at: Mapped[Instant]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    undo_entry_id: Mapped[int | None] = mapped_column(ForeignKey("undo_entries.id", ondelete="SET NULL"))
    """What the merge changed; None if it can no longer be undone."""
    undone_at: Mapped[Instant | None]

    person: Mapped[Person | None] = relationship(active_history=True)
    organization: Mapped[Organization | None] = relationship()

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its person; merges of organizations are visible to everyone, like the organizations."""
        return or_(cls.organization_id.is_not(None), cls.person_id.in_(select(Person.id).where(Person.criteria())))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with its person."""
        people = rows_before_and_after(self, "person")
        return all(person is not None and person.belongs_to(scope) for person in people)


class MergedId(Base):
    """The id of a merged row, and the row that stands for it now."""

    __tablename__ = "merged_ids"
    __table_args__ = (Index("ix_merged_ids_table_name_old_id", "table_name", "old_id"),)

    id: Mapped[PrimaryKey]
    merge_id: Mapped[int] = mapped_column(ForeignKey("merges.id", ondelete="CASCADE"), index=True)
    table_name: Mapped[Short]
    old_id: Mapped[int]
    new_id: Mapped[int]
    old_link: Mapped[int | None]
    """Of a delegate, the number of the personal link, which still works."""
    new_link: Mapped[int | None]
    """Of a delegate, the number of the link of the one that was kept: renewing that one ends both."""
