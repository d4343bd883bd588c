"""Accounts and their grants."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app import clock
from app.dialects import folded
from app.email_addresses import normalized
from app.extensions import db
from app.models.accounts.accounts import Grant, Role, User
from app.models.accounts.house import HouseSettings
from app.models.scoping import EVERYTHING, Scope
from app.policy import Held, Permission, can, giving
from app.queries.accounts import factors
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.paging import Page, holding_words, page_of


def by_email(email: str) -> User | None:
    """Return the account with an address, in any spelling."""
    return db.session.scalar(select(User).where(User.email == normalized(email)))


def is_empty() -> bool:
    """Return whether nobody has an account yet."""
    return db.session.scalar(select(User.id).limit(1)) is None


def by_calendar_key(key: str) -> User | None:
    """Return the open account to whose calendars a secret belongs."""
    return db.session.scalar(select(User).where(User.calendar_key == key, User.deactivated_at.is_(None), kept(User)))


def get(user_id: int) -> User:
    """Return an account with its grants."""
    return one(User, User.id == user_id, kept(User), options=(selectinload(User.grants),))


def removed() -> Sequence[User]:
    """Return the accounts that can be restored."""
    return removed_lately(User)


def get_restorable(user_id: int) -> User:
    """Return an account, removed or not, as long as it can be restored."""
    return restorable(User, User.id == user_id)


def is_admin(user: User) -> bool:
    """Return whether an account is an admin without a scope limit."""
    return any(one.role == Role.ADMIN and one.on_everything for one in held(user))


def admins() -> Sequence[User]:
    """Return the open accounts that are admins without a scope limit, by name."""
    return _holding(false(), Role.ADMIN)


def lock_admins() -> None:
    """Let no other transaction change an admin's account or role until this one ends."""
    granted = select(Grant.user_id).where(Grant.role == Role.ADMIN)
    locked = select(User.id).where(User.id.in_(granted)).order_by(User.id).with_for_update(of=User)
    db.session.execute(locked).all()


def has_other_admin(user: User) -> bool:
    """Return whether any other open account is an admin without a scope limit and without an end."""
    everything = Grant.congress_id.is_(None) & Grant.campaign_id.is_(None)
    admins = select(User.id).where(
        User.id != user.id,
        User.deactivated_at.is_(None),
        kept(User),
        User.grants.any(everything & (Grant.role == Role.ADMIN) & Grant.standing() & Grant.ends_at.is_(None)),
    )
    return db.session.scalar(admins.limit(1)) is not None


def ended_grants() -> Sequence[Grant]:
    """Return the grants that are over but not closed yet, each locked with its account."""
    over = (Grant.revoked_at.is_(None), Grant.ends_at <= clock.now())
    found = select(Grant).where(*over).options(joinedload(Grant.user)).order_by(Grant.id)
    return db.session.scalars(found.with_for_update(of=Grant, skip_locked=True)).all()


def grants_ending_within(span: timedelta) -> Sequence[Grant]:
    """Return the roles of open accounts that end within some time from now."""
    soon = (Grant.standing(), Grant.ends_at <= clock.now() + span, User.deactivated_at.is_(None), kept(User))
    found = select(Grant).join(Grant.user).where(*soon).options(contains_eager(Grant.user)).order_by(Grant.id)
    return db.session.scalars(found).all()


def get_grant(user_id: int, grant_id: int) -> Grant:
    """Return a grant of an account."""
    return one(Grant, Grant.id == grant_id, Grant.user_id == user_id)


class Show(StrEnum):
    """Filter for the list of accounts."""

    OPEN = "open"
    INVITED = "invited"
    CLOSED = "closed"


def find(typed: str, show: str, number: int) -> Page[User]:
    """Return a page of the accounts with their grants, by name; name and address must contain every word of `typed`.

    `show` is a value of Show, or empty for all.
    """
    shown: dict[str, tuple[ColumnElement[bool], ...]] = {
        Show.OPEN: (User.deactivated_at.is_(None), User.password_hash.is_not(None)),
        Show.INVITED: (User.deactivated_at.is_(None), User.password_hash.is_(None)),
        Show.CLOSED: (User.deactivated_at.is_not(None),),
    }
    found = select(User).where(kept(User), *shown.get(show, ()), *holding_words(typed, User.name, User.email))
    return page_of(found.options(selectinload(User.grants)).order_by(folded(User.name), User.id), number)


def standing(user: User) -> tuple[list[Held], bool]:
    """Return the roles that an account holds now, and whether one of them needs a second factor that it does not have."""
    needing = select(HouseSettings.factor_roles).scalar_subquery()
    found = select(Grant.role, Grant.congress_id, Grant.campaign_id, needing, factors.exists_for(user.id))
    rows = db.session.execute(found.where(Grant.user_id == user.id, Grant.standing())).all()
    return [Held(*row[:3]) for row in rows], any(row[0] in (row[3] or []) and not row[4] for row in rows)


def held(user: User) -> list[Held]:
    """Return the roles that an account holds now; read on every request, so that one that is revoked or over ends at once."""
    standing = select(Grant.role, Grant.congress_id, Grant.campaign_id)
    rows = db.session.execute(standing.where(Grant.user_id == user.id, Grant.standing()))
    return [Held(*row) for row in rows]


def scope(roles: list[Held]) -> Scope:
    """Return the scope that the roles grant together, and where they show how to reach people at risk."""
    protecting = giving(roles, Permission.PERSON_PROTECTED)
    return replace(_covered(roles), protected=_covered(protecting) if protecting else None)


def _covered(roles: list[Held]) -> Scope:
    if any(one.on_everything for one in roles):
        return EVERYTHING
    return Scope(
        frozenset(role.congress_id for role in roles if role.congress_id is not None),
        frozenset(role.campaign_id for role in roles if role.campaign_id is not None),
    )


def assignees(*congress_ids: int, campaign_ids: Collection[int] = ()) -> Sequence[User]:
    """Return the open accounts that work on any of some congresses and campaigns, or on everything, by name.

    These are coordinators, organizers and admins.
    """
    places = Grant.congress_id.in_(congress_ids) | Grant.campaign_id.in_(campaign_ids)
    return _holding(places, *(role for role in Role if role != Role.MEMBER))


def working_on(congress_id: int | None, campaign_id: int | None) -> Sequence[User]:
    """Return the open accounts that work on a congress, on a campaign, or, with neither, on everything, by name."""
    return assignees(
        *([] if congress_id is None else [congress_id]), campaign_ids=[] if campaign_id is None else [campaign_id]
    )


def coordinators(congress_id: int) -> Sequence[User]:
    """Return the open accounts that coordinate a congress; if there are none, all that work on it, by name."""
    return _holding(Grant.congress_id == congress_id, Role.COORDINATOR, Role.ADMIN) or assignees(congress_id)


def approvers(campaign_id: int) -> Sequence[User]:
    """Return the open accounts that may approve digests of a campaign."""
    roles = (role for role in Role if can(role, Permission.DIGEST_APPROVE, in_scope=True))
    return _holding(Grant.campaign_id == campaign_id, *roles)


def _holding(scope: ColumnElement[bool], *roles: Role) -> Sequence[User]:
    """Return the open accounts with one of the roles in a scope, or without a scope limit, by name."""
    everywhere = Grant.congress_id.is_(None) & Grant.campaign_id.is_(None)
    standing = (scope | everywhere) & Grant.standing() & Grant.role.in_(roles)
    listed = select(User).where(User.deactivated_at.is_(None), kept(User), User.grants.any(standing))
    return db.session.scalars(listed.order_by(User.name, User.id)).all()
