"""The devices on which the user is signed in."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import sessions
from app.queries.accounts import sessions as session_queries
from app.web.access import Access, requires
from app.web.current_user import reader
from app.web.sessions import current
from app.web.submit import press

bp = Blueprint("sessions", __name__, url_prefix="/account/devices")


@bp.post("/<int:session_id>/end")
@requires(Access.SIGNED_IN, fresh=True)
def end(session_id: int) -> ResponseReturnValue:
    """Sign the user out on one device."""
    row = session_queries.get(reader(), session_id)
    return press(lambda: sessions.end(row), then=_location(), done=gettext("That device is signed out."))


@bp.post("/end-others")
@requires(Access.SIGNED_IN, fresh=True)
def end_others() -> ResponseReturnValue:
    """Sign the user out on every other device."""
    this = current()
    done = gettext("You are signed out on all other devices.")
    return press(lambda: sessions.end_others(this), then=_location(), done=done)


def _location() -> str:
    return url_for("accounts.profile", _anchor="devices")
