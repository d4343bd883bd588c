"""Emails of a digest or a mailing that a person wants to be tried again."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import Instant, Name, PrimaryKey, Short


class SendingRetry(Base):
    """That those of one group, reason or domain are to be tried again; workers carry it out in portions, and delete it."""

    __tablename__ = "sending_retries"
    __table_args__ = (CheckConstraint("(digest_id IS NULL) <> (mailing_id IS NULL)", name="one_run"),)

    id: Mapped[PrimaryKey]
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), index=True)
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailings.id", ondelete="CASCADE"), index=True)
    group: Mapped[Short]
    """A value of Group, or empty for all."""
    reason: Mapped[Short]
    """A value of Reason, or empty for all."""
    domain: Mapped[Name]
    """The domain of the address, or empty for all."""
    asked_at: Mapped[Instant]
    moved_to: Mapped[int]
    """The deliveries up to this id have been looked at."""
