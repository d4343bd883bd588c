"""The organizations that take part in campaigns."""

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.people.organizations import Organization
from app.models.scoping import InCampaign
from app.models.types import Instant, PrimaryKey, one_of


class PartnerRole(StrEnum):
    """What an organization does in a campaign."""

    CONVENES = "convenes"
    TAKES_PART = "takes_part"
    SUPPORTS = "supports"


class Partner(Base, InCampaign):
    """An organization that takes part in a campaign, at most once."""

    __tablename__ = "partners"
    __table_args__ = (UniqueConstraint("campaign_id", "organization_id"),)

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    role: Mapped[PartnerRole] = mapped_column(one_of(PartnerRole))
    created_at: Mapped[Instant]

    campaign: Mapped[Campaign] = relationship()
    organization: Mapped[Organization] = relationship()
