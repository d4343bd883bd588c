"""The lines of the audit log, and the values that they commit to."""

from enum import StrEnum

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.dialects import partial_index
from app.extensions import Base
from app.models.types import Instant, Short, one_of

_HEX = 64
"""The length of a digest in letters."""


class ActorKind(StrEnum):
    """What acts."""

    ACCOUNT = "account"
    LINK = "link"
    """Whoever opened an emailed link."""
    PUBLIC = "public"
    """Whoever sent a form that needs no account."""
    JOB = "job"
    """A background task."""
    COMMAND = "command"
    """A command on the machine."""


class LogVerb(StrEnum):
    """What was done."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    READ = "read"
    """A page with sensitive fields was shown."""
    EXPORT = "export"
    """Rows were taken out of the house as a file."""
    ERASE = "erase"
    """The values of earlier lines were deleted; `record_ids` are their numbers."""


class LogLine(Base):
    """What was done to a row, or by one statement to several rows. Lines are only added.

    It refers to other tables by numbers alone, because a line has to stay as it is when they are deleted.
    """

    __tablename__ = "log_lines"
    __table_args__ = (
        Index("ix_log_lines_table_name_record_id", "table_name", "record_id"),
        partial_index("ix_log_lines_user_id", "user_id", "number", where="user_id IS NOT NULL"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Its position; there are no gaps."""
    at: Mapped[Instant] = mapped_column(index=True)
    actor_kind: Mapped[ActorKind] = mapped_column(one_of(ActorKind))
    user_id: Mapped[int | None]
    session_id: Mapped[int | None]
    way: Mapped[Short]
    """The page, the kind of link, the task or the command."""
    verb: Mapped[LogVerb] = mapped_column(one_of(LogVerb))
    table_name: Mapped[Short]
    record_id: Mapped[int | None]
    """The row, if it is exactly one."""
    record_ids: Mapped[str | None] = mapped_column(Text)
    """The rows of a statement that names them, as `,1,2,3,`."""
    row_count: Mapped[int | None]
    """The number of rows, if the database tells it."""
    fields: Mapped[str] = mapped_column(Text)
    """The columns that were written, or what was shown, separated by commas."""
    commitment: Mapped[str | None] = mapped_column(String(_HEX))
    """The digest of the values, if there are any to keep."""
    digest: Mapped[str] = mapped_column(String(_HEX))
    """The digest of the line before and of everything above."""


class LogValues(Base):
    """The values of a line before and after. They can be erased, and the chain still holds: it only contains their digest."""

    __tablename__ = "log_values"
    __table_args__ = (partial_index("ix_log_values_person_id", "person_id", where="person_id IS NOT NULL"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The line."""
    person_id: Mapped[int | None]
    """The person whom the row is about, so that all that is known about her can be erased."""
    salt: Mapped[str] = mapped_column(String(32))
    """Makes the digest of the values impossible to guess once it is erased with them."""
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
