"""Signing in and out: the sessions of accounts."""

import secrets

from sqlalchemy import Update, delete, or_, update

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.sessions import IDLE, LONGEST, UserSession, digest_of

_ENDING = update(UserSession).where(UserSession.ended_at.is_(None))


def begin(user: User, device: str) -> tuple[UserSession, str]:
    """Begin a session on a device; return it, and its key, which only the device keeps."""
    key, now = secrets.token_urlsafe(32), clock.now()
    row = UserSession(key_digest=digest_of(key), user_id=user.id, device=device)
    row.created_at = row.last_seen_at = row.confirmed_at = now
    db.session.add(row)
    db.session.flush()
    return row, key


def confirm(session: UserSession) -> str:
    """Record that the user has proven again who it is; return a new key, and copies of the earlier one are worth nothing."""
    key = secrets.token_urlsafe(32)
    session.key_digest, session.confirmed_at = digest_of(key), clock.now()
    return key


def end(session: UserSession) -> None:
    """End a session: a copy of its cookie is worth nothing from then on."""
    session.ended_at = session.ended_at or clock.now()


def end_others(session: UserSession) -> None:
    """End all other sessions of the same account."""
    db.session.execute(_ending(session.user_id).where(UserSession.id != session.id))


def end_all(user: User) -> None:
    """End all sessions of an account."""
    db.session.execute(_ending(user.id))


def end_everybody() -> None:
    """End all sessions of the house."""
    db.session.execute(_ENDING.values(ended_at=clock.now()))


def seen(session: UserSession) -> Update:
    """Return the statement that records that a session is in use."""
    return update(UserSession).where(UserSession.id == session.id).values(last_seen_at=clock.now())


def sweep() -> None:
    """Delete the sessions that are over."""
    now = clock.now()
    is_over = or_(
        UserSession.ended_at.is_not(None),
        UserSession.created_at <= now - LONGEST,
        UserSession.last_seen_at <= now - IDLE,
    )
    db.session.execute(delete(UserSession).where(is_over))


def _ending(user_id: int) -> Update:
    return _ENDING.where(UserSession.user_id == user_id).values(ended_at=clock.now())
