"""Escalations: an action that is overdue by a chosen time is brought to another account, in one letter a day.

`FollowUp.escalates_at` is the instant of the letter to whom an action is escalated. A run takes the accounts for which
that has passed, ties their actions to a delivery for the day, and notes it in the histories, all in one transaction. An
action is escalated once: again only if it becomes overdue after it was moved or has gone to somebody else.

An action that waits for another one is not late, so it is not escalated, and the time counts from when it is released.
Nothing tells when the other one is removed or deleted: from its due date on, the run asks each day whether it waits
still (`FollowUp.waited_until`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from app import clock
from app.domain import bulk
from app.domain.accounts import audit
from app.domain.actions.instants import store
from app.domain.actions.rhythms import Rhythm
from app.domain.mail import escalations as letters
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.queries.accounts import accounts
from app.queries.actions import escalations as escalation_queries
from app.text import N_

MOST_HOURS = 720
_BATCH = 200
"""The number of accounts whose letters are queued in one transaction."""


def check(to: User | None, assignee: object, *, congress_id: int | None, campaign_id: int | None) -> None:
    """Raise DomainError if an action of a place cannot be escalated to an account: if it has it, or may not see it."""
    if to is None:
        return
    if isinstance(assignee, User) and assignee.id == to.id:
        raise DomainError("escalate_to_id", N_("Choose someone other than the assignee."))
    if to not in accounts.working_on(congress_id, campaign_id):
        raise DomainError("escalate_to_id", N_("Choose someone who works on this congress or campaign."))


def next_of(follow_up: FollowUp) -> datetime | None:
    """Return when an action is escalated; None if it is closed, if nobody else is named, or if that has happened."""
    to, late_at = follow_up.escalate_to, _late_at(follow_up)
    if to is None or late_at is None or not follow_up.is_assigned or not follow_up.is_open:
        return None
    if to.id == follow_up.assignee_id:
        return None
    if follow_up.waits:
        return Rhythm.of(to).letter_from(max(follow_up.due_at, clock.now()))
    return None if is_told(follow_up) else Rhythm.of(to).letter_from(max(late_at, clock.now()))


def is_told(follow_up: FollowUp) -> bool:
    """Return whether an action has been escalated since it is overdue by that much and with its assignee."""
    told, late_at = follow_up.escalated_at, _late_at(follow_up)
    return told is not None and late_at is not None and told >= max(late_at, follow_up.assigned_at)


def release(first_id: int) -> None:
    """Have the time of the actions that have waited for a closed one count from now."""
    released = escalation_queries.waiting_for(first_id)
    store("waited_until", dict.fromkeys((one.id for one in released), clock.now()))
    for one in released:
        db.session.refresh(one, ["waited_until"])
        store("escalates_at", {one.id: next_of(one)})
        db.session.expire(one, ["escalates_at"])


def put_off(waiting: Iterable[FollowUp]) -> None:
    """Ask again tomorrow about actions that wait for another one by the time their letter is composed."""
    for one in waiting:
        one.escalated_at, one.waited_until = None, clock.now()
        one.escalates_at = next_of(one)


def queue_some() -> int:
    """Queue the letters of some accounts to whom actions are escalated by now; return the number of these actions.

    An action that its account may no longer see is escalated to nobody. One that waits for another action is left to the
    next day, and one that has been released to when it is late since then. It locks the actions: a second run that
    happens at the same time leaves them out.
    """
    now, due = clock.now(), escalation_queries.due(clock.now(), _BATCH)
    by_account: dict[User, list[FollowUp]] = defaultdict(list)
    working: dict[tuple[int | None, int | None], set[int]] = {}
    for one in due:
        place = (one.congress_id, one.campaign_id)
        if place not in working:
            working[place] = {user.id for user in accounts.working_on(*place)}
        one.escalates_at = None
        if one.waits:
            one.waited_until = now
            one.escalates_at = _tomorrow(Rhythm.of(one.escalate_to), now) if one.escalate_to else None
        elif _is_early(one, now):
            one.escalates_at = next_of(one)
        elif one.escalate_to is not None and one.escalate_to_id in working[place]:
            by_account[one.escalate_to].append(one)
    for user, found in by_account.items():
        _tell(user, found, now)
    return len(due)


def _tell(user: User, follow_ups: Sequence[FollowUp], now: datetime) -> None:
    """Queue the letter of a day, or, if that one is on its way already, leave the actions to the next one."""
    rhythm = Rhythm.of(user)
    day = rhythm.day_of(now)
    if not letters.queue(follow_ups, user, occasion=f"day:{day}"):
        for one in follow_ups:
            one.escalates_at = _tomorrow(rhythm, now)
        return
    by_place: dict[tuple[int | None, int | None], list[FollowUp]] = defaultdict(list)
    for one in follow_ups:
        one.escalated_at = now
        by_place[one.congress_id, one.campaign_id].append(one)
    for (congress_id, campaign_id), found in by_place.items():
        told = [((FollowUp.__tablename__, one.id), audit.Facts(), {"escalate_to": user.name}) for one in found]
        bulk.note("escalated", told, congress_id=congress_id, campaign_id=campaign_id)


def _tomorrow(rhythm: Rhythm, now: datetime) -> datetime:
    return rhythm.letter_at(rhythm.day_of(now) + timedelta(days=1))


def _late_at(follow_up: FollowUp) -> datetime | None:
    """Return from when an action is overdue by the time after which it is escalated."""
    hours = follow_up.escalate_after_hours
    if hours is None:
        return None
    return max(follow_up.due_at, follow_up.waited_until or follow_up.due_at) + timedelta(hours=hours)


def _is_early(follow_up: FollowUp, now: datetime) -> bool:
    late_at = _late_at(follow_up)
    return late_at is not None and late_at > now
