"""Calls of a campaign."""

from collections.abc import Sequence

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models.campaigns.calls import Call
from app.queries.lookup import one


def get(campaign_id: int, call_id: int) -> Call:
    """Return one call of a campaign."""
    return one(Call, Call.id == call_id, Call.campaign_id == campaign_id)


def of_campaign(campaign_id: int) -> Sequence[Call]:
    """Return all calls of a campaign, the next first and those without an hour last."""
    listed = select(Call).where(Call.campaign_id == campaign_id)
    return db.session.scalars(listed.order_by(Call.starts_at.is_(None), Call.starts_at, Call.last_day, Call.id)).all()


def still_open(campaign_id: int) -> list[Call]:
    """Return the calls that members can still follow."""
    now = clock.now()
    return [call for call in of_campaign(campaign_id) if call.is_open(now)]
