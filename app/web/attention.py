"""What admins are told on every page: that a part of the house needs attention."""

from collections.abc import Sequence

from flask import Flask, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.models.accounts.alarms import Sign
from app.policy import Permission
from app.queries import state
from app.web.access import may
from app.web.templating import signed_in
from app.wording.state import title_of

_TELLING = ("state.show", "today.index")
"""Pages that tell it themselves, in more words."""


def register(app: Flask) -> None:
    """Register the template helper."""
    app.jinja_env.globals.update(needing_attention=_needing_attention)


def _needing_attention() -> list[str]:
    """Return the names of what needs attention, for the banner of a page; nothing for those who are not told."""
    if request.endpoint in _TELLING or "held" not in g or not signed_in() or not may(Permission.STATE_VIEW):
        return []
    return [title_of(sign) for sign in _signs()]


def _signs() -> Sequence[Sign]:
    settings = current_app.config["SETTINGS"]
    try:
        return state.signs_needing_attention(settings)
    except SQLAlchemyError:  # an error page is shown even if the database is out of order
        db.session.rollback()
        return [line.sign for line in state.of_machine(settings) if line.needs_attention]
