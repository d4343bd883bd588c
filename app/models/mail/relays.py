"""What is known of the mail servers that emails are handed to."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import Instant, Name, PrimaryKey, one_of

RETURNED = "returned"
"""The mailbox at MAIL_BOUNCE_URL."""


class InboxReason(StrEnum):
    """Why a mailbox cannot be read. What its server says may quote a password or an email, so it is not kept."""

    AWAY = "away"
    """The server does not answer."""
    INSECURE = "insecure"
    """The connection cannot be encrypted, or its certificate is not right."""
    CLOSED = "closed"
    """The server answers and does not open it."""
    FOLDER = "folder"
    """The folder on this machine is missing, or belongs to somebody else."""


class RelayTrouble(Base):
    """A relay that takes no emails at the moment. It is asked again at growing distances, and emails wait meanwhile."""

    __tablename__ = "relay_troubles"

    id: Mapped[PrimaryKey]
    relay: Mapped[Name] = mapped_column(unique=True)
    """Host and port."""
    reason: Mapped[Name]
    """What it answered, or why it could not be reached."""
    since: Mapped[Instant]
    failures: Mapped[int]
    next_try_at: Mapped[Instant]


class InboxTrouble(Base):
    """A mailbox that cannot be read at the moment."""

    __tablename__ = "inbox_troubles"

    id: Mapped[PrimaryKey]
    name: Mapped[Name] = mapped_column(unique=True)
    """Which one, such as `RETURNED`."""
    reason: Mapped[InboxReason] = mapped_column(one_of(InboxReason))
    since: Mapped[Instant]


class MailBudget(Base):
    """How much of a limit is used up: of a relay or of a domain of recipients, by all workers together."""

    __tablename__ = "mail_budgets"

    id: Mapped[PrimaryKey]
    name: Mapped[Name] = mapped_column(unique=True)
    """`relay:` with host and port, or `domain:` with the domain."""
    free_at: Mapped[int] = mapped_column(BigInteger)
    """Until when portions are taken, in milliseconds since 1970; the next one begins then."""
    day: Mapped[date]
    """The day, in UTC, of which `taken` is."""
    taken: Mapped[int]
    """Emails of that day, for the warm-up plan."""
