"""Alarms that stand, and earlier ones."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models.accounts.alarms import Alarm

SHOWN = 10


def open_ones() -> Sequence[Alarm]:
    """Return the alarms that are not over, raised or not."""
    return db.session.scalars(select(Alarm).where(Alarm.over_at.is_(None)).order_by(Alarm.id)).all()


def raised() -> Sequence[Alarm]:
    """Return the alarms that stand: admins were told of them, and they are not over."""
    return [one for one in open_ones() if one.raised_at is not None and one.good_since is None]


def earlier() -> Sequence[Alarm]:
    """Return the last alarms that are over, latest first."""
    found = select(Alarm).where(Alarm.over_at.is_not(None)).order_by(Alarm.over_at.desc(), Alarm.id.desc())
    return db.session.scalars(found.limit(SHOWN)).all()


def get(alarm_id: int) -> Alarm | None:
    """Return an alarm from the database, or None."""
    return db.session.get(Alarm, alarm_id)
