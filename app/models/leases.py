"""Rows that only one worker at a time processes."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped

from app.models.types import Instant, Short

LONGEST = timedelta(minutes=30)
"""Leases are never this long. One that ends later was taken before somebody set the clock back, and does not count."""


class Claimed:
    """A row that a worker claims with one conditional UPDATE (app/domain/leases.py)."""

    claim: Mapped[Short | None]
    """The token of the worker that holds it."""


class Leased(Claimed):
    """A row that is claimed for some time: when the lease has expired, it may be claimed again."""

    leased_until: Mapped[Instant | None]

    @classmethod
    def free_at(cls, now: datetime) -> ColumnElement[bool]:
        """Return the condition under which no worker holds the row at `now`."""
        return or_(cls.leased_until.is_(None), cls.leased_until <= now, cls.leased_until > now + LONGEST)

    def is_held_at(self, now: datetime) -> bool:
        """Return whether a worker holds this row at `now`."""
        return self.leased_until is not None and now < self.leased_until <= now + LONGEST
