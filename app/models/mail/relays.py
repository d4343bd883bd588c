"""What is known of the mail servers that emails are handed to."""

from datetime import date

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import Instant, Name, PrimaryKey


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
