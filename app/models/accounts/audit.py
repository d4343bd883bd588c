"""The audit trail: entries are added and never changed."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.scoping import InCongress
from app.models.types import Instant, PrimaryKey, Short


class AuditEntry(Base, InCongress):
    """A change to a record: the values that differ, before and after."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject", "subject_id"),)

    id: Mapped[PrimaryKey]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    verb: Mapped[Short]
    subject: Mapped[Short]
    """The table of the changed row."""
    subject_id: Mapped[int]
    at: Mapped[Instant]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)

    actor: Mapped[User | None] = relationship(lazy="joined")
