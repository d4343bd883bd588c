"""The resolutions that campaigns come from."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.congress.resolutions import Resolution
from app.models.scoping import InCampaign
from app.models.types import PrimaryKey


class Origin(Base, InCampaign):
    """A resolution that a campaign comes from. It is shown to those who see both; it gives no access to the congress."""

    __tablename__ = "origins"
    __table_args__ = (UniqueConstraint("campaign_id", "resolution_id"),)

    id: Mapped[PrimaryKey]
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id", ondelete="CASCADE"), index=True)

    campaign: Mapped[Campaign] = relationship()
    resolution: Mapped[Resolution] = relationship()
