"""What belongs to an action: the items of its checklist, and the comments on it."""

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.people.people import Person
from app.models.scoping import Scope, Scoped, rows_before_and_after
from app.models.types import Instant, Name, PrimaryKey


class OfFollowUp(Scoped):
    """A row that belongs to an action, and is visible and writable with it."""

    @declared_attr
    def follow_up_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the action that the row belongs to."""
        return mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"), index=True, active_history=True)

    @declared_attr
    def follow_up(cls) -> Mapped[FollowUp]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the relationship to the action."""
        return relationship(FollowUp, active_history=True)

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its action."""
        return cls.follow_up_id.in_(select(FollowUp.id).where(FollowUp.criteria()))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with its action, and with the one that it belonged to before."""
        actions = rows_before_and_after(self, "follow_up")
        return bool(actions) and all(one is not None and one.belongs_to(scope) for one in actions)


class ChecklistItem(Base, OfFollowUp):
    """A step of an action, which can be ticked off."""

    __tablename__ = "checklist_items"

    id: Mapped[PrimaryKey]
    text: Mapped[Name]
    done_at: Mapped[Instant | None]


class FollowUpComment(Base, OfFollowUp):
    """What somebody said about an action: an account, or the person without an account who has it."""

    __tablename__ = "follow_up_comments"
    __table_args__ = (CheckConstraint("user_id IS NULL OR person_id IS NULL", name="one_author"),)

    id: Mapped[PrimaryKey]
    body: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[Instant]

    user: Mapped[User | None] = relationship()
    person: Mapped[Person | None] = relationship()
