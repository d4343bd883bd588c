"""Second factors of every kind, recovery codes, and resets that have not ended."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.factors import RESET_DELAY, Factor, FactorReset, RecoveryCodes
from app.models.accounts.passkeys import Passkey
from app.queries.lookup import one


def of(user_id: int) -> Factor | None:
    """Return the one-time codes of an account, confirmed or not."""
    return db.session.scalar(select(Factor).where(Factor.user_id == user_id))


def confirmed(user_id: int) -> Factor | None:
    """Return the one-time codes of an account that are asked for when signing in."""
    return db.session.scalar(select(Factor).where(Factor.user_id == user_id, Factor.confirmed_at.is_not(None)))


def exists_for(user_id: int) -> ColumnElement[bool]:
    """Return the condition that an account has a second factor: one-time codes, or a passkey."""
    has_codes = exists().where(Factor.user_id == user_id, Factor.confirmed_at.is_not(None))
    return or_(has_codes, exists().where(Passkey.user_id == user_id))


def has_one(user_id: int) -> bool:
    """Return whether an account has a second factor."""
    return bool(db.session.scalar(select(exists_for(user_id))))


def recovery_codes(user_id: int) -> RecoveryCodes | None:
    """Return the recovery codes of an account."""
    return db.session.scalar(select(RecoveryCodes).where(RecoveryCodes.user_id == user_id))


def passkeys(user_id: int) -> Sequence[Passkey]:
    """Return the passkeys of an account, the oldest first."""
    return db.session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)).all()


def passkey(user: User, passkey_id: int) -> Passkey:
    """Return a passkey of an account."""
    return one(Passkey, Passkey.id == passkey_id, Passkey.user_id == user.id)


def passkey_known_as(credential_id: str) -> Passkey | None:
    """Return the passkey that a device knows by an id, with its account."""
    found = select(Passkey).where(Passkey.credential_id == credential_id)
    return db.session.scalar(found.options(joinedload(Passkey.user)))


def open_reset(user_id: int) -> FactorReset | None:
    """Return the reset of an account's factors that was asked for and has not ended."""
    found = select(FactorReset).where(FactorReset.user_id == user_id, FactorReset.ended_at.is_(None))
    people = (joinedload(FactorReset.asked_by), joinedload(FactorReset.approved_by))
    return db.session.scalar(found.options(*people))


def reset(reset_id: int) -> FactorReset:
    """Return a reset, ended or not."""
    return one(FactorReset, FactorReset.id == reset_id, options=(joinedload(FactorReset.user),))


def due_resets() -> Sequence[FactorReset]:
    """Return the approved resets whose delay has passed."""
    due = (FactorReset.ended_at.is_(None), FactorReset.approved_at <= clock.now() - RESET_DELAY)
    return db.session.scalars(select(FactorReset).where(*due).options(joinedload(FactorReset.user))).all()
