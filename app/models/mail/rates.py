"""How fast emails were sent lately."""

from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import Instant, PrimaryKey


class SendingMinute(Base):
    """How many emails workers sent in a minute, and how long they took; a few days of them are kept."""

    __tablename__ = "sending_minutes"

    id: Mapped[PrimaryKey]
    minute: Mapped[Instant] = mapped_column(unique=True)
    """The minute in which they were finished."""
    emails: Mapped[int]
    seconds: Mapped[float]
    """Of all workers together."""
