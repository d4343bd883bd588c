"""Alarms: what needs attention for a while is told to the admins, once, and once more when it is over.

Any number of processes may look at the same time: each step of an alarm is one conditional statement, and only the
process whose statement changes the row queues the letters, in the same transaction.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.mail import deliveries
from app.domain.updates import changes_one
from app.extensions import db
from app.models.accounts.alarms import Alarm, Pulse
from app.models.accounts.locks import HouseLock
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.accounts import accounts, alarms, locks
from app.queries.state import WORKER, Case, Condition, Line

PATIENCE = timedelta(minutes=5)
"""How long a sign needs attention before it is told, and is good before that is told: most passes by itself."""
KEPT_FOR = timedelta(days=400)
PULSE_EVERY = timedelta(seconds=30)
"""How often workers write their pulse to the database."""


class News(StrEnum):
    """What a letter tells; its occasion begins with it."""

    RAISED = "raised"
    OVER = "over"
    LOCKED = "locked"
    OPENED = "opened"
    """These two are about the lock of the house (`domain/accounts/locks.py`), and not about an alarm."""
    DELETIONS = "deletions"
    """What periods will delete that do not count yet (`domain/privacy/retention.py`); the number is the day."""


def watch(lines: Iterable[Line]) -> None:
    """Raise and end alarms by what was found."""
    needing = {line.sign: line for line in lines if line.needs_attention}
    known = {alarm.sign: alarm for alarm in alarms.open_ones()}
    for sign in needing.keys() - known.keys():
        _begin(needing[sign])
    for alarm in alarms.open_ones():
        if alarm.sign in needing:
            _stand(alarm)
        else:
            _pass(alarm)
    db.session.flush()


def of(delivery: Delivery) -> tuple[News, Alarm | HouseLock | None]:
    """Return what a letter tells, and about which alarm or lock of the house."""
    what, _, number = delivery.occasion.partition(":")
    news = News(what)
    if news is News.DELETIONS:
        return news, None
    is_lock = news in (News.LOCKED, News.OPENED)
    return news, locks.get(int(number)) if is_lock else alarms.get(int(number))


def line_of(alarm: Alarm) -> Line:
    """Return what was found when an alarm began."""
    return Line(alarm.sign, Case(alarm.case), Condition.ATTENTION, alarm.since)


def beat() -> None:
    """Record that a worker has just run a task."""
    now = clock.now()
    if insert_missing(db.session, Pulse.__table__, [{"name": WORKER, "beat_at": now}]):  # type: ignore[arg-type]
        return
    old = ~Pulse.beat_at.between(now - PULSE_EVERY, now)
    db.session.execute(update(Pulse).where(Pulse.name == WORKER, old).values(beat_at=now))


def _begin(line: Line) -> None:
    now = clock.now()
    row = {"sign": line.sign, "case": line.case, "since": min(line.at or now, now)}
    insert_missing(db.session, Alarm.__table__, [row])  # type: ignore[arg-type]


def _stand(alarm: Alarm) -> None:
    now = clock.now()
    if alarm.good_since is not None:
        _change(alarm, Alarm.good_since.is_not(None), good_since=None)
    is_due = alarm.raised_at is None and alarm.since <= now - PATIENCE
    if is_due and _change(alarm, Alarm.raised_at.is_(None), raised_at=now):
        _tell(News.RAISED, alarm)


def _pass(alarm: Alarm) -> None:
    now = clock.now()
    if alarm.raised_at is None:
        db.session.execute(delete(Alarm).where(Alarm.id == alarm.id, Alarm.raised_at.is_(None)))
    elif alarm.good_since is None:
        _change(alarm, Alarm.good_since.is_(None), good_since=now)
    elif alarm.good_since <= now - PATIENCE and _change(alarm, Alarm.good_since == alarm.good_since, over_at=now):
        _tell(News.OVER, alarm)
        db.session.execute(delete(Alarm).where(Alarm.over_at < now - KEPT_FOR))


def _change(alarm: Alarm, condition: ColumnElement[bool], **values: Any) -> bool:
    """Change an open alarm if it is still in this state; return whether no other process was faster."""
    return changes_one(update(Alarm).where(Alarm.id == alarm.id, Alarm.over_at.is_(None), condition).values(**values))


def _tell(news: News, alarm: Alarm) -> None:
    for admin in accounts.admins():
        deliveries.queue(DeliveryKind.ALARM, user=admin, occasion=f"{news}:{alarm.id}", due_at=clock.now())
