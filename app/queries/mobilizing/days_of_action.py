"""Days of action of a campaign."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.days_of_action import DayOfAction
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.paging import Page, page_of


def get(campaign_id: int, day_id: int) -> DayOfAction:
    """Return a day of action of a campaign that is not removed."""
    return one(DayOfAction, DayOfAction.id == day_id, DayOfAction.campaign_id == campaign_id, kept(DayOfAction))


def get_restorable(campaign_id: int, day_id: int) -> DayOfAction:
    """Return a day of action of a campaign, also if it was removed and can still be restored."""
    return restorable(DayOfAction, DayOfAction.id == day_id, DayOfAction.campaign_id == campaign_id)


def removed() -> Sequence[DayOfAction]:
    """Return the removed days of action in scope that can be restored, latest first."""
    return removed_lately(DayOfAction)


def find(campaign_id: int, number: int) -> Page[DayOfAction]:
    """Return a page of the days of action of a campaign, the latest called first."""
    listed = select(DayOfAction).where(DayOfAction.campaign_id == campaign_id, kept(DayOfAction))
    return page_of(listed.order_by(DayOfAction.created_at.desc(), DayOfAction.id.desc()), number)


def public(campaign_id: int) -> Sequence[DayOfAction]:
    """Return the days of action of a campaign that everybody may read about, the latest called first."""
    listed = select(DayOfAction).where(DayOfAction.campaign_id == campaign_id, kept(DayOfAction), DayOfAction.is_public)
    return db.session.scalars(listed.order_by(DayOfAction.created_at.desc(), DayOfAction.id.desc())).all()


def campaign_of(slug: str, day_id: int) -> int | None:
    """Return the id of the campaign with this slug if everybody may read about its day of action."""
    campaigns, days = Campaign.__table__.c, DayOfAction.__table__.c
    named = select(campaigns.id).where(campaigns.slug == slug, days.campaign_id == campaigns.id, days.id == day_id)
    shown = named.where(days.is_public, days.removed_at.is_(None))
    return db.session.scalar(shown.execution_options(unscoped="the public has no scope"))
