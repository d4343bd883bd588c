"""Mobilizations: what happens at one place, alone or as part of a day of action."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.people.organizations import Organization
from app.models.removing import Removable
from app.models.scoping import InCampaign
from app.models.travel.places import Place
from app.models.types import Instant, Name, PrimaryKey, Revised, WebAddress, ZoneName, one_of

MOST_PEOPLE = 100_000_000
"""The largest turnout that can be recorded."""
LONGEST = timedelta(days=30)
"""The longest duration of a mobilization."""


class MobilizationStatus(StrEnum):
    """What has become of a mobilization; the public sees all but proposed ones."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    """Confirmed, at another time or place than announced before."""
    CANCELLED = "cancelled"
    HELD = "held"


class Mobilization(Revised, Base, InCampaign, Removable):
    """A rally, a march, a picket or the like: where and when it is, who hosts it, and how many came."""

    __tablename__ = "mobilizations"
    __table_args__ = (
        CheckConstraint("duration_minutes BETWEEN 1 AND 43200", name="duration"),
        CheckConstraint(f"expected_turnout BETWEEN 0 AND {MOST_PEOPLE}", name="expected"),
        CheckConstraint(
            f"0 <= turnout_least AND turnout_least <= turnout_most AND turnout_most <= {MOST_PEOPLE}", name="turnout"
        ),
        CheckConstraint("(turnout_least IS NULL) = (turnout_most IS NULL)", name="both"),
        CheckConstraint("NOT (not_counted AND turnout_least IS NOT NULL)", name="counted"),
    )

    id: Mapped[PrimaryKey]
    day_of_action_id: Mapped[int | None] = mapped_column(
        ForeignKey("days_of_action.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[Name]
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    """The town, which is also its point on the map."""
    address: Mapped[str | None]
    """Where people meet in the town."""
    timezone: Mapped[ZoneName]
    """The zone of its clocks: that of the place unless someone has corrected it."""
    starts_at: Mapped[Instant] = mapped_column(index=True)
    duration_minutes: Mapped[int]
    languages: Mapped[list[str]] = mapped_column(JSON)
    """The languages that are spoken there (BCP 47)."""
    contact: Mapped[str | None]
    """How the public can reach the hosts."""
    notes: Mapped[str | None]
    """What else the public should know, such as whether wheelchairs can get there."""
    expected_turnout: Mapped[int | None]
    status: Mapped[MobilizationStatus] = mapped_column(one_of(MobilizationStatus))
    change_reason: Mapped[str | None]
    """Why it was moved or canceled, as the public is told."""
    turnout_least: Mapped[int | None]
    """With `turnout_most`: how many came; both are equal for a single number."""
    turnout_most: Mapped[int | None]
    not_counted: Mapped[bool]
    """Whether it was reported that nobody counted."""
    turnout_by: Mapped[Name | None]
    """Who counted."""
    turnout_source: Mapped[WebAddress | None]
    sequence: Mapped[int]
    """Counts changes of time, place and status, for calendars (RFC 5545)."""
    created_at: Mapped[Instant]

    campaign: Mapped[Campaign] = relationship()
    day_of_action: Mapped[DayOfAction | None] = relationship()
    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    hosts: Mapped[list["Host"]] = relationship(
        back_populates="mobilization", cascade="all, delete-orphan", order_by="Host.id"
    )

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + timedelta(minutes=self.duration_minutes)

    @property
    def is_announced(self) -> bool:
        """Whether the public sees it."""
        return self.status is not MobilizationStatus.PROPOSED and self.removed_at is None

    @property
    def is_on(self) -> bool:
        """Whether it is to take place, or has taken place."""
        return self.status is not MobilizationStatus.CANCELLED

    @property
    def is_over(self) -> bool:
        """Whether it was held or canceled, so that it does not move any more."""
        return self.status in (MobilizationStatus.CANCELLED, MobilizationStatus.HELD)

    def takes_attendees(self, now: datetime) -> bool:
        """Whether the public can sign up to attend it at `now`."""
        return self.is_announced and self.is_on and self.ends_at > now

    @property
    def is_reported(self) -> bool:
        """Whether its turnout, or that nobody counted, has been reported."""
        return self.not_counted or self.turnout_least is not None


class Host(Base, InCampaign):
    """An organization that hosts a mobilization."""

    __tablename__ = "mobilization_hosts"
    __table_args__ = (UniqueConstraint("mobilization_id", "organization_id"),)

    id: Mapped[PrimaryKey]
    mobilization_id: Mapped[int] = mapped_column(ForeignKey("mobilizations.id", ondelete="CASCADE"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="RESTRICT"), index=True)

    mobilization: Mapped[Mobilization] = relationship(back_populates="hosts")
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
