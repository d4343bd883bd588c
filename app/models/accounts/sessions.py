"""Sessions: the devices on which accounts are signed in."""

import hashlib
from datetime import timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.types import Instant, PrimaryKey, Short

LONGEST = timedelta(days=30)
"""A session ends this long after signing in, however much it is used."""
IDLE = timedelta(days=14)
"""A session that is not used for this long ends: organizers who look in every other week stay signed in."""


class UserSession(Base):
    """A device on which an account is signed in. Its cookie contains a random key, of which only a digest is stored."""

    __tablename__ = "sessions"

    id: Mapped[PrimaryKey]
    key_digest: Mapped[Short] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    device: Mapped[Short]
    """Browser and system, such as `Firefox · Android`; empty if they are unknown. No IP address is stored."""
    created_at: Mapped[Instant]
    last_seen_at: Mapped[Instant]
    """When it was used last, give or take a few minutes."""
    confirmed_at: Mapped[Instant]
    """When its user last typed the password; what is sensitive asks for it again after a while."""
    ended_at: Mapped[Instant | None]

    user: Mapped[User] = relationship(lazy="raise")


def digest_of(key: str) -> str:
    """Return the digest under which a key is stored; the key is random and long, so nobody can guess it."""
    return hashlib.sha256(key.encode()).hexdigest()
