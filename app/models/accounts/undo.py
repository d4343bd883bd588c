"""Actions by users that can be undone."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Integer,
    UniqueConstraint,
    and_,
    bindparam,
    false,
    inspect,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base, db
from app.models.accounts.accounts import User
from app.models.removing import HiddenWith, hidden_ids, plain
from app.models.scoping import InEither, Scope, before_and_after, in_either, rows_before_and_after
from app.models.types import Instant, Name, PrimaryKey, SealedJSON, Short

if TYPE_CHECKING:
    from app.models.people.people import Person


class UndoEntry(Base, InEither, HiddenWith):
    """An action by a user, with the previous state of every row that it deleted or changed.

    An action on what is visible with a person belongs to that person. An action on many people belongs to the account
    that took it, unless it belongs to a congress or a campaign. Any other action concerns shared data: articles, places,
    crossings.
    """

    __tablename__ = "undo_entries"

    id: Mapped[PrimaryKey]
    endpoint: Mapped[Short]
    """The view that did it. Anyone with access to the view may undo it."""
    name: Mapped[Name]
    """The display name of the object."""
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True
    )
    of_many: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it changed many records, which are undone one by one: those that have changed since are left as they are."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[Instant] = mapped_column(index=True)
    undone_at: Mapped[Instant | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(SealedJSON("undo_entries.changes"))
    """The changed rows, in order; see `app/domain/recording.py`."""

    person: Mapped["Person | None"] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id])

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible in its congress or campaign, or with its person.

        If it belongs to none of them, it is visible in every scope; if it is of many records, only to who did it.
        """
        person = inspect(UndoEntry).relationships["person"].mapper.class_
        of_nothing = and_(cls.congress_id.is_(None), cls.campaign_id.is_(None), cls.person_id.is_(None))
        is_own = or_(cls.of_many.is_(False), cls.by_id == _actor_id())
        seen = select(person.id).where(person.criteria())
        return or_(in_either(cls), cls.person_id.in_(seen), and_(of_nothing, is_own))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable in its congress or campaign, where its person is, or, if it has none of them, in every scope."""
        people = rows_before_and_after(self, "person")
        if not all(person is not None and person.belongs_to(scope) for person in people):
            return False
        named = (before_and_after(self, "congress_id") | before_and_after(self, "campaign_id")) - {None}
        return super().belongs_to(scope) if named else True

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Hidden with any of the delegations and people that it concerns: its name and its rows are copies."""
        delegations, people = plain(UndoneDelegation.__table__).c, plain(UndonePerson.__table__).c
        gone = hidden_ids(Base.metadata.tables["delegations"], until)
        missing = hidden_ids(Base.metadata.tables["people"], until)
        entry = plain(cls.__table__).c
        return or_(
            entry.id.in_(select(delegations.entry_id).where(delegations.delegation_id.in_(gone))),
            entry.id.in_(select(people.entry_id).where(people.person_id.in_(missing))),
        )


def _actor_id() -> Any:
    """Return a parameter with the id of the account that acts in the session when a statement is executed, or None."""
    return bindparam(None, callable_=lambda: db.session.info.get("actor_id"), type_=Integer())


class UndoneDelegation(Base):
    """A delegation that an entry concerns."""

    __tablename__ = "undone_delegations"
    __table_args__ = (UniqueConstraint("entry_id", "delegation_id"),)

    id: Mapped[PrimaryKey]
    entry_id: Mapped[int] = mapped_column(ForeignKey("undo_entries.id", ondelete="CASCADE"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id", ondelete="CASCADE"), index=True)


class UndonePerson(Base):
    """A person whom an entry concerns."""

    __tablename__ = "undone_people"
    __table_args__ = (UniqueConstraint("entry_id", "person_id"),)

    id: Mapped[PrimaryKey]
    entry_id: Mapped[int] = mapped_column(ForeignKey("undo_entries.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
