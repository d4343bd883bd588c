"""Scheduled exports: the members of a segment as a file, made regularly for one account, and the files made so far."""

from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import partial_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.accounts.exports import FileFormat
from app.models.leases import Leased
from app.models.people.segments import Segment
from app.models.types import Instant, PrimaryKey, Revised, one_of


class ExportFrequency(StrEnum):
    """How often a file is made."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class StopReason(StrEnum):
    """Why no more files are made."""

    BY_OWNER = "by_owner"
    ACCOUNT_CLOSED = "account_closed"
    SEGMENT_REMOVED = "segment_removed"
    NOT_ALLOWED = "not_allowed"
    """The account lost the permission, or sees the segment no longer."""
    FAILED = "failed"
    NEEDS_TWO = "needs_two"
    """It has so many people that the house wants a second admin for each file."""


class ScheduledExport(Leased, Revised, Base):
    """An export of a segment that is made regularly. Only its account sees it, whoever else sees the segment."""

    __tablename__ = "scheduled_exports"
    __table_args__ = (partial_index("ix_scheduled_exports_next", "next_at", where="stopped_at IS NULL"),)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"), index=True)
    frequency: Mapped[ExportFrequency] = mapped_column(one_of(ExportFrequency))
    weekday: Mapped[int]
    """For weekly files; Monday is 0."""
    day: Mapped[int]
    """The day of the month for monthly files, at most 28."""
    hour: Mapped[int]
    """In the time zone of the account."""
    file_format: Mapped[FileFormat] = mapped_column(one_of(FileFormat))
    with_contacts: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the files contain contact details."""
    next_at: Mapped[Instant]
    stopped_at: Mapped[Instant | None]
    stop_reason: Mapped[StopReason | None] = mapped_column(one_of(StopReason))
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often workers began the next file."""

    user: Mapped[User] = relationship()
    segment: Mapped[Segment | None] = relationship()
    """None for who does not see it any more."""


class ExportedFile(Base):
    """A file of a scheduled export, one for each instant at which one was due."""

    __tablename__ = "exported_files"
    __table_args__ = (UniqueConstraint("scheduled_export_id", "due_at"), {"sqlite_autoincrement": True})

    id: Mapped[PrimaryKey]
    scheduled_export_id: Mapped[int] = mapped_column(ForeignKey("scheduled_exports.id", ondelete="CASCADE"))
    due_at: Mapped[Instant]
    made_at: Mapped[Instant] = mapped_column(index=True)
    file_format: Mapped[FileFormat] = mapped_column(one_of(FileFormat))
    rows: Mapped[int]
    """The number of records in it."""

    scheduled_export: Mapped[ScheduledExport] = relationship()


class FilePiece(Base):
    """A piece of a file; pieces are read in the order of their ids."""

    __tablename__ = "exported_file_pieces"

    id: Mapped[PrimaryKey]
    exported_file_id: Mapped[int] = mapped_column(ForeignKey("exported_files.id", ondelete="CASCADE"), index=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
