"""Which emails an account may still get: what they are about is compared with its roles whenever one is composed.

Every kind of email to an account says which permission it needs, and on what. The same answer decides which emails are
withdrawn as soon as an account loses a role.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.domain.accounts import ending_roles
from app.domain.people.scheduled_exports import permission_for
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.digests import Digest
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.scoping import EVERYTHING, Scope, in_every_scope
from app.models.travel.check_ins import HelpCall
from app.policy import Held, Permission, allowed_on, giving
from app.queries.accounts import accounts
from app.queries.actions import brigades
from app.queries.mail.deliveries import WAITING
from app.queries.people import scheduled_exports

Place = tuple[int | None, int | None]
"""The ids of the congress and the campaign that a row belongs to."""


class _Need(NamedTuple):
    """The permission that an email needs on at least one of the places of what it is about."""

    permission: Permission
    places: Callable[[Delivery], Iterable[Place]]


def scope_for(delivery: Delivery, user: User) -> Scope | None:
    """Return the scope in which an email to an account is composed; None if the account may no longer get it."""
    if not user.is_active:
        return None
    held, kind = accounts.held(user), delivery.kind
    if kind in _FREE:
        return accounts.scope(held)
    if kind is DeliveryKind.EXPORT:
        return accounts.scope(held) if _may_fetch_a_file(user, held) else None
    if kind is DeliveryKind.ROLE_ENDS:
        return accounts.scope(held) if _may_know_of_role(delivery, user, held) else None
    if kind in _OF_BRIGADES:
        return _scope_with_brigades(kind, user, held)
    need = _NEEDS[kind]
    with in_every_scope():
        places = [*need.places(delivery)]
    if not any(allowed_on(held, need.permission, *place) for place in places):
        return None
    return accounts.scope(giving(held, need.permission))


def withdraw_unreadable(user: User) -> None:
    """Withdraw the emails that wait to be sent to an account and that it may no longer get."""
    waiting = select(Delivery).where(Delivery.user_id == user.id, *WAITING)
    for delivery in db.session.scalars(waiting).unique().all():
        if scope_for(delivery, user) is None:
            delivery.withdrawn_at = clock.now()
    db.session.flush()


def _of_actions(delivery: Delivery) -> list[Place]:
    return [(one.congress_id, one.campaign_id) for one in delivery.actions]


def _scope_with_brigades(kind: DeliveryKind, user: User, held: list[Held]) -> Scope | None:
    """Return the scope of emails that go to coordinators of brigades as well, whatever their roles."""
    with in_every_scope():
        coordinates = bool(brigades.coordinated_by(user))
    if kind is DeliveryKind.BRIGADE_ACTION:
        return EVERYTHING if coordinates else None
    seeing = giving(held, Permission.FOLLOW_UP_VIEW)
    return accounts.scope(seeing) if seeing or coordinates else None


def _of_mailing(delivery: Delivery) -> list[Place]:
    mailing = delivery.mailing
    return [(mailing.congress_id, mailing.campaign_id)] if mailing and mailing.removed_at is None else []


def _of_digest(delivery: Delivery) -> list[Place]:
    digest = db.session.get(Digest, delivery.digest_id) if delivery.digest_id else None
    return [(None, digest.campaign_id)] if digest else []


def _of_help_call(delivery: Delivery) -> list[Place]:
    call = db.session.get(HelpCall, delivery.help_call_id) if delivery.help_call_id else None
    return [(call.congress_id, None)] if call else []


def _may_know_of_role(delivery: Delivery, user: User, held: list[Held]) -> bool:
    """Whether a role that ends is the account's own, or that of an account that it may edit."""
    given = ending_roles.of(delivery)
    return given is not None and (given.user_id == user.id or allowed_on(held, Permission.USER_EDIT, None, None))


def _may_fetch_a_file(user: User, held: list[Held]) -> bool:
    """Whether the account may still download at least one of the files that were made for it."""
    with in_every_scope():
        segments = [one.scheduled_export.segment for one in scheduled_exports.files_of(user)]
        return any(
            allowed_on(held, permission_for(one), one.congress_id, one.campaign_id)
            for one in segments
            if one is not None and one.removed_at is None
        )


_FREE = frozenset({DeliveryKind.INVITATION, DeliveryKind.ACCOUNT_CHANGED})
"""Emails about nothing but the account itself."""

_OF_BRIGADES = frozenset({DeliveryKind.REMINDER, DeliveryKind.BRIGADE_ACTION})
"""Emails about what an account sees or what waits in the brigades that it coordinates; the composers leave the rest out."""

_NEEDS = {
    DeliveryKind.ALARM: _Need(Permission.STATE_VIEW, lambda _delivery: [(None, None)]),
    DeliveryKind.ASSIGNMENT: _Need(Permission.FOLLOW_UP_VIEW, _of_actions),
    DeliveryKind.ESCALATION: _Need(Permission.FOLLOW_UP_VIEW, _of_actions),
    DeliveryKind.MENTION: _Need(Permission.FOLLOW_UP_VIEW, _of_actions),
    DeliveryKind.DIGEST_TEST: _Need(Permission.DIGEST_EDIT, _of_digest),
    DeliveryKind.DRAFT: _Need(Permission.DIGEST_APPROVE, _of_digest),
    DeliveryKind.MAILING_TEST: _Need(Permission.PERSON_EDIT, _of_mailing),
    DeliveryKind.HELP_CALL: _Need(Permission.CHECK_IN_VIEW, _of_help_call),
}
