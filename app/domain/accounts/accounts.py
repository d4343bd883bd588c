"""Accounts and grants."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict

from sqlalchemy import delete, select

from app import clock
from app.domain.accounts import audit, notices, removals, sessions, submissions
from app.domain.accounts.passwords import hash_password
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.email_addresses import checked
from app.extensions import db
from app.models.accounts.accounts import Grant, Role, User
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.accounts import accounts
from app.queries.lookup import REMOVED_FOR
from app.text import N_
from app.times import next_daily, to_instant

FIRST_ADMIN = "first admin"
"""A key that can be claimed once, so that two people who open the first address together do not both become admin."""

FORGOTTEN = "@removed.invalid"
"""The suffix of the address of an account that can no longer be restored."""


class ProfileValues(TypedDict):
    """The name, address and preferences of an account's owner."""

    name: str
    locale: str
    timezone: str


class OwnProfileValues(ProfileValues):
    """What the owner of an account chooses besides."""

    reminder_hour: int
    quiet_days: list[int]


class AccountValues(ProfileValues):
    """What an admin records about another person's account."""

    email: str


class FirstAdminValues(AccountValues):
    """The account that a person creates in an installation without accounts."""

    password: str


def create_user(
    *,
    email: str,
    name: str,
    locale: str,
    timezone: str,
    password: str | None = None,
    invited: bool = True,
    by: User | None = None,
) -> User:
    """Create an account; an invited one gets an email, from `by`, to choose a password.

    Raises DomainError on `email` if there is an account with the address, or if no mail server accepts it.
    """
    email = checked(email)
    check_email(email)
    user = User(
        email=email,
        name=name,
        locale=locale,
        timezone=timezone,
        password_hash=hash_password(password, name, email) if password else None,
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    if invited and password is None:
        invite(user, by=by)
    return user


def check_email(email: str) -> None:
    """Raise DomainError if there is an account with an email address."""
    known = accounts.by_email(email)
    if known is not None and known.removed_at is not None:
        raise DomainError("email", N_("The account with this address was removed. It can be restored instead."))
    if known is not None:
        raise DomainError("email", N_("There is already an account with this address."))


def create_first_admin(*, email: str, name: str, locale: str, timezone: str, password: str) -> User:
    """Create the account that is admin of everything in an installation without accounts.

    Raises DomainError if there is an account already, even if two are created at the same moment.
    """
    if not submissions.begin(FIRST_ADMIN, None, "") or not accounts.is_empty():
        raise DomainError(None, N_("The first admin already has an account. Sign in, or ask for an invitation."))
    user = create_user(email=email, name=name, locale=locale, timezone=timezone, password=password)
    grant(user, Role.ADMIN, by=None)
    return user


def invite(user: User, *, by: User | None = None) -> None:
    """Queue an email with a link where the owner of the account chooses a password; `by` is who invites them.

    The occasion is the current minute, so pressing the button twice sends one email.
    """
    at = clock.now()
    if by is not None and user.password_hash is None:
        user.invited_by_id = by.id
    deliveries.queue(DeliveryKind.INVITATION, user=user, occasion=f"{at:%Y-%m-%dT%H:%M}", due_at=at)


def set_password(user: User, password: str) -> None:
    """Set the password and end all sessions of the account."""
    is_changed = user.password_hash is not None
    user.password_hash = hash_password(password, user.name, user.email)
    sessions.end_all(user)
    db.session.flush()
    if is_changed:
        notices.password_changed(user)


def update_profile(user: User, values: OwnProfileValues) -> None:
    """Change the name and preferences of the account's owner."""
    with audit.changing(user, facts):
        for name in (*ProfileValues.__annotations__, "reminder_hour", "quiet_days"):
            setattr(user, name, values[name])  # type: ignore[literal-required]


def check_quiet_days(days: Sequence[int] | None) -> None:
    """Raise DomainError on `quiet_days` if no day of the week is left."""
    if len(set(days or ())) == 7:
        raise DomainError("quiet_days", N_("Leave at least one day for the letter."))


def reactivate(user: User) -> None:
    """Reopen the account."""
    with audit.changing(user, facts):
        user.deactivated_at = None


def bring_back(user: User) -> None:
    """Restore a removed account with its roles; emails that were withdrawn with it are due again."""
    removed_at = user.removed_at
    if removed_at is None:
        return
    removals.bring_back(user)
    deliveries.requeue(Delivery.user_id, [user.id], withdrawn_at=removed_at)


def sweep() -> None:
    """Anonymize accounts that can no longer be restored: only the name remains, for their actions and changes."""
    past = select(User).where(User.removed_at <= clock.now() - REMOVED_FOR, ~User.email.endswith(FORGOTTEN))
    for user in db.session.scalars(past):
        user.password_hash, user.email = None, f"{user.id}{FORGOTTEN}"
        db.session.execute(delete(Grant).where(Grant.user_id == user.id))
    db.session.flush()


def grant(
    user: User,
    role: Role,
    *,
    by: User | None,
    congress_id: int | None = None,
    campaign_id: int | None = None,
    ends_at: datetime | None = None,
) -> Grant:
    """Grant a role on one congress, one campaign or everything, perhaps with an end.

    Granting it again changes nothing but its end.
    """
    if congress_id is not None and campaign_id is not None:
        raise DomainError("scope", N_("Choose a congress or a campaign."))
    same = select(Grant).where(
        Grant.user_id == user.id,
        Grant.role == role,
        Grant.congress_id.is_(None) if congress_id is None else Grant.congress_id == congress_id,
        Grant.campaign_id.is_(None) if campaign_id is None else Grant.campaign_id == campaign_id,
        Grant.standing(),
    )
    existing = db.session.scalar(same)
    before = facts(user)
    if existing is not None:
        if existing.ends_at != ends_at:
            if ends_at is not None and congress_id is None and campaign_id is None:
                keep_an_admin(user)
            existing.ends_at = ends_at
            db.session.flush()
            audit.note(user, "changed", before, facts(user))
        return existing
    given = Grant(
        user_id=user.id,
        role=role,
        congress_id=congress_id,
        campaign_id=campaign_id,
        granted_by_id=by.id if by else None,
        granted_at=clock.now(),
        ends_at=ends_at,
    )
    db.session.add(given)
    db.session.flush()
    if by is not None:  # the first admin's role, which nobody granted, is created before there is a scope
        audit.note(user, "changed", before, facts(user))
    return given


def facts(user: User) -> audit.Facts:
    """Return what the history of an account tells."""
    standing = select(Grant).where(Grant.user_id == user.id, Grant.standing())
    roles = [_role(one) for one in db.session.scalars(standing)]
    return audit.facts_of(user, ("name", "locale", "timezone", "reminder_hour", "quiet_days")) | {
        "is_closed": user.deactivated_at is not None,
        "roles": sorted(roles, key=str),
    }


def end_of(day: date | None, timezone: str) -> datetime | None:
    """Return the instant at which a day ends in a zone."""
    return next_daily(to_instant(datetime.combine(day, time(12)), timezone, "until"), timezone, 0) if day else None


def check_last_day(day: date | None) -> None:
    """Raise DomainError on `until` if the last day of a role is over everywhere."""
    if day is not None and day < clock.now().date() - timedelta(days=1):
        raise DomainError("until", N_("This day is over. Choose a later one."))


def keep_an_admin(user: User) -> None:
    """Raise DomainError if an account is the last open one that is admin of everything without an end.

    The admins are locked first, so that of two who revoke each other at the same moment, the second one is refused.
    """
    if not accounts.is_admin(user):
        return
    accounts.lock_admins()
    if not accounts.has_other_admin(user):
        raise DomainError(None, N_("At least one admin must remain. Make someone else an admin first."))


def _role(given: Grant) -> list[Any]:
    where = [given.role.value, given.congress_id, given.campaign_id]
    return where if given.ends_at is None else [*where, given.ends_at.isoformat()]
