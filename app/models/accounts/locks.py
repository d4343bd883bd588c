"""Locks of the whole house: since when it is closed, who closed it, and who opened it again."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.types import Instant, PrimaryKey, Short


class HouseLock(Base):
    """The time from locking the house to opening it. At most one stands."""

    __tablename__ = "house_locks"
    __table_args__ = (
        CheckConstraint("standing = 1", name="stands"),
        CheckConstraint("(standing IS NULL) = (opened_at IS NOT NULL)", name="opened"),
        CheckConstraint("opened_by_id IS NULL OR first_id IS NULL OR opened_by_id <> first_id", name="two_people"),
    )

    id: Mapped[PrimaryKey]
    standing: Mapped[int | None] = mapped_column(unique=True)
    """1 while the house is locked; so there is at most one such row."""
    box: Mapped[Short]
    """The public key to which processes encrypt what arrives while the key of the house is withdrawn."""
    locked_at: Mapped[Instant]
    locked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who pressed the button; none for the command on the machine."""
    first_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who was the last to confirm that the house may be opened, and waits for a second person."""
    first_at: Mapped[Instant | None]
    opened_at: Mapped[Instant | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """The second person who confirmed it; none for the command on the machine."""
    refused: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many tries to open it were refused; each is a line of the audit log."""

    locked_by: Mapped[User | None] = relationship(foreign_keys=locked_by_id, lazy="raise")
    first: Mapped[User | None] = relationship(foreign_keys=first_id, lazy="raise")
    opened_by: Mapped[User | None] = relationship(foreign_keys=opened_by_id, lazy="raise")
