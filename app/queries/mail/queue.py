"""The queue of emails: what waits, since when, how fast it is sent, and when something new would be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models.mail.deliveries import Delivery, Priority
from app.models.mail.rates import SendingMinute
from app.queries.mail.deliveries import WAITING

LATELY = 10
"""Minutes."""
_TELLING = 50
"""So many emails in a minute say something about how fast many are sent."""
_MINUTES = 30
"""The rate is that of the last so many minutes in which that many were sent."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The emails of a priority that are still to be sent."""

    priority: Priority
    due: int = 0
    later: int = 0
    """Those that are not due yet; held ones are not due."""
    oldest_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected of something that would be sent to many."""

    ahead: int
    """Emails that are due already, and are sent before."""
    behind: int
    """Others of digests and mailings that are due later, and wait for it if it is not over by then."""
    rate: float | None
    """Emails a second; None if too few were sent lately to tell."""
    begins_at: datetime
    ends_at: datetime | None


def waiting() -> list[Waiting]:
    """Return what waits, by priority, the most urgent first."""
    now = clock.now()
    counts = select(
        Delivery.priority,
        func.count().filter(Delivery.due_at <= now),
        func.count().filter(Delivery.due_at > now),
        func.min(Delivery.due_at).filter(Delivery.due_at <= now),
    )
    rows = {row[0]: row for row in db.session.execute(counts.where(*WAITING).group_by(Delivery.priority)).all()}
    found = []
    for priority in Priority:
        _priority, due, later, oldest = rows.get(priority, (priority, 0, 0, None))
        is_held = priority is Priority.HELD
        found.append(Waiting(priority, 0, due + later) if is_held else Waiting(priority, due, later, oldest))
    return found


def rate() -> float | None:
    """Return how many emails a second one worker sent lately, when it sent many; None if it did not."""
    many = select(SendingMinute.emails, SendingMinute.seconds).where(SendingMinute.emails >= _TELLING)
    found = db.session.execute(many.order_by(SendingMinute.minute.desc()).limit(_MINUTES)).all()
    seconds = sum(one.seconds for one in found)
    return sum(one.emails for one in found) / seconds if seconds else None


def sent_lately() -> int:
    """Return how many emails were sent in the last `LATELY` minutes."""
    since = clock.now() - timedelta(minutes=LATELY)
    return (
        db.session.scalar(select(func.coalesce(func.sum(SendingMinute.emails), 0)).where(SendingMinute.minute > since))
        or 0
    )


def forecast(emails: int, begins_at: datetime, *, limit: float | None = None) -> Forecast:
    """Return what is to be expected if so many emails are sent from an instant on; `limit` is the most in a second."""
    queue = {one.priority: one for one in waiting()}
    ahead = sum(queue[one].due for one in (Priority.FIRST, Priority.SOON, Priority.BULK))
    seen = rate()
    expected = min(filter(None, (seen, limit)), default=None)
    ends_at = begins_at + timedelta(seconds=(ahead + emails) / expected) if expected else None
    return Forecast(ahead, queue[Priority.BULK].later, expected, begins_at, ends_at)
