"""Calls to action of a campaign: what members can do, and when."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.scoping import InCampaign
from app.models.types import Instant, PrimaryKey, Revised, WebAddress, ZoneName


class Call(Revised, Base, InCampaign):
    """Something that members can do: join a rally at a certain time, or sign a letter by a certain day."""

    __tablename__ = "calls"

    id: Mapped[PrimaryKey]
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    """What to do, by language."""
    details: Mapped[dict[str, str]] = mapped_column(JSON)
    """Details, by language."""
    url: Mapped[WebAddress | None]
    starts_at: Mapped[Instant | None]
    timezone: Mapped[ZoneName]
    """The zone in which its time was entered."""
    last_day: Mapped[date | None]
    """The deadline, in its zone."""
    created_at: Mapped[Instant]

    campaign: Mapped[Campaign] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Whether members can still act at `now`."""
        over = self.starts_at is not None and self.starts_at <= now
        too_late = self.last_day is not None and self.last_day < now.astimezone(ZoneInfo(self.timezone)).date()
        return not (over or too_late)
