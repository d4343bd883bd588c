"""Changing several actions at once: what becomes of each, and writing it so that it can be undone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.domain import bulk
from app.domain.accounts import audit
from app.domain.actions import follow_ups, order, reminders, series
from app.domain.actions.telling import Assignee, held_by, tell_assignee, told_of
from app.domain.bulk import Left, Outcome
from app.domain.recording import Change
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp, FollowUpKind, FollowUpStatus, Priority
from app.models.actions.parts import ChecklistItem
from app.models.actions.series import FollowUpSeries
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.actions import order as order_queries
from app.queries.actions import parts
from app.queries.dependents import Place

MOST_ACTIONS = 2_000
"""The number of actions that are changed together."""
_OF_BOOKINGS = (FollowUpKind.BOOK, FollowUpKind.CANCEL_BOOKING)
"""Completing them changes bookings as well, which their own pages ask about."""

Judge = Callable[[FollowUp], Change | Left | None]
"""Returns what changes about an action, by column, why it is left as it is, or None if it is so already."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of chosen actions. Its repr() contains everything that a page shows of it."""

    changes: Mapping[int, Change]
    """What changes about an action, by its id."""
    already: Sequence[int]
    left: Mapping[Left, Sequence[int]]

    @property
    def is_ready(self) -> bool:
        """Whether anything would be changed."""
        return bool(self.changes)

    @property
    def outcome(self) -> Outcome:
        """What is told once it is written."""
        left = Counter({reason: len(ids) for reason, ids in self.left.items()})
        return Outcome(list(self.changes), len(self.already), left)


def plan(actions: Iterable[FollowUp], judge: Judge) -> Plan:
    """Return what becomes of each of some actions."""
    changes: dict[int, Change] = {}
    already: list[int] = []
    left: dict[Left, list[int]] = defaultdict(list)
    for one in actions:
        verdict = judge(one)
        if verdict is None:
            already.append(one.id)
        elif isinstance(verdict, Left):
            left[verdict].append(one.id)
        else:
            changes[one.id] = verdict
    return Plan(changes, already, dict(left))


def assigned_to(holder: Assignee, works_on: Callable[[FollowUp], bool]) -> Judge:
    """Return the judge of assigning actions to an account or a brigade of some of their places, or to a person without one."""
    mine = held_by(holder)

    def judge(one: FollowUp) -> Change | Left | None:
        if not one.is_open:
            return Left.CLOSED
        if one.held == (mine["assignee_id"], mine["assignee_person_id"], mine["assignee_brigade_id"]):
            return None
        if isinstance(holder, User) and one.escalate_to_id == holder.id:
            return Left.ESCALATED
        return mine if works_on(one) else Left.ELSEWHERE

    return judge


def moved(due: Callable[[FollowUp], datetime]) -> Judge:
    """Return the judge of giving actions other due dates."""

    def judge(one: FollowUp) -> Change | Left | None:
        if not one.is_open:
            return Left.CLOSED
        due_at = due(one)
        try:
            follow_ups.check_due(due_at)
        except DomainError:
            return Left.TOO_FAR
        return None if due_at == one.due_at else {"due_at": due_at}

    return judge


def prioritized(priority: Priority) -> Judge:
    """Return the judge of giving actions a priority."""

    def judge(one: FollowUp) -> Change | Left | None:
        if not one.is_open:
            return Left.CLOSED
        return None if one.priority is priority else {"priority": priority}

    return judge


def closed(status: FollowUpStatus) -> Judge:
    """Return the judge of completing or dropping actions."""

    def judge(one: FollowUp) -> Change | Left | None:
        if one.status is status:
            return None
        if not one.is_open:
            return Left.CLOSED
        is_done = status is FollowUpStatus.COMPLETED
        return Left.OF_BOOKINGS if is_done and one.kind in _OF_BOOKINGS else {"status": status}

    return judge


def write(actions: Collection[FollowUp], planned: Plan, *, by: User, holder: Assignee | None = None) -> Outcome:
    """Write what is planned for actions that were read in scope; `holder` is who they are assigned to, and told once."""
    chosen = [one for one in actions if one.id in planned.changes]
    now = clock.now()
    history: dict[tuple[int | None, int | None], list[Any]] = defaultdict(list)
    rows: dict[int, tuple[Place, Change]] = {}
    for one in chosen:
        change = planned.changes[one.id]
        before = follow_ups.facts(one)
        after = before | {name: value for name, value in change.items() if name in before}
        if holder is not None:
            after |= told_of(holder, one.campaign_id)
        history[one.congress_id, one.campaign_id].append((_place(one), before, after))
        rows[one.id] = (_place(one), change | _following_from(one, change, now))
    bulk.change(FollowUp, rows)
    for (congress_id, campaign_id), changed in history.items():
        bulk.note("changed", changed, congress_id=congress_id, campaign_id=campaign_id)
    changed_ones = follow_up_queries.some_by_id(list(rows))
    reminders.plan_all(changed_ones)
    if holder is not None and changed_ones:
        tell_assignee(changed_ones, by)
    closed_ids = [one.id for one in chosen if "status" in planned.changes[one.id]]
    waited_for = order_queries.waited_for(closed_ids)
    for one in chosen:
        if one.id in closed_ids:
            _go_on(one)
        if one.id in waited_for:
            order.release(one)
    return planned.outcome


def _following_from(one: FollowUp, change: Change, now: datetime) -> Change:
    """Return the columns that follow from a change: its personal link ends with its assignee, and when it was done."""
    follows: Change = {"revision": one.revision + 1}
    if "assignee_id" in change:
        follows |= {"assigned_at": now, "link_number": one.link_number + 1}
    if "status" in change:
        is_done = change["status"] is FollowUpStatus.COMPLETED
        follows["completed_at"] = now if is_done else one.completed_at
        follows["completed_by_id"] = audit.actor_id() if is_done else one.completed_by_id
    return follows


def _go_on(one: FollowUp) -> None:
    """Create the next action of a series after one was closed, or end the series; undone with the closed one."""
    number = one.series_id
    if number is None or not series.goes_on(one):
        return
    day = series.next_day(one)
    if day is None:
        bulk.change(FollowUpSeries, {number: (_place(one), {"ended_at": clock.now()})})
        return
    [added] = bulk.add(FollowUp, [series.beginning(one, day)], lambda _row: _place(one))
    items = [{"follow_up_id": added["id"], "text": item.text} for item in parts.checklist(one.id)]
    bulk.add(ChecklistItem, items, lambda _row: _place(one))
    following = db.session.get_one(FollowUp, added["id"])
    reminders.plan(following)
    audit.note(following, "recorded", {}, follow_ups.facts(following))


def _place(one: FollowUp) -> Place:
    return FollowUp.__tablename__, one.id
