"""Congresses: the events that delegations travel to."""

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ColumnElement, inspect
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.scoping import Scope, Scoped, congresses_in_scope
from app.models.types import CountryCode, Instant, Name, PrimaryKey, Revised, Short, ZoneName, one_of


class CongressStatus(StrEnum):
    """How certain it is that the congress takes place."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Congress(Revised, Base, Scoped):
    """A congress, in one place and one time zone."""

    __tablename__ = "congresses"
    __table_args__ = (CheckConstraint("end_date >= start_date", name="dates"),)

    id: Mapped[PrimaryKey]
    title: Mapped[Name]
    edition: Mapped[Short | None]
    theme: Mapped[Name | None]
    venue: Mapped[Name | None]
    locality: Mapped[Name]
    country: Mapped[CountryCode]
    start_date: Mapped[date]
    end_date: Mapped[date]
    timezone: Mapped[ZoneName]
    help_name: Mapped[Name | None]
    """The contact for delegates who need help, shown on their personal pages."""
    help_phone: Mapped[Short | None]
    status: Mapped[CongressStatus] = mapped_column(one_of(CongressStatus))
    created_at: Mapped[Instant]

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible if the scope contains it."""
        return cls.id.in_(congresses_in_scope())

    def belongs_to(self, scope: Scope) -> bool:
        """Writable if the scope contains it; a new one belongs only to the scope EVERYTHING."""
        return inspect(self).persistent and self.id in scope.congress_ids

    @property
    def is_confirmed(self) -> bool:
        """Whether it takes place as recorded."""
        return self.status is CongressStatus.CONFIRMED

    def days_until_start(self, now: datetime) -> int:
        """Return how many days after the local date at an instant it starts; 0 or less from its first day on."""
        return (self.start_date - self._day(now)).days

    def is_over(self, now: datetime) -> bool:
        """Whether its last local day is past at an instant."""
        return self.end_date < self._day(now)

    def _day(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.timezone)).date()
