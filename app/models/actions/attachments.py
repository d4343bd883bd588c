"""Files that are attached to actions."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.attached_files import FileType
from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.actions.parts import OfFollowUp
from app.models.people.people import Person
from app.models.types import Instant, Name, PrimaryKey, Short, one_of


class Attachment(Base, OfFollowUp):
    """A file that is attached to an action. Its content is in a folder, not in the database."""

    __tablename__ = "attachments"
    __table_args__ = (CheckConstraint("user_id IS NULL OR person_id IS NULL", name="one_sender"), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    key: Mapped[Short] = mapped_column(unique=True)
    """The name of the file in the folder."""
    name: Mapped[Name]
    """What it was called where it came from."""
    file_type: Mapped[FileType] = mapped_column(one_of(FileType))
    size: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    """The person without an account who had the action and sent it."""
    created_at: Mapped[Instant]

    user: Mapped[User | None] = relationship()
    person: Mapped[Person | None] = relationship()
