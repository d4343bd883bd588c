"""The devices on which accounts are signed in."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.sessions import IDLE, LONGEST, UserSession, digest_of
from app.queries.lookup import kept, one


def by_key(key: str) -> UserSession | None:
    """Return the open session with a key, and its account, which has to be open as well."""
    found = select(UserSession).join(UserSession.user).options(contains_eager(UserSession.user))
    is_open = (*_open(), User.deactivated_at.is_(None), kept(User))
    return db.session.scalar(found.where(UserSession.key_digest == digest_of(key), *is_open))


def of(user: User) -> Sequence[UserSession]:
    """Return the open sessions of an account, the one that was used last first."""
    found = select(UserSession).where(UserSession.user_id == user.id, *_open())
    return db.session.scalars(found.order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())).all()


def get(user: User, session_id: int) -> UserSession:
    """Return a session of an account, open or not."""
    return one(UserSession, UserSession.id == session_id, UserSession.user_id == user.id)


def _open() -> tuple[ColumnElement[bool], ...]:
    now = clock.now()
    return (
        UserSession.ended_at.is_(None),
        UserSession.created_at > now - LONGEST,
        UserSession.last_seen_at > now - IDLE,
    )
