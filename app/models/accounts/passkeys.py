"""Passkeys of accounts."""

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.types import Instant, PrimaryKey, Short


class Passkey(Base):
    """A key pair of which a device of the owner keeps the secret half; here is the public one."""

    __tablename__ = "passkeys"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[Short]
    """What its owner calls it."""
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    """The id by which the device knows it."""
    credential: Mapped[bytes] = mapped_column(LargeBinary)
    """Its public key (see app/webauthn.py)."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """How often the device says that it was used. A copy of the passkey would be behind; many devices always say 0."""
    created_at: Mapped[Instant]
    last_used_at: Mapped[Instant | None]

    user: Mapped[User] = relationship(lazy="raise")


class UsedChallenge(Base):
    """What a passkey has signed, so that no answer is accepted twice. Forgotten when the question would be too old anyway."""

    __tablename__ = "used_challenges"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[Instant]
