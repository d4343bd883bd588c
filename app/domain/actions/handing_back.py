"""Giving actions to somebody else without choosing: handed back, left behind, or returned to a brigade."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from app.domain.actions import follow_ups
from app.domain.actions.telling import tell_assignee
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.mobilizing.brigades import Brigade
from app.models.people.people import Person
from app.models.removing import REMOVED
from app.models.scoping import in_every_scope
from app.queries.accounts import accounts
from app.queries.actions import brigades
from app.text import N_


def hand_back_of(person: Person, *, by: User) -> None:
    """Return the open actions of a person without an account to the brigades, to whoever assigned them, or else to `by`."""
    for follow_up in _open(FollowUp.assignee_person_id == person.id):
        other = _giver(follow_up) or by
        follow_ups.give(follow_up, brigades.standing(follow_up.from_brigade_id) or other, by=by)


def return_to_giver(follow_up: FollowUp, others: Sequence[User], *, by: User | None = None) -> None:
    """Return an action that is handed back to the brigade from which it was taken.

    Without one, it goes to whoever assigned it, if still among `others`, or to the first of them. Raises DomainError if
    there is nobody.
    """
    user = next((one for one in others if one.id == follow_up.created_by_id), next(iter(others), None))
    to = brigades.standing(follow_up.from_brigade_id) or user
    if to is None:
        raise DomainError(None, N_("Nobody can take it back at the moment. Write to whoever asked you."))
    follow_ups.give(follow_up, to, by=by)


def leave(brigade: Brigade, *, by: User | None) -> None:
    """Return the open actions that a removed brigade has to whoever assigned them, or to the first who works there.

    They remember the brigade, which gets them again if it is restored.
    """
    with in_every_scope():
        found = _open(FollowUp.assignee_brigade_id == brigade.id)
        for follow_up in found:
            there = [*accounts.working_on(follow_up.congress_id, follow_up.campaign_id), *([by] if by else [])]
            to = _giver(follow_up) or next(iter(there), None)
            if to is not None:
                follow_ups.give(follow_up, to, by=by, taken_from=brigade, tells=False)
        _tell(found, by)


def take_up_again(brigade: Brigade, removed_at: datetime, *, by: User | None) -> None:
    """Return to a brigade the open actions that it lost when it was removed, unless somebody has assigned them anew."""
    with in_every_scope():
        found = _open(FollowUp.from_brigade_id == brigade.id, FollowUp.assigned_at >= removed_at)
        for follow_up in found:
            follow_ups.give(follow_up, brigade, by=by, tells=False)
        _tell(found, by)


def _open(*conditions: ColumnElement[bool]) -> Sequence[FollowUp]:
    held = select(FollowUp).where(*conditions, FollowUp.status.in_(OPEN_STATUSES)).order_by(FollowUp.id)
    return db.session.scalars(held, execution_options=REMOVED).unique().all()


def _giver(follow_up: FollowUp) -> User | None:
    """Return the account that assigned an action, if it is open."""
    giver = db.session.get(User, follow_up.created_by_id) if follow_up.created_by_id else None
    return giver if giver and giver.is_active else None


def _tell(passed_on: Iterable[FollowUp], by: User | None) -> None:
    """Tell each of the new holders of actions in one email."""
    together = defaultdict(list)
    for follow_up in passed_on:
        together[follow_up.held].append(follow_up)
    for found in together.values():
        tell_assignee(found, by)
