"""Backups that were made, and attempts that failed."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.dialects import partial_index
from app.extensions import Base
from app.models.types import Instant, Name, PrimaryKey


class Backup(Base):
    """An attempt to make a backup of the house; the file itself does not contain its own row."""

    __tablename__ = "backups"
    __table_args__ = (partial_index("ix_backups_good", "made_at", where="failure IS NULL"),)

    id: Mapped[PrimaryKey]
    made_at: Mapped[Instant]
    name: Mapped[Name | None]
    """The name of the file; None if there is none."""
    size: Mapped[int | None] = mapped_column(BigInteger)
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    failure: Mapped[str | None]
    """Why there is no file."""
    checked_at: Mapped[Instant | None]
    """When it was last restored into a scratch folder and all counts and checksums were equal."""
