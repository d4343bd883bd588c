"""Who is signed in on this device. The cookie contains a random key; a row says whose session it is, and until when."""

from datetime import timedelta
from typing import cast

from flask import Flask, g, request, session
from flask_babel import refresh
from flask_login import login_user, logout_user

from app import clock
from app.dialects.unhurried import write_unless_busy
from app.domain.accounts import sessions
from app.extensions import db, login_manager
from app.models.accounts.accounts import User
from app.models.accounts.sessions import IDLE, UserSession
from app.queries.accounts import sessions as session_queries

SEEN_EVERY = timedelta(minutes=10)
"""How often a session records that it is in use; writing at every request would make readers wait for writers."""

_KEY = "_user_id"
"""Where Flask-Login keeps the key."""
_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "Chrom": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
"""What each browser is recognized by, in this order: most of them also claim to be those below."""
_SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS",
    "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip


def register(app: Flask) -> None:
    """Find the account of each request by the key in its cookie."""
    app.permanent_session_lifetime = IDLE
    login_manager.session_protection = None  # phones change their IP address at every cell
    login_manager.user_loader(_load)
    login_manager.init_app(app)


def begin(user: User) -> UserSession:
    """Sign an account in on this device, in the transaction of the request; whoever was signed in before is signed out."""
    _end_current()
    session.clear()
    g.pop("csrf_token", None)  # the token belongs to the previous session; the next page needs one of the new session
    session.permanent = True
    login_user(user)
    row, session[_KEY] = sessions.begin(user, device_of(request.headers.get("User-Agent", "")))
    refresh()
    return row


def confirm() -> None:
    """Record, in the transaction of the request, that the user of this session has proven again who it is."""
    session[_KEY] = sessions.confirm(current())


def end() -> None:
    """Sign out on this device, in the transaction of the request."""
    _end_current()
    logout_user()
    session.clear()


def current() -> UserSession:
    """Return the session of this device; only for views that require signing in."""
    return cast("UserSession", g.user_session)


def note_use() -> None:
    """Record now and then that this session is in use, and let its cookie live as long again.

    Requests that only read do this in a transaction of their own, which does not wait if others are writing. One that writes
    is followed by one that reads.
    """
    row = current()
    if request.method in ("GET", "HEAD") and row.last_seen_at < clock.now() - SEEN_EVERY:
        write_unless_busy(db.engine, sessions.seen(row))
        session.modified = True


def device_of(user_agent: str) -> str:
    """Return browser and system in as few words as a person needs to recognize a device; empty if they are unknown."""
    found = (next((name for sign, name in names.items() if sign in user_agent), "") for names in (_BROWSERS, _SYSTEMS))
    return " · ".join(filter(None, found))


def _load(key: str) -> User | None:
    g.user_session = session_queries.by_key(key)
    return g.user_session.user if g.user_session else None


def _end_current() -> None:
    row = session_queries.by_key(session.get(_KEY, ""))
    if row is not None:
        sessions.end(row)
