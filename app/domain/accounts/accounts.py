"""Accounts and grants."""

import secrets
from typing import TypedDict

from sqlalchemy import select

from app import clock
from app.domain.accounts import submissions
from app.domain.accounts.passwords import hash_password
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.email_addresses import checked
from app.extensions import db
from app.models.accounts.accounts import Grant, Role, User
from app.models.mail.deliveries import DeliveryKind
from app.queries.accounts import accounts
from app.text import N_

FIRST_ADMIN = "first admin"
"""A key that can be claimed once, so that two people who open the first address together do not both become admin."""


class ProfileValues(TypedDict):
    """The name, address and preferences of an account's owner."""

    name: str
    locale: str
    timezone: str


class AccountValues(ProfileValues):
    """What an admin records about another person's account."""

    email: str


class FirstAdminValues(AccountValues):
    """The account that a person creates in an installation without accounts."""

    password: str


def create_user(
    *, email: str, name: str, locale: str, timezone: str, password: str | None = None, invited: bool = True
) -> User:
    """Create an account; an invited one gets an email to choose a password.

    Raises DomainError on `email` if there is an account with the address, or if no mail server accepts it.
    """
    email = checked(email)
    if db.session.scalar(select(User.id).where(User.email == email)) is not None:
        raise DomainError("email", N_("There is already an account with this address."))
    user = User(
        email=email,
        name=name,
        locale=locale,
        timezone=timezone,
        password_hash=hash_password(password) if password else None,
        session_key=secrets.token_urlsafe(24),
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    if invited and password is None:
        invite(user)
    return user


def create_first_admin(*, email: str, name: str, locale: str, timezone: str, password: str) -> User:
    """Create the account that is admin of everything in an installation without accounts.

    Raises DomainError if there is an account already, even if two are created at the same moment.
    """
    if not submissions.begin(FIRST_ADMIN, None, "") or not accounts.is_empty():
        raise DomainError(None, N_("The first admin already has an account. Sign in, or ask for an invitation."))
    user = create_user(email=email, name=name, locale=locale, timezone=timezone, password=password)
    grant(user, Role.ADMIN, by=None)
    return user


def invite(user: User) -> None:
    """Queue an email with a link where the owner of the account chooses a password.

    The occasion is the current minute, so pressing the button twice sends one email.
    """
    at = clock.now()
    deliveries.promise(DeliveryKind.INVITATION, user=user, occasion=f"{at:%Y-%m-%dT%H:%M}", due_at=at)


def set_password(user: User, password: str) -> None:
    """Set the password and end every other session of the account."""
    user.password_hash = hash_password(password)
    user.session_key = secrets.token_urlsafe(24)
    db.session.flush()


def update_profile(user: User, *, name: str, locale: str, timezone: str) -> None:
    """Change the name, address and preferences of the account's owner."""
    user.name, user.locale, user.timezone = name, locale, timezone
    db.session.flush()


def deactivate(user: User) -> None:
    """Close the account: it cannot sign in, and each of its sessions ends with its next request."""
    user.deactivated_at = clock.now()
    user.session_key = secrets.token_urlsafe(24)
    db.session.flush()


def reactivate(user: User) -> None:
    """Reopen the account."""
    user.deactivated_at = None
    db.session.flush()


def grant(
    user: User, role: Role, *, by: User | None, congress_id: int | None = None, campaign_id: int | None = None
) -> Grant:
    """Grant a role on one congress, one campaign or everything; granting it again changes nothing."""
    if congress_id is not None and campaign_id is not None:
        raise DomainError("scope", N_("Choose a congress or a campaign."))
    same = select(Grant).where(
        Grant.user_id == user.id,
        Grant.role == role,
        Grant.congress_id.is_(None) if congress_id is None else Grant.congress_id == congress_id,
        Grant.campaign_id.is_(None) if campaign_id is None else Grant.campaign_id == campaign_id,
        Grant.revoked_at.is_(None),
    )
    existing = db.session.scalar(same)
    if existing is not None:
        return existing
    given = Grant(
        user_id=user.id,
        role=role,
        congress_id=congress_id,
        campaign_id=campaign_id,
        granted_by_id=by.id if by else None,
        granted_at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    return given


def revoke(given: Grant) -> None:
    """Revoke a grant, effective with the next request; the last admin of everything keeps theirs."""
    if given.role == Role.ADMIN and given.congress_id is None and given.campaign_id is None:
        others = select(Grant.id).where(
            Grant.id != given.id,
            Grant.role == Role.ADMIN,
            Grant.congress_id.is_(None),
            Grant.campaign_id.is_(None),
            Grant.revoked_at.is_(None),
        )
        if db.session.scalar(others.limit(1)) is None:
            raise DomainError(None, N_("At least one admin must remain. Make someone else an admin first."))
    given.revoked_at = given.revoked_at or clock.now()
    db.session.flush()
