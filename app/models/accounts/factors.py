"""One-time codes and recovery codes of accounts, and how lost factors are reset."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED, partial_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.types import Instant, PrimaryKey, Short
from app.one_time import RECOVERY_CODES

RESET_DELAY = timedelta(hours=24)
"""Between the approval of a reset and the reset, so that the owner has time to cancel it."""

LINK_LASTS = timedelta(days=7)
"""How long after the approval the link in the letter about it works: until then, it says what became of the reset."""


class Factor(Base):
    """The one-time codes of an account. Their secret is not stored: see app/one_time.py."""

    __tablename__ = "factors"

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    nonce: Mapped[Short]
    """What makes the secret of this factor differ from that of every other one."""
    created_at: Mapped[Instant]
    confirmed_at: Mapped[Instant | None]
    """When its owner typed the first code. Before that, nothing asks for codes."""
    last_step: Mapped[int] = mapped_column(default=0, server_default="0")
    """The step of the last code that was accepted; no code is accepted twice."""


class RecoveryCodes(Base):
    """The recovery codes of an account that has a second factor, of whichever kind. The codes themselves are not stored."""

    __tablename__ = "recovery_codes"

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    nonce: Mapped[Short]
    """What they are derived from, together with SECRET_KEY."""
    created_at: Mapped[Instant]
    used: Mapped[int] = mapped_column(default=0, server_default="0")
    """Those that were used, one bit for each."""
    seen_at: Mapped[Instant | None]
    """When the owner said that they are written down; they are never shown again."""

    @property
    def left(self) -> int:
        """The number of codes that were not used."""
        return RECOVERY_CODES - self.used.bit_count()


class FactorReset(Base):
    """Lost factors that two admins reset: one asks, another one approves, and the owner can cancel it for a day."""

    __tablename__ = "factor_resets"
    __table_args__ = (
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> asked_by_id", name="two_admins"),
        partial_index("ix_factor_resets_open", "user_id", where="ended_at IS NULL", unique=True),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    asked_at: Mapped[Instant]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    approved_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    """When it was carried out or canceled."""

    @property
    def link_ends_at(self) -> datetime | None:
        """When the link in the letter to the owner ends; None before there is one."""
        return self.approved_at + LINK_LASTS if self.approved_at else None

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
