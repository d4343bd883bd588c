"""Email addresses that must not be written to again. The house knows them only by a keyed digest."""

from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import AddressDigest, Instant, PrimaryKey, one_of


class SuppressionReason(StrEnum):
    """Why an address is not written to."""

    ASKED = "asked"
    """Its owner does not want to hear from the house again."""
    ERASED = "erased"
    """Everything about its owner was erased."""
    COMPLAINED = "complained"
    """Its owner called an email spam."""
    BOUNCED = "bounced"
    """Nothing arrives there. It is no wish of its owner, so an organizer may lift it."""


class Suppression(Base):
    """An address that is not written to until its owner subscribes and confirms it."""

    __tablename__ = "suppressions"

    id: Mapped[PrimaryKey]
    digest: Mapped[str] = mapped_column(AddressDigest(), unique=True)
    """Addresses are written and compared, and digests are read."""
    reason: Mapped[SuppressionReason] = mapped_column(one_of(SuppressionReason))
    at: Mapped[Instant]
