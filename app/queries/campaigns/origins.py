"""The resolutions that campaigns come from, and what belongs to a campaign."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.origins import Origin
from app.models.congress.resolutions import Resolution
from app.queries.lookup import kept


def campaigns_from(resolution: Resolution) -> Sequence[Campaign]:
    """Return the campaigns in scope that come from a resolution, latest first."""
    found = select(Campaign).join(Origin, Origin.campaign_id == Campaign.id)
    found = found.where(Origin.resolution_id == resolution.id)
    return db.session.scalars(found.order_by(Campaign.start_date.desc(), Campaign.id)).all()


@dataclass(frozen=True, slots=True)
class Relative:
    """A campaign with a public page that another one is part of, or that is part of it."""

    title: str
    slug: str
    is_whole: bool
    """Whether the other one is part of it."""


def public_relatives(campaign: Campaign) -> list[Relative]:
    """Return the campaign that one is part of, then its parts, by first day: those that anyone may read about."""
    every = Campaign.__table__.c
    above, is_public = every.id == campaign.parent_id, every.open_to_subscribers | every.open_to_sign_ups
    found = select(every.title, every.slug, above).where(is_public, above | (every.parent_id == campaign.id))
    found = found.order_by(above.desc(), every.start_date, every.id)
    rows = db.session.execute(found.execution_options(unscoped="anyone may read about them"))
    return [Relative(title, slug, bool(is_whole)) for title, slug, is_whole in rows]


def of_campaign(campaign_id: int) -> Sequence[Origin]:
    """Return the links of a campaign to resolutions, also to those out of scope."""
    return db.session.scalars(select(Origin).where(Origin.campaign_id == campaign_id).order_by(Origin.id)).all()


def resolutions_of(campaign_id: int) -> Sequence[Resolution]:
    """Return the resolutions in scope that a campaign comes from."""
    found = select(Resolution).join(Origin, Origin.resolution_id == Resolution.id)
    found = found.where(Origin.campaign_id == campaign_id, kept(Resolution))
    return db.session.scalars(found.order_by(Resolution.adopted_on, Resolution.id)).all()


def parts_of(campaign_id: int) -> Sequence[Campaign]:
    """Return the campaigns in scope that are part of a campaign, by first day."""
    parts = select(Campaign).where(Campaign.parent_id == campaign_id)
    return db.session.scalars(parts.order_by(Campaign.start_date, Campaign.id)).all()


def with_parts(campaign_id: int) -> list[int]:
    """Return the ids of a campaign and of all that are part of it, at any depth and in every scope."""
    every = Campaign.__table__.c
    below = select(every.id).where(every.id == campaign_id).cte("below", recursive=True)
    below = below.union(select(every.id).join(below, every.parent_id == below.c.id))
    found = select(below.c.id).order_by(below.c.id)
    return list(db.session.scalars(found.execution_options(unscoped="a part may be in another scope")))


def is_within(campaign_id: int, whole_id: int) -> bool:
    """Return whether a campaign is another one or part of it, at any depth and in every scope."""
    every = Campaign.__table__.c
    above = select(every.id, every.parent_id).where(every.id == campaign_id).cte("above", recursive=True)
    above = above.union(select(every.id, every.parent_id).join(above, every.id == above.c.parent_id))
    found = select(above.c.id).where(above.c.id == whole_id)
    return db.session.scalar(found.execution_options(unscoped="a circle may run through other scopes")) is not None
