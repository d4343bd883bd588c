"""The nightly check of whether the pages of articles still exist."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.leases import Leased


class LinkRound(Leased, Base):
    """The check of one night. The worker that holds its lease sends one request at a time; no other worker does."""

    __tablename__ = "link_rounds"

    day: Mapped[date] = mapped_column(primary_key=True)
    """The day in UTC on which it started."""
    requests: Mapped[int]
    """Requests sent so far."""
