"""Reminders: one letter for each assignee and day, with all that waits, at the hour that the assignee chose.

`FollowUp.next_reminder_at` is the instant of the next letter that an action calls for. A run takes the assignees of whom
that has passed, queues a letter for each of them and the day, and moves their actions on to their next one. The day is
part of the letter's unique occasion, and actions are moved on in the same transaction: so a second run, or a run after
days without one, never queues a second letter for a day, and what was missed is in the next one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import count
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select, update

from app import clock
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.people.people import Person
from app.queries.actions import reminders as reminder_queries

AFTER_DUE = (0, 1, 3, 7, 14, 30)
"""The days after the due date on which the letter mentions an action, in growing distances."""
_EVERY = 30
"""Then it is mentioned after every so many days."""
USUAL_HOUR = 8
"""The hour of letters to people without an account, in the zone of the congress or campaign."""
AHEAD = timedelta(days=30)
"""A letter lists what is due before so long."""
_BATCH = 1000
"""The number of letters that are queued in one transaction."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody gets letters: the hour in a zone, and the days of the week without one (Monday is 0)."""

    timezone: str
    hour: int
    quiet_days: frozenset[int]

    @classmethod
    def of(cls, holder: User | Person, timezone: str | None) -> "Rhythm":
        """Return what an account has chosen; for a person without one, the usual hour in the zone of the action's place."""
        if isinstance(holder, User):
            return cls(holder.timezone, holder.reminder_hour, frozenset(holder.quiet_days))
        return cls.usual(timezone)

    @classmethod
    def usual(cls, timezone: str | None) -> "Rhythm":
        """Return when somebody who has chosen nothing gets letters."""
        return cls(timezone or "UTC", USUAL_HOUR, frozenset())

    def letter_at(self, day: date) -> datetime:
        """Return the instant of the letter of a day, or of the next day that is not quiet."""
        while day.weekday() in self.quiet_days:
            day += timedelta(days=1)
        return _instant(self.timezone, self.hour, day)

    def day_of(self, at: datetime) -> date:
        """Return the day in the zone."""
        return at.astimezone(_zone(self.timezone)).date()


@cache
def _zone(name: str) -> ZoneInfo:
    """Return a zone; ZoneInfo itself keeps only a few, and reads the others again."""
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def _instant(timezone: str, hour: int, day: date) -> datetime:
    """Return the instant of a local hour. If clocks skip it, it is as long after midnight as if they did not."""
    return datetime.combine(day, time(hour), _zone(timezone)).astimezone(UTC)


def next_letter(due_at: datetime, before: timedelta, rhythm: Rhythm, after: datetime) -> datetime:
    """Return the instant of the first letter later than `after` that mentions an action.

    It is mentioned `before` it is due (not at all if that is zero), on the day, and afterwards in growing distances.
    """
    due_day = rhythm.day_of(due_at)
    for day in _days(due_day, rhythm.day_of(due_at - before), rhythm.day_of(after)):
        instant = rhythm.letter_at(day)
        if instant > after:
            return instant
    raise AssertionError("the days never end")


def _days(due_day: date, first: date, today: date) -> Iterator[date]:
    """Yield the days of letters in order; long past ones are skipped."""
    if first < due_day:
        yield first
    yield from (due_day + timedelta(days=days) for days in AFTER_DUE)
    last = due_day + timedelta(days=AFTER_DUE[-1])
    skipped = max(0, (today - last).days // _EVERY - 1)
    yield from (last + timedelta(days=_EVERY * number) for number in count(skipped + 1))


def plan(follow_up: FollowUp) -> None:
    """Set when the letter mentions an action next; after its assignee, its due date or its status has changed."""
    follow_up.next_reminder_at = _next_of(follow_up)
    db.session.flush()


def plan_all(follow_ups: Iterable[FollowUp]) -> None:
    """Do the same for many actions, in a few statements."""
    moved: dict[datetime | None, list[int]] = defaultdict(list)
    for one in follow_ups:
        moved[_next_of(one)].append(one.id)
    _store(moved)


def plan_for(user: User) -> None:
    """Do the same for all open actions of an account whose hour, zone or quiet days have changed."""
    held = select(FollowUp).where(FollowUp.assignee_id == user.id, FollowUp.status.in_(OPEN_STATUSES))
    plan_all(db.session.scalars(held).unique())


def _next_of(follow_up: FollowUp) -> datetime | None:
    if follow_up.holder is None or not follow_up.is_open:
        return None
    rhythm = Rhythm.of(follow_up.holder, follow_up.place.timezone if follow_up.place else None)
    before = timedelta(hours=follow_up.remind_before_hours)
    return next_letter(follow_up.due_at, before, rhythm, clock.now())


def queue_some() -> int:
    """Queue the letters of some assignees who are due, and move their actions on; return the number of letters.

    It locks the actions: a second run that happens at the same time leaves them out.
    """
    now = clock.now()
    waiting = reminder_queries.due(now, _BATCH)
    chosen = {
        one.id: Rhythm(one.timezone, one.reminder_hour, frozenset(one.quiet_days))
        for one in reminder_queries.chosen_by({row.assignee_id for row in waiting} - {None})
    }
    letters: dict[tuple[str, int], Rhythm] = {}
    moved: dict[datetime | None, list[int]] = defaultdict(list)
    for row in waiting:
        rhythm = chosen.get(row.assignee_id) or Rhythm.usual(row.timezone)
        who = ("person", row.assignee_person_id) if row.assignee_id is None else ("user", row.assignee_id)
        letters.setdefault(who, rhythm)
        moved[next_letter(row.due_at, timedelta(hours=row.remind_before_hours), rhythm, now)].append(row.id)
    deliveries.queue_reminders((*who, f"day:{rhythm.day_of(now)}") for who, rhythm in letters.items())
    _store(moved)
    return len(letters)


def _store(moved: dict[datetime | None, list[int]]) -> None:
    """Store the next letters of actions: a statement for each instant, of which assignees of one zone have few."""
    table = cast("Table", FollowUp.__table__)
    for instant, ids in moved.items():
        later = update(table).where(table.c.id.in_(ids)).values(next_reminder_at=instant)
        db.session.execute(later, execution_options={"unscoped": "the actions were read in the scope of the session"})
