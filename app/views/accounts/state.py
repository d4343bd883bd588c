"""The state of the house, in words, for admins."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from app.policy import Permission
from app.queries import state
from app.queries.accounts import alarms, locks
from app.queries.mail import queue
from app.queries.privacy import retention
from app.web.access import requires
from app.wording.sending import PRIORITIES
from app.wording.state import title_of, told

bp = Blueprint("state", __name__)


@bp.get("/house/state")
@requires(Permission.STATE_VIEW)
def show() -> ResponseReturnValue:
    """Show what works, what needs attention, since when, and what to do about it."""
    lines = state.all_lines(current_app.config["SETTINGS"])
    return render_template(
        "accounts/state/show.html",
        lines=lines,
        needing=sum(line.needs_attention for line in lines),
        told=told,
        queue=queue.waiting(),
        priorities=PRIORITIES,
        rate=queue.rate(),
        minutes=queue.LATELY,
        sent_lately=queue.sent_lately(),
        title_of=title_of,
        earlier=alarms.earlier(),
        locks=locks.lately(),
        coming=retention.coming(),
    )
