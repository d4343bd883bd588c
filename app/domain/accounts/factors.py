"""One-time codes: turned on, asked for when signing in, turned off. Lost factors of all kinds are reset by two admins."""

import secrets

from sqlalchemy import delete, update

from app import clock, one_time
from app.domain.accounts import notices, recovery, sessions
from app.domain.accounts.notices import Notice
from app.domain.updates import changes_one, rows_changed
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.factors import Factor, FactorReset
from app.models.accounts.passkeys import Passkey
from app.queries.accounts import factors as factor_queries
from app.text import N_


def begin(user: User) -> None:
    """Create one-time codes, which nothing asks for until their owner types one; those not confirmed are replaced."""
    existing = factor_queries.of(user.id)
    if existing is not None and existing.confirmed_at is not None:
        raise DomainError(None, N_("One-time codes are already on."))
    db.session.execute(delete(Factor).where(Factor.user_id == user.id))
    db.session.add(Factor(user_id=user.id, nonce=secrets.token_urlsafe(24), created_at=clock.now()))
    db.session.flush()


def turn_on(factor: Factor, user: User, typed: str, secret_key: str) -> None:
    """Turn one-time codes on with the first code that their owner reads from the phone; raises DomainError on `code`."""
    if factor.confirmed_at is not None:
        return
    if not _accept_code(factor, typed, secret_key):
        raise DomainError(
            "code", N_("This code is not the current one. Check the time of your phone, and type the next one.")
        )
    factor.confirmed_at = clock.now()
    recovery.provide(user)
    notices.factor_changed(user, Notice.FACTOR_ON)


def accept(user: User, typed: str, secret_key: str) -> bool:
    """Return whether a current code, or an unused recovery code, was typed. None is accepted twice."""
    factor = factor_queries.confirmed(user.id)
    if factor is not None and _accept_code(factor, typed, secret_key):
        return True
    return recovery.accept(user, typed, secret_key)


def _accept_code(factor: Factor, typed: str, secret_key: str) -> bool:
    step = one_time.matching_step(one_time.secret_of(secret_key, factor.nonce), "".join(typed.split()), clock.now())
    if step is None:
        return False
    later = update(Factor).where(Factor.id == factor.id, Factor.last_step < step)
    return changes_one(later.values(last_step=step))


def turn_off(user: User) -> None:
    """Turn the one-time codes of an account off."""
    if changes_one(delete(Factor).where(Factor.user_id == user.id)):
        lost_one(user, Notice.CODES_OFF)


def lost_one(user: User, notice: Notice, number: str = "") -> None:
    """Tell the owner that one of several factors has gone; if it was the last one, the recovery codes go with it."""
    if factor_queries.has_one(user.id):
        notices.factor_changed(user, notice, number)
        return
    recovery.forget(user)
    notices.factor_changed(user, Notice.FACTOR_OFF)


def remove_all(user: User) -> None:
    """Remove every factor of an account, and its recovery codes."""
    removed = [rows_changed(delete(kind).where(kind.user_id == user.id)) for kind in (Factor, Passkey)]
    recovery.forget(user)
    if any(removed):
        notices.factor_changed(user, Notice.FACTOR_OFF)


def ask_reset(user: User, *, by: User) -> None:
    """Ask another admin to approve that lost factors are reset; asking again changes nothing."""
    if user.id == by.id:
        raise DomainError(None, N_("Two other admins reset your second factor."))
    if factor_queries.has_one(user.id) and factor_queries.open_reset(user.id) is None:
        db.session.add(FactorReset(user_id=user.id, asked_by_id=by.id, asked_at=clock.now()))
        db.session.flush()


def approve_reset(reset: FactorReset, *, by: User) -> None:
    """Approve a reset: it is carried out a day later, and its owner is told at once and can cancel it."""
    if by.id in (reset.asked_by_id, reset.user_id):
        raise DomainError(None, N_("Another admin has to approve this."))
    if reset.approved_at is None and reset.ended_at is None:
        reset.approved_by_id, reset.approved_at = by.id, clock.now()
        notices.factor_reset(reset)


def cancel_reset(reset: FactorReset) -> None:
    """Cancel a reset that has not been carried out."""
    reset.ended_at = reset.ended_at or clock.now()


def withdraw_reset(user: User) -> None:
    """Cancel the reset of an account's factor, if there is one that has not been carried out."""
    reset = factor_queries.open_reset(user.id)
    if reset is not None:
        cancel_reset(reset)


def carry_out_resets() -> None:
    """Remove the factors whose reset was approved a day ago, and end the sessions of their accounts."""
    for reset in factor_queries.due_resets():
        remove_all(reset.user)
        sessions.end_all(reset.user)
        reset.ended_at = clock.now()
