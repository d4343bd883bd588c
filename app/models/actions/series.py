"""Series of follow-up actions that repeat."""

from datetime import date, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import Priority
from app.models.people.people import Person
from app.models.scoping import InEither
from app.models.types import Instant, Name, PrimaryKey, ZoneName, one_of
from app.recurring.occurrences import Series
from app.recurring.writing import parse

if TYPE_CHECKING:
    from app.models.mobilizing.brigades import Brigade


class FollowUpSeries(Base, InEither):
    """A rule by which an action repeats, and what each new one of them begins with.

    The actions themselves say on which of its days they are; the next one is created when the latest is closed.
    """

    __tablename__ = "follow_up_series"

    id: Mapped[PrimaryKey]
    recurrence: Mapped[str] = mapped_column(String(500))
    """The value of RRULE in iCalendar."""
    first_on: Mapped[date]
    """The day from which intervals and the number of times count."""
    at: Mapped[time]
    """The local time at which they are due, in `timezone`."""
    timezone: Mapped[ZoneName]
    ended_at: Mapped[Instant | None]
    title: Mapped[Name]
    note: Mapped[str | None]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    assignee_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    assignee_brigade_id: Mapped[int | None] = mapped_column(ForeignKey("brigades.id", ondelete="SET NULL"), index=True)
    remind_before_hours: Mapped[int]
    priority: Mapped[Priority] = mapped_column(one_of(Priority))

    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    assignee_person: Mapped[Person | None] = relationship(foreign_keys=[assignee_person_id])
    assignee_brigade: Mapped["Brigade | None"] = relationship(foreign_keys=[assignee_brigade_id])

    @property
    def days(self) -> Series:
        """The days of the rule, with their local time."""
        return Series(parse(self.recurrence), self.first_on, self.at, ZoneInfo(self.timezone))
