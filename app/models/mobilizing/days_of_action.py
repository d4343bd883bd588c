"""Days of action: one call, which many places answer at the same time."""

from datetime import date, time
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.removing import Removable
from app.models.scoping import InCampaign
from app.models.types import Instant, PrimaryKey, Revised, ZoneName, one_of


class Synchronization(StrEnum):
    """What is the same in every place."""

    SAME_INSTANT = "same_instant"
    SAME_LOCAL_HOUR = "same_local_hour"


class DayOfAction(Revised, Base, InCampaign, Removable):
    """A call for mobilizations in many places, at the same instant or at the same local hour."""

    __tablename__ = "days_of_action"
    __table_args__ = (
        CheckConstraint(
            "(synchronized_by = 'same_instant') = (starts_at IS NOT NULL AND timezone IS NOT NULL)", name="instant"
        ),
        CheckConstraint(
            "(synchronized_by = 'same_local_hour') = (local_day IS NOT NULL AND local_hour IS NOT NULL)", name="local"
        ),
    )

    id: Mapped[PrimaryKey]
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    """What it is called, by language."""
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    """The call, by language."""
    synchronized_by: Mapped[Synchronization] = mapped_column(one_of(Synchronization))
    starts_at: Mapped[Instant | None]
    """When it begins everywhere, if at the same instant."""
    timezone: Mapped[ZoneName | None]
    """The zone in which that instant was entered."""
    local_day: Mapped[date | None]
    local_hour: Mapped[time | None]
    """When it begins on the clocks of each place, if at the same local hour."""
    is_public: Mapped[bool]
    """Whether everybody can read its page."""
    created_at: Mapped[Instant]

    campaign: Mapped[Campaign] = relationship()

    @property
    def is_at_same_instant(self) -> bool:
        """Whether it begins everywhere at the same instant."""
        return self.synchronized_by is Synchronization.SAME_INSTANT

    @property
    def title(self) -> str:
        """Its title in the first of its languages."""
        return next(iter(self.titles.values()))

    def title_in(self, language: str) -> str:
        """Return its title in a language, or in its first one."""
        return self.titles.get(language) or self.title

    def text_in(self, language: str) -> str:
        """Return the call in a language, or in the one of its title, or in its first one."""
        return self.texts.get(language) or next(iter(self.texts.values()), "")
