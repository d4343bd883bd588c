"""What was erased for good: never who it was, only the number of the person and how much there was."""

from datetime import date

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.people.consents import ConsentMeans, ConsentPurpose
from app.models.types import AddressDigest, Instant, PrimaryKey, one_of


class Erasure(Base):
    """A person was erased, with all copies that the house knew of."""

    __tablename__ = "erasures"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(index=True)
    """Her number, which nobody else gets; not a reference, because the row is gone."""
    person_ids: Mapped[list[int]] = mapped_column(JSON)
    """That number and those of the people who were merged into her."""
    address_digests: Mapped[list[str]] = mapped_column(JSON)
    """The digests of the addresses that are never written to since."""
    at: Mapped[Instant]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    """The number of rows that were deleted or emptied, by table."""
    file_keys: Mapped[list[str]] = mapped_column(JSON)
    """The attached files that are still to be deleted from the disk."""
    cleaned_at: Mapped[Instant | None] = mapped_column(index=True)
    """When the files, the free pages and the log of the database were cleaned."""

    by: Mapped[User | None] = relationship()


class ConsentProof(Base):
    """That somebody who was erased had agreed to something. It is found only by whoever knows the address."""

    __tablename__ = "consent_proofs"

    id: Mapped[PrimaryKey]
    digest: Mapped[str] = mapped_column(AddressDigest(), index=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(one_of(ConsentPurpose))
    given_at: Mapped[date]
    how: Mapped[ConsentMeans] = mapped_column(one_of(ConsentMeans))
    withdrawn_at: Mapped[date | None]
