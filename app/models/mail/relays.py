"""What is known of the mail servers that emails are handed to."""

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
