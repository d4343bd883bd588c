"""How an account loses access: a role is revoked or ends, or the account is closed or removed.

In each case the account gives back what it may no longer see, in the same transaction: its open actions go back to whoever
assigned them, nothing is escalated to it, its scheduled exports stop, and its emails are withdrawn. A role that
is granted again returns none of it.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import or_, select

from app import clock
from app.domain.accounts import accounts, audit, removals, sessions
from app.domain.actions import follow_ups, letters_of_accounts, reminders
from app.domain.actions.telling import tell_assignee
from app.domain.mail import deliveries
from app.domain.people import scheduled_exports
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Grant, Role, User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.mail.deliveries import Delivery
from app.models.removing import REMOVED
from app.models.scoping import in_every_scope
from app.policy import Permission, allowed_on
from app.queries.accounts import accounts as account_queries
from app.queries.actions import brigades
from app.text import N_


def revoke(given: Grant, *, by: User | None = None) -> int:
    """Revoke a grant, effective with the next request; return the number of actions that went back.

    The last admin of everything keeps theirs.
    """
    if given.role == Role.ADMIN and given.congress_id is None and given.campaign_id is None:
        accounts.keep_an_admin(given.user)
    with audit.changing(given.user, accounts.facts):
        given.revoked_at = given.revoked_at or clock.now()
    return give_up(given.user, by=by)


def deactivate(user: User, *, by: User | None = None) -> int:
    """Close the account: it cannot sign in, and its sessions end; return the number of actions that went back."""
    if by is not None and user.id == by.id:
        raise DomainError(None, N_("You cannot close your own account."))
    accounts.keep_an_admin(user)
    with audit.changing(user, accounts.facts):
        user.deactivated_at = user.deactivated_at or clock.now()
        sessions.end_all(user)
    return give_up(user, by=by)


def remove(user: User, *, by: User) -> None:
    """Remove an account: it cannot sign in, its sessions end with the next request, and its emails are withdrawn.

    Raises DomainError if it is `by`'s own account, or the last admin.
    """
    if user.id == by.id:
        raise DomainError(None, N_("You cannot remove your own account."))
    accounts.keep_an_admin(user)
    removals.remove(user, by=by)
    sessions.end_all(user)
    db.session.flush()
    if user.removed_at is not None:
        deliveries.withdraw_about(Delivery.user_id, [user.id], at=user.removed_at)
    give_up(user, by=by)


def end_roles() -> None:
    """Close the roles that are over, each as of its end, as if they had been revoked then."""
    for given in account_queries.ended_grants():
        given.revoked_at = given.ends_at
        db.session.flush()
        give_up(given.user, by=None)


def give_up(user: User, *, by: User | None) -> int:
    """Take from an account what it may no longer see; return the number of actions that went back."""
    with in_every_scope():
        number = _hand_back(user, by)
        scheduled_exports.stop_forbidden(user)
        letters_of_accounts.withdraw_unreadable(user)
    return number


def _hand_back(user: User, by: User | None) -> int:
    """Return the open actions that an account may no longer see, with one email to each who gets them.

    They go to the brigade from which they were taken, or to whoever assigned them.
    """
    held = account_queries.held(user) if user.is_active else []
    concerned = or_(FollowUp.assignee_id == user.id, FollowUp.escalate_to_id == user.id)
    found = select(FollowUp).where(concerned, FollowUp.status.in_(OPEN_STATUSES)).order_by(FollowUp.id)
    returned: dict[object, list[FollowUp]] = defaultdict(list)
    for one in db.session.scalars(found, execution_options=REMOVED).unique().all():
        if allowed_on(held, Permission.FOLLOW_UP_VIEW, one.congress_id, one.campaign_id):
            continue
        if one.escalate_to_id == user.id:
            _stop_escalation(one)
        taker = None
        if one.assignee_id == user.id:
            taker = brigades.standing(one.from_brigade_id) or _taker(one, user, by)
        if taker is not None:
            follow_ups.return_to(one, taker)
            returned[one.held].append(one)
    for actions in returned.values():
        tell_assignee(actions, None if by is None or by is user else by)
    return sum(map(len, returned.values()))


def _taker(follow_up: FollowUp, user: User, by: User | None) -> User | None:
    """Return who gets an action back: whoever assigned it, `by`, or else the first who works there."""
    there = [one for one in _working_there(follow_up) if one.id != user.id]
    preferred = (follow_up.created_by_id, by.id if by else None)
    return next((one for number in preferred for one in there if one.id == number), next(iter(there), None))


def _working_there(follow_up: FollowUp) -> Sequence[User]:
    """Return the accounts that may see an action, those that coordinate its congress first."""
    all_there = account_queries.working_on(follow_up.congress_id, follow_up.campaign_id)
    first = account_queries.coordinators(follow_up.congress_id) if follow_up.congress_id else ()
    return [*first, *all_there]


def _stop_escalation(follow_up: FollowUp) -> None:
    with audit.changing(follow_up, follow_ups.facts):
        follow_up.escalate_to = follow_up.escalate_after_hours = None
    reminders.plan(follow_up)
