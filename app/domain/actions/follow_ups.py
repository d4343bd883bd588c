"""Follow-up actions, and their reminders."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from sqlalchemy import select

from app import clock
from app.domain.accounts import audit
from app.domain.actions import escalations, order, reminders, series
from app.domain.actions.order import Order
from app.domain.actions.telling import Assignee, held_by, tell_assignee, told_of
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp, FollowUpKind, FollowUpStatus, Priority
from app.models.congress.delegations import Delegation
from app.models.congress.resolutions import Resolution
from app.models.mobilizing.brigades import Brigade
from app.models.mobilizing.mobilizations import Mobilization
from app.models.people.interactions import Interaction
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.press.articles import Article
from app.models.travel.journeys import Leg
from app.models.travel.problems import RouteProblem
from app.text import N_

_TOLD = ("title", "note", "due_at", "remind_before_hours", "priority", "escalate_after_hours")
LONGEST_PAST, LONGEST_AHEAD = timedelta(days=400), timedelta(days=5 * 366)
"""A due date further away is assumed to be a typing error."""


class FollowUpValues(TypedDict):
    """The values that a person chooses for a follow-up."""

    title: str
    note: str | None
    assignee: Assignee | None
    """None only if it is changed: whoever has it keeps it."""
    due_at: datetime
    remind_before_hours: int
    priority: Priority
    escalate_to: User | None
    """To whom it is escalated if it is overdue by so many hours."""
    escalate_after_hours: int | None


class Where(TypedDict, total=False):
    """What a follow-up belongs to: a congress, a campaign, or, without either, the house."""

    congress_id: int
    campaign_id: int


class About(TypedDict, total=False):
    """What a follow-up is about, besides delegations, and the actions that it is part of and begins after."""

    problem: RouteProblem | None
    leg: Leg | None
    person: Person | None
    organization: Organization | None
    article: Article | None
    resolution: Resolution | None
    mobilization: Mobilization | None
    parent: FollowUp | None
    after: FollowUp | None
    interaction: Interaction | None


def assign(
    values: FollowUpValues,
    *,
    by: User | None,
    congress_id: int | None = None,
    campaign_id: int | None = None,
    delegations: Iterable[Delegation] = (),
    kind: FollowUpKind | None = None,
    **about: Unpack[About],
) -> list[FollowUp]:
    """Create one follow-up for each delegation, or a general one if none is named, with its reminders.

    It belongs to a congress, to a campaign, or, with neither, to the house. For a kind that a problem suggests, a
    delegation that already has an open action gets no second one.
    """
    check_due(values["due_at"])
    escalations.check(values["escalate_to"], values["assignee"], congress_id=congress_id, campaign_id=campaign_id)
    now = clock.now()
    created = []
    concerned: list[Delegation | None] = [*delegations]
    taken = _cared_for(about.get("problem"), kind)
    for delegation in concerned or [None]:
        if delegation is not None and delegation.id in taken:
            continue
        follow_up = FollowUp(
            congress_id=congress_id,
            campaign_id=campaign_id,
            delegation=delegation,
            kind=kind,
            status=FollowUpStatus.NEEDS_ACTION,
            created_by_id=by.id if by else None,
            created_at=now,
            assigned_at=now,
            **about,
            **_own(values),
            **held_by(values["assignee"]),
        )
        created.append(record(follow_up))
    if not created:
        raise DomainError("delegations", N_("They all already have this action."))
    tell_assignee(created, by)
    return created


def record(follow_up: FollowUp) -> FollowUp:
    """Store a new follow-up with its reminders; its assignee is not told."""
    order.check_place(follow_up, follow_up.parent, follow_up.after)
    db.session.add(follow_up)
    db.session.flush()
    audit.note(follow_up, "recorded", {}, facts(follow_up))
    reminders.plan(follow_up)
    return follow_up


def change(follow_up: FollowUp, values: FollowUpValues, *, by: User | None = None, among: Order | None = None) -> None:
    """Change a follow-up; its reminders move with the due date and the assignee, and a new assignee is notified.

    `among` is its new order. Raises DomainError if it is closed, on `due` if it is due years from now, and as
    `order.change` does.
    """
    before = follow_up.held
    if not follow_up.is_open:
        raise DomainError(None, N_("This action is closed. Reopen it to change it."))
    check_due(values["due_at"])
    escalation = (follow_up.escalate_to, follow_up.escalate_after_hours)
    where = {"congress_id": follow_up.congress_id, "campaign_id": follow_up.campaign_id}
    escalations.check(values["escalate_to"], values["assignee"] or follow_up.assignee, **where)
    with audit.changing(follow_up, facts):
        if among is not None:
            order.change(follow_up, among)
        for name, value in _own(values).items():
            setattr(follow_up, name, value)
        _hand_to(follow_up, values["assignee"])
        if escalation != (follow_up.escalate_to, follow_up.escalate_after_hours):
            follow_up.escalated_at = None
    if before != follow_up.held:
        _passed_on(follow_up, by)
    else:
        reminders.plan(follow_up)


def give(
    follow_up: FollowUp, to: Assignee, *, by: User | None, taken_from: Brigade | None = None, tells: bool = True
) -> None:
    """Give an action to somebody; the personal link of whoever had it ends, and its reminders go along.

    `taken_from` is the brigade that gets it if it is handed back. The new holder is told if `tells`.
    """
    with audit.changing(follow_up, facts):
        _hand_to(follow_up, to, taken_from)
    _passed_on(follow_up, by, tells=tells)


def return_to(follow_up: FollowUp, to: Assignee) -> None:
    """Return an action from an account that may no longer see it; the history says so, and nobody is told."""
    before = facts(follow_up)
    _hand_to(follow_up, to, None)
    audit.note(follow_up, "returned", before, facts(follow_up))
    _passed_on(follow_up, None, tells=False)


def renew_link(follow_up: FollowUp) -> None:
    """End the links to an action that were sent so far, and send a person without an account a new one."""
    follow_up.link_number += 1
    db.session.flush()
    if follow_up.is_open and follow_up.assignee_person is not None:
        occasion = f"link:{follow_up.id}:{follow_up.link_number}"
        deliveries.queue_assignment([follow_up], follow_up.assignee_person, occasion=occasion)


def renew_calendar(follow_up: FollowUp) -> None:
    """End the addresses of the calendar of a person without an account so far."""
    follow_up.calendar_number += 1
    db.session.flush()


def _passed_on(follow_up: FollowUp, by: User | None, *, tells: bool = True) -> None:
    """End the link of whoever had an action, and write to who has it now."""
    follow_up.assigned_at = clock.now()
    follow_up.link_number += 1
    db.session.flush()
    reminders.plan(follow_up)
    if tells:
        tell_assignee([follow_up], by)


def begin(follow_up: FollowUp) -> None:
    """Note that somebody is working on it; letters go on mentioning it. Raises DomainError if it is closed."""
    if not follow_up.is_open:
        raise DomainError(None, N_("This action is closed. Reopen it to change it."))
    _set_status(follow_up, FollowUpStatus.IN_PROCESS)


def complete(follow_up: FollowUp) -> FollowUp | None:
    """Mark it as done; letters no longer mention it. Return the next one of its series, if there is one."""
    if follow_up.completed_at is None:
        follow_up.completed_at, follow_up.completed_by_id = clock.now(), audit.actor_id()
    return _close(follow_up, FollowUpStatus.COMPLETED)


def cancel(follow_up: FollowUp) -> FollowUp | None:
    """Cancel it; letters no longer mention it. Return the next one of its series, if there is one."""
    return _close(follow_up, FollowUpStatus.CANCELLED)


def _close(follow_up: FollowUp, status: FollowUpStatus) -> FollowUp | None:
    _set_status(follow_up, status)
    reminders.plan(follow_up)
    order.release(follow_up)
    following = series.following(follow_up)
    if following is not None:
        record(following)
        series.begin_checklist(following, follow_up)
    return following


def reopen(follow_up: FollowUp) -> None:
    """Reopen it; letters mention it again."""
    follow_up.completed_at = follow_up.completed_by_id = follow_up.withdrawn_at = None
    _set_status(follow_up, FollowUpStatus.NEEDS_ACTION)
    reminders.plan(follow_up)


def _set_status(follow_up: FollowUp, status: FollowUpStatus) -> None:
    with audit.changing(follow_up, facts):
        follow_up.status = status


def facts(follow_up: FollowUp) -> audit.Facts:
    """Return what the history of an action tells."""
    told = told_of(follow_up.assignee or follow_up.assignee_brigade, follow_up.campaign_id) | {
        "escalate_to": follow_up.escalate_to and follow_up.escalate_to.name,
        "recurrence": follow_up.series.recurrence if follow_up.series and follow_up.repeats else None,
        "without_account": follow_up.assignee_person_id is not None,
        "with_brigade": follow_up.assignee_brigade_id is not None,
        "part_of": follow_up.parent and follow_up.parent.title,
        "after": follow_up.after and follow_up.after.title,
    }
    return told | {name: getattr(follow_up, name) for name in (*_TOLD, "status")}


def _cared_for(problem: RouteProblem | None, kind: FollowUpKind | None) -> set[int | None]:
    """Return the delegations that have an open action of this kind about this problem."""
    if problem is None or kind is None:
        return set()
    same = select(FollowUp.delegation_id).where(
        FollowUp.problem_id == problem.id, FollowUp.kind == kind, FollowUp.status.in_(OPEN_STATUSES)
    )
    return set(db.session.scalars(same))


def _hand_to(follow_up: FollowUp, holder: Assignee | None, taken_from: Brigade | None = None) -> None:
    """Set who has an action; for the one who has it already, it stays taken from a brigade."""
    columns = held_by(holder, taken_from)
    if columns and follow_up.held == (
        columns["assignee_id"],
        columns["assignee_person_id"],
        columns["assignee_brigade_id"],
    ):
        return
    for name, number in columns.items():
        setattr(follow_up, name, number)
    db.session.flush()
    db.session.expire(follow_up, ["assignee", "assignee_person", "assignee_brigade", "from_brigade"])


def _own(values: FollowUpValues) -> dict[str, object]:
    """Return the values that are columns of a follow-up."""
    return {name: value for name, value in values.items() if name in (*_TOLD, "escalate_to")}


def check_due(due_at: datetime, field: str = "due") -> None:
    """Raise DomainError on `field` if a due time is so far away that it must be a typing error."""
    if not -LONGEST_PAST <= due_at - clock.now() <= LONGEST_AHEAD:
        raise DomainError(field, N_("Is the date right? It is far from today."))
