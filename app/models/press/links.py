"""The nightly round in which the addresses of articles are asked whether their pages still stand."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.leases import Leased


class LinkRound(Leased, Base):
    """The round of one night. Whoever holds its lease asks, one question after the other; nobody else does meanwhile."""

    __tablename__ = "link_rounds"

    day: Mapped[date] = mapped_column(primary_key=True)
    """The day in UTC on which it began."""
    asked: Mapped[int]
    """Questions asked so far."""
