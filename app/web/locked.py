"""A house that is locked: every address answers a short page, which says that nothing was lost.

Three things stay possible: opening the house, programs that watch it, and the personal pages of delegates, who may call for
help. What they type is encrypted to a key that this process does not have (`app/sealing.py`).
"""

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.accounts import field_keys, log
from app.extensions import db, login_manager
from app.models.oversight.chain import Actor
from app.models.oversight.lines import ActorKind
from app.queries.accounts import locks
from app.sealing import SealError, blind
from app.web import access
from app.web.access import Access, required_by
from app.web.cookieless import as_stranger, sent_fields

_OPEN = {"locks.opening", "today.language"}
"""What works in a house that is locked as in any other."""
_FOR_DELEGATES = {"personal.show", "personal.call", "personal.answer"}
"""Pages of delegates, which show little but take a call for help."""
_RETRY_SECONDS = 600


def register(app: Flask) -> None:
    """Look before every request whether the house is locked."""
    app.before_request(_keep_closed)
    app.register_error_handler(SealError, _withdrawn)


def is_locked() -> bool:
    """Return whether this request is answered in a house that is locked."""
    return "house_lock" in g


def _keep_closed() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static" or required_by(endpoint) is Access.MACHINE:
        return None
    access.begin()
    standing = field_keys.follow(current_app.config["SETTINGS"].var_dir)
    if standing is None:
        return None
    g._login_user = login_manager.anonymous_user()  # noqa: SLF001 - otherwise, Flask-Login would look for a session
    if endpoint in _OPEN:
        return None
    g.house_lock = standing
    if endpoint in _FOR_DELEGATES:
        log.act(Actor(ActorKind.LINK, endpoint))
        with blind():
            return current_app.ensure_sync(current_app.view_functions[endpoint])(**(request.view_args or {}))  # type: ignore[no-any-return]
    return _closed()


def _withdrawn(error: SealError) -> ResponseReturnValue:
    """Answer a request that was under way when the house was locked, and whose key was withdrawn meanwhile."""
    db.session.rollback()
    standing = locks.standing()
    if standing is None:
        raise error
    g.house_lock = standing
    return _closed()


def _closed() -> ResponseReturnValue:
    """Return the page; what was typed into a form is in it, with a button that sends it again."""
    g._login_user = login_manager.anonymous_user()  # noqa: SLF001 - otherwise, Flask-Login would look for a session
    as_stranger()
    shown = {"path": request.full_path.rstrip("?"), "fields": sent_fields() if request.method == "POST" else None}
    return render_template("errors/closed.html", **shown), 503, {"Retry-After": str(_RETRY_SECONDS)}
