"""Rows that are compared with others of their kind to find duplicates."""

from sqlalchemy.orm import Mapped, mapped_column

from app.models.types import Instant


class Matched:
    """A row that is compared with others."""

    compared_at: Mapped[Instant | None] = mapped_column(index=True)
    """When it was last compared; None if it has been changed since."""
