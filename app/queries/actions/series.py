"""The actions of a series."""

from sqlalchemy import select

from app.extensions import db
from app.models.actions.follow_ups import FollowUp


def before(follow_up: FollowUp) -> FollowUp | None:
    """Return the action of the series that came before, if there was one."""
    earlier = select(FollowUp).where(
        FollowUp.series_id == follow_up.series_id, FollowUp.occurs_on < follow_up.occurs_on
    )
    return db.session.scalars(earlier.order_by(FollowUp.occurs_on.desc()).limit(1)).first()


def after(follow_up: FollowUp) -> FollowUp | None:
    """Return the action of the series that follows, if it has been created."""
    later = select(FollowUp).where(FollowUp.series_id == follow_up.series_id, FollowUp.occurs_on > follow_up.occurs_on)
    return db.session.scalars(later.order_by(FollowUp.occurs_on).limit(1)).first()
