"""Calls to action of a campaign."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from app import clock
from app.extensions import db
from app.models.campaigns.calls import Call
from app.queries.lookup import one
from app.queries.paging import Page, page_of


def get(campaign_id: int, call_id: int) -> Call:
    """Return a call of a campaign."""
    return one(Call, Call.id == call_id, Call.campaign_id == campaign_id)


def of_campaign(campaign_id: int) -> Sequence[Call]:
    """Return all calls of a campaign, earliest first and those without a time last."""
    return db.session.scalars(_ordered(campaign_id)).all()


def find(campaign_id: int, number: int) -> Page[Call]:
    """Return a page of the calls of a campaign, earliest first and those without a time last."""
    return page_of(_ordered(campaign_id), number)


def still_open(campaign_id: int) -> list[Call]:
    """Return the calls that are still open."""
    now = clock.now()
    return [call for call in of_campaign(campaign_id) if call.is_open(now)]


def _ordered(campaign_id: int) -> Select[Call]:
    listed = select(Call).where(Call.campaign_id == campaign_id)
    return listed.order_by(Call.starts_at.is_(None), Call.starts_at, Call.last_day, Call.id)
