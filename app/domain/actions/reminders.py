"""Reminders: one letter for each assignee and day, with all that waits, at the hour that the assignee chose.

`FollowUp.next_reminder_at` is the instant of the next letter that an action calls for. A run takes the assignees of whom
that has passed, queues a letter for each of them and the day, and moves their actions on to their next one. The day is
part of the letter's unique occasion, and actions are moved on in the same transaction: so a second run, or a run after
days without one, never queues a second letter for a day, and what was missed is in the next one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import or_, select

from app import clock
from app.domain.actions import escalations
from app.domain.actions.instants import store
from app.domain.actions.rhythms import Rhythm
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.queries.actions import brigades
from app.queries.actions import reminders as reminder_queries

AFTER_DUE = (0, 1, 3, 7, 14, 30)
"""The days after the due date on which the letter mentions an action, in growing distances."""
_EVERY = 30
"""Then it is mentioned after every so many days."""
AHEAD = timedelta(days=30)
"""A letter lists what is due before so long."""
_BATCH = 2000
"""The number of actions that are moved on in one transaction."""


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
    """Set when the letter mentions an action next and when it is escalated; after its assignee, its due date or its status has changed."""
    follow_up.next_reminder_at, follow_up.escalates_at = _next_of(follow_up), escalations.next_of(follow_up)
    db.session.flush()


def plan_all(follow_ups: Iterable[FollowUp]) -> None:
    """Do the same for many actions, in a few statements."""
    planned = list(follow_ups)
    store("next_reminder_at", {one.id: _next_of(one) for one in planned})
    store("escalates_at", {one.id: escalations.next_of(one) for one in planned})


def plan_for(user: User) -> None:
    """Do the same for all open actions that an account has or that are escalated to it, if its hour, zone or quiet days have changed."""
    concerned = or_(FollowUp.assignee_id == user.id, FollowUp.escalate_to_id == user.id)
    plan_all(db.session.scalars(select(FollowUp).where(concerned, FollowUp.status.in_(OPEN_STATUSES))).unique())


def _next_of(follow_up: FollowUp) -> datetime | None:
    if not follow_up.is_assigned or not follow_up.is_open:
        return None
    rhythm = Rhythm.of(follow_up.assignee, follow_up.place.timezone if follow_up.place else None)
    before = timedelta(hours=follow_up.remind_before_hours)
    return next_letter(follow_up.due_at, before, rhythm, clock.now())


def queue_some() -> int:
    """Queue the letters of those whose actions are due, for some of these, and move them on; return the number of their assignees.

    The other actions of an assignee may follow in another transaction: they are in the same letter, because it is composed
    when it is sent. An action that waits for another one is moved on as well, but alone it calls for no letter. The run locks
    the actions: a second run that happens at the same time leaves them out.
    """
    now = clock.now()
    waiting = reminder_queries.due(now, _BATCH)
    letters: dict[tuple[str, int], Rhythm] = {}
    of_brigades: dict[int, Any] = {}
    met: set[tuple[str, int]] = set()
    moved: dict[int, datetime | None] = {}
    for row in waiting:
        rhythm = _rhythm(row)
        who = _holder(row)
        met.add(who)
        if not row.waits and who[0] == "brigade":
            of_brigades.setdefault(who[1], row)
        elif not row.waits:
            letters.setdefault(who, rhythm)
        moved[row.id] = next_letter(row.due_at, timedelta(hours=row.remind_before_hours), rhythm, now)
    deliveries.queue_reminders((*who, f"day:{rhythm.day_of(now)}", now) for who, rhythm in letters.items())
    deliveries.queue_reminders(_to_coordinators(of_brigades, letters, now))
    store("next_reminder_at", moved)
    return len(met)


def _rhythm(row: Any) -> Rhythm:
    if row.assignee_id is None:
        return Rhythm.usual(row.timezone)
    return Rhythm(row.chosen_timezone, row.reminder_hour, frozenset(row.quiet_days))


def _holder(row: Any) -> tuple[str, int]:
    held = (("user", row.assignee_id), ("person", row.assignee_person_id), ("brigade", row.assignee_brigade_id))
    return next((noun, number) for noun, number in held if number is not None)


def _to_coordinators(
    of_brigades: Mapping[int, Any], besides: Collection[tuple[str, int]], now: datetime
) -> Iterator[tuple[str, int, str, datetime]]:
    """Yield the letters of those who coordinate brigades with actions that call for one, each at the coordinator's own hour.

    It is the letter of that day, with everything that waits for her: her own actions queue no second one. Whoever gets
    one now, `besides`, gets no other.
    """
    for brigade_id, found in brigades.coordinators(of_brigades).items():
        row = of_brigades[brigade_id]
        for one in found:
            noun = "person" if one.user is None else "user"
            rhythm = Rhythm.of(one.who, row.timezone)
            at = max(rhythm.letter_from(row.next_reminder_at), now)
            if (noun, one.who.id) not in besides:
                yield noun, one.who.id, f"day:{rhythm.day_of(at)}", at
