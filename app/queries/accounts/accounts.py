"""Accounts and their grants."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from app.dialects import folded
from app.email_addresses import normalized
from app.extensions import db
from app.models.accounts.accounts import Grant, Role, User
from app.models.scoping import EVERYTHING, Scope
from app.policy import Held, Permission, can
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.paging import Page, holding_words, page_of


def by_email(email: str) -> User | None:
    """Return the account with an address, in any spelling."""
    return db.session.scalar(select(User).where(User.email == normalized(email)))


def is_empty() -> bool:
    """Return whether nobody has an account yet."""
    return db.session.scalar(select(User.id).limit(1)) is None


def by_session_key(key: str) -> User | None:
    """Return the open account that a session belongs to."""
    return db.session.scalar(select(User).where(User.session_key == key, User.deactivated_at.is_(None), kept(User)))


def get(user_id: int) -> User:
    """Return an account with its grants."""
    return one(User, User.id == user_id, kept(User), options=(selectinload(User.grants),))


def removed() -> Sequence[User]:
    """Return the accounts that can be restored."""
    return removed_lately(User)


def get_restorable(user_id: int) -> User:
    """Return an account, removed or not, as long as it can be restored."""
    return restorable(User, User.id == user_id)


def has_other_admin(user: User) -> bool:
    """Return whether any other open account is an admin without a scope limit."""
    everything = Grant.congress_id.is_(None) & Grant.campaign_id.is_(None)
    admins = select(User.id).where(
        User.id != user.id,
        User.deactivated_at.is_(None),
        kept(User),
        User.grants.any(everything & (Grant.role == Role.ADMIN) & Grant.revoked_at.is_(None)),
    )
    return db.session.scalar(admins.limit(1)) is not None


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


def held(user: User) -> list[Held]:
    """Return the roles that an account holds now; read on every request, so that a revoked grant ends at once."""
    standing = select(Grant.role, Grant.congress_id, Grant.campaign_id)
    rows = db.session.execute(standing.where(Grant.user_id == user.id, Grant.revoked_at.is_(None)))
    return [Held(*row) for row in rows]


def scope(roles: list[Held]) -> Scope:
    """Return the scope that the roles grant together."""
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
    standing = (scope | everywhere) & Grant.revoked_at.is_(None) & Grant.role.in_(roles)
    listed = select(User).where(User.deactivated_at.is_(None), kept(User), User.grants.any(standing))
    return db.session.scalars(listed.order_by(User.name, User.id)).all()
