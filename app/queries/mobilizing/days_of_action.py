"""Days of action of a campaign."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
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


def listing(campaign_id: int) -> Sequence[DayOfAction]:
    """Return the days of action of a campaign, the latest called first."""
    listed = select(DayOfAction).where(DayOfAction.campaign_id == campaign_id, kept(DayOfAction))
    return db.session.scalars(listed.order_by(DayOfAction.created_at.desc(), DayOfAction.id.desc())).all()
