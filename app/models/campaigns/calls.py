"""Calls of a campaign: what members can do, and when."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.scoping import InCampaign
from app.models.types import Instant, PrimaryKey, Revised, WebAddress, ZoneName


class Call(Revised, Base, InCampaign):
    """Something that members can do: a rally to join at an hour, or a letter to sign until a day."""

    __tablename__ = "calls"

    id: Mapped[PrimaryKey]
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    """What to do, by language."""
    details: Mapped[dict[str, str]] = mapped_column(JSON)
    """How and where, by language."""
    url: Mapped[WebAddress | None]
    starts_at: Mapped[Instant | None]
    timezone: Mapped[ZoneName]
    """In which its hour was given."""
    last_day: Mapped[date | None]
    """The last day on which it can be done, in its zone."""
    created_at: Mapped[Instant]

    campaign: Mapped[Campaign] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be done at `now`."""
        over = self.starts_at is not None and self.starts_at <= now
        too_late = self.last_day is not None and self.last_day < now.astimezone(ZoneInfo(self.timezone)).date()
        return not (over or too_late)
