"""Follow-up actions, and their reminders."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from sqlalchemy import select

from app import clock
from app.domain.accounts import audit
from app.domain.actions import reminders, series
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp, FollowUpKind, FollowUpStatus, Priority
from app.models.congress.delegations import Delegation
from app.models.people.interactions import Interaction
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.press.articles import Article
from app.models.removing import REMOVED
from app.models.travel.journeys import Leg
from app.models.travel.problems import RouteProblem
from app.text import N_

LONGEST_PAST, LONGEST_AHEAD = timedelta(days=400), timedelta(days=5 * 366)
"""A due date further away is assumed to be a typing error."""


class FollowUpValues(TypedDict):
    """The values that a person chooses for a follow-up."""

    title: str
    note: str | None
    assignee: User | Person
    due_at: datetime
    remind_before_hours: int
    priority: Priority


class Where(TypedDict, total=False):
    """What a follow-up belongs to: a congress, a campaign, or, without either, the house."""

    congress_id: int
    campaign_id: int


class About(TypedDict, total=False):
    """What a follow-up is about, besides delegations."""

    problem: RouteProblem | None
    leg: Leg | None
    person: Person | None
    organization: Organization | None
    article: Article | None
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
            **_columns(values),
        )
        created.append(record(follow_up))
    if not created:
        raise DomainError("delegations", N_("They all already have this action."))
    tell_assignee(created, by)
    return created


def record(follow_up: FollowUp) -> FollowUp:
    """Store a new follow-up with its reminders; its assignee is not told."""
    db.session.add(follow_up)
    db.session.flush()
    audit.note(follow_up, "recorded", {}, facts(follow_up))
    reminders.plan(follow_up)
    return follow_up


def change(follow_up: FollowUp, values: FollowUpValues, *, by: User | None = None) -> None:
    """Change a follow-up; its reminders move with the due date and the assignee, and a new assignee is notified."""
    before = (follow_up.assignee_id, follow_up.assignee_person_id)
    if not follow_up.is_open:
        raise DomainError(None, N_("This action is closed. Reopen it to change it."))
    check_due(values["due_at"])
    with audit.changing(follow_up, facts):
        for name, value in _columns(values).items():
            setattr(follow_up, name, value)
    if before != (follow_up.assignee_id, follow_up.assignee_person_id):
        _passed_on(follow_up, by)
    else:
        reminders.plan(follow_up)


def hand_back(user: User, *, by: User) -> int:
    """Return the open actions of an account to whoever assigned them, or else to `by`; return their number."""
    held = select(FollowUp).where(FollowUp.assignee_id == user.id, FollowUp.status.in_(OPEN_STATUSES))
    found = db.session.scalars(held, execution_options=REMOVED).all()
    for follow_up in found:
        giver = _giver(follow_up)
        give_back(follow_up, giver if giver and giver.id != user.id else by, by=by)
    return len(found)


def hand_back_of(person: Person, *, by: User) -> None:
    """Return the open actions of a person without an account to whoever assigned them, or else to `by`."""
    held = select(FollowUp).where(FollowUp.assignee_person_id == person.id, FollowUp.status.in_(OPEN_STATUSES))
    for follow_up in db.session.scalars(held, execution_options=REMOVED).all():
        give_back(follow_up, _giver(follow_up) or by, by=by)


def give_back(follow_up: FollowUp, user: User, *, by: User | None) -> None:
    """Give an action to an account; the personal link of whoever had it ends, and its reminders go along."""
    with audit.changing(follow_up, facts):
        follow_up.assignee, follow_up.assignee_person = user, None
    _passed_on(follow_up, by)


def return_to_giver(follow_up: FollowUp, others: Sequence[User]) -> None:
    """Return an action that a person without an account hands back: to whoever assigned it, or to the first of `others`.

    Raises DomainError if there is nobody.
    """
    user = _giver(follow_up) or next(iter(others), None)
    if user is None:
        raise DomainError(None, N_("Nobody can take it back at the moment. Write to whoever asked you."))
    give_back(follow_up, user, by=None)


def _giver(follow_up: FollowUp) -> User | None:
    """Return the account that assigned an action, if it is open."""
    giver = db.session.get(User, follow_up.created_by_id) if follow_up.created_by_id else None
    return giver if giver and giver.is_active else None


def _passed_on(follow_up: FollowUp, by: User | None) -> None:
    """End the link of whoever had an action, and write to who has it now."""
    follow_up.assigned_at = clock.now()
    follow_up.link_number += 1
    db.session.flush()
    reminders.plan(follow_up)
    tell_assignee([follow_up], by)


def complete(follow_up: FollowUp) -> FollowUp | None:
    """Mark it as done; letters no longer mention it. Return the next one of its series, if there is one."""
    follow_up.completed_at = follow_up.completed_at or clock.now()
    return _close(follow_up, FollowUpStatus.COMPLETED)


def cancel(follow_up: FollowUp) -> FollowUp | None:
    """Cancel it; letters no longer mention it. Return the next one of its series, if there is one."""
    return _close(follow_up, FollowUpStatus.CANCELLED)


def _close(follow_up: FollowUp, status: FollowUpStatus) -> FollowUp | None:
    _set_status(follow_up, status)
    reminders.plan(follow_up)
    following = series.following(follow_up)
    if following is not None:
        record(following)
        series.begin_checklist(following, follow_up)
    return following


def reopen(follow_up: FollowUp) -> None:
    """Reopen it; letters mention it again."""
    follow_up.completed_at = follow_up.withdrawn_at = None
    _set_status(follow_up, FollowUpStatus.NEEDS_ACTION)
    reminders.plan(follow_up)


def _set_status(follow_up: FollowUp, status: FollowUpStatus) -> None:
    with audit.changing(follow_up, facts):
        follow_up.status = status


def facts(follow_up: FollowUp) -> audit.Facts:
    """Return what the history of an action tells."""
    own = ("title", "note", "due_at", "remind_before_hours", "priority", "status")
    holder = {
        "assignee": follow_up.assignee and follow_up.assignee.name,
        "recurrence": follow_up.series.recurrence if follow_up.series and follow_up.repeats else None,
        "without_account": follow_up.assignee_person_id is not None,
    }
    return holder | {name: getattr(follow_up, name) for name in own}


def _cared_for(problem: RouteProblem | None, kind: FollowUpKind | None) -> set[int | None]:
    """Return the delegations that have an open action of this kind about this problem."""
    if problem is None or kind is None:
        return set()
    same = select(FollowUp.delegation_id).where(
        FollowUp.problem_id == problem.id, FollowUp.kind == kind, FollowUp.status.in_(OPEN_STATUSES)
    )
    return set(db.session.scalars(same))


def _columns(values: FollowUpValues) -> dict[str, object]:
    """Return the values as the columns of a follow-up: the assignee is an account or a person."""
    assignee = values["assignee"]
    is_user = isinstance(assignee, User)
    holder = {"assignee": assignee if is_user else None, "assignee_person": None if is_user else assignee}
    return {name: value for name, value in values.items() if name != "assignee"} | holder


def check_due(due_at: datetime, field: str = "due") -> None:
    """Raise DomainError on `field` if a due time is so far away that it must be a typing error."""
    if not -LONGEST_PAST <= due_at - clock.now() <= LONGEST_AHEAD:
        raise DomainError(field, N_("Is the date right? It is far from today."))


def tell_assignee(follow_ups: Sequence[FollowUp], by: User | None) -> None:
    """Queue an email about actions that were assigned together, unless the assignee assigned them."""
    first = follow_ups[0]
    if first.holder is None or (by is not None and first.assignee_id == by.id):
        return
    occasion = f"assigned:{first.id}:{first.assigned_at:%Y-%m-%dT%H:%M:%S}"
    deliveries.queue_assignment(follow_ups, first.holder, occasion=occasion)
