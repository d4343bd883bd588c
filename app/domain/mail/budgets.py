"""Limits that all workers share: each takes portions of a row, and sends no more than it has taken.

One statement takes a portion, so two workers never take the same one. What a killed worker had taken is lost, and a clock
that is set back frees what was taken for a time too far ahead.
"""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import case, select, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.extensions import db
from app.models.mail.relays import MailBudget

_FURTHEST = timedelta(minutes=10)
"""Portions are never taken so far ahead, unless a clock was wrong."""
_THOUSAND = 1000


def open_budget(name: str) -> None:
    """Make sure that the row of a limit exists."""
    row = {"name": name, "free_at": 0, "day": date(1970, 1, 1), "taken": 0}
    insert_missing(db.session, MailBudget.__table__, [row])  # type: ignore[arg-type]


def take(name: str, count: int, rate: float, *, unused: timedelta, ahead: timedelta) -> bool:
    """Take a portion of emails of a limit of so many a second, and return whether there was one.

    What was not taken during the time `unused` may still be taken; a portion may be taken `ahead` of its time.
    """
    now = _milliseconds(clock.now())
    earliest, latest = now - _length(unused), now + _length(ahead)
    span = max(1, round(count * _THOUSAND / rate))
    free_at = case(
        (MailBudget.free_at < earliest, earliest),
        (MailBudget.free_at > now + _length(_FURTHEST), now),
        else_=MailBudget.free_at,
    )
    taken = update(MailBudget).where(MailBudget.name == name, free_at <= latest).values(free_at=free_at + span)
    return bool(db.session.execute(taken.returning(MailBudget.id).execution_options(synchronize_session=False)).all())


def take_of_day(name: str, count: int, most: int) -> int:
    """Take emails of a limit a day, and return how many there were: `count` or fewer."""
    today = clock.now().astimezone(UTC).date()
    used = case((MailBudget.day < today, 0), else_=MailBudget.taken)
    left = most - (db.session.scalar(select(used).where(MailBudget.name == name)) or 0)
    count = min(count, left)
    if count < 1:
        return 0
    taken = update(MailBudget).where(MailBudget.name == name, used + count <= most)
    taken = taken.values(taken=used + count, day=case((MailBudget.day < today, today), else_=MailBudget.day))
    taken = taken.returning(MailBudget.id).execution_options(synchronize_session=False)
    return count if db.session.execute(taken).all() else 0


def give_back(name: str, count: int) -> None:
    """Give back what was taken of a day and is not needed."""
    given = update(MailBudget).where(MailBudget.name == name, MailBudget.taken >= count)
    given = given.values(taken=MailBudget.taken - count).execution_options(synchronize_session=False)
    db.session.execute(given)


def _milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * _THOUSAND)


def _length(span: timedelta) -> int:
    return round(span / timedelta(milliseconds=1))
