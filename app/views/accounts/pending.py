"""Changes of shared records that wait: for the current user, and those that the current user has proposed."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain import pending
from app.policy import Permission
from app.queries.accounts import pending as queries
from app.web.access import requires
from app.web.current_user import reader
from app.web.pending import may_decide, page_of
from app.web.submit import press
from app.web.undoing import offer_undo
from app.wording.pending import record_name

bp = Blueprint("pending", __name__, url_prefix="/changes")


@bp.get("")
@requires(Permission.ARTICLE_EDIT)
def index() -> ResponseReturnValue:
    """Show the changes that wait for the user, those that the user proposed, and what was decided lately."""
    user, waiting = reader(), queries.waiting()
    mine = [one for one in waiting if one.proposed_by_id == user.id]
    lately = [one for one in queries.decided_lately() if one.proposed_by_id == user.id or may_decide(one)]
    return render_template(
        "accounts/pending/index.html", waiting=[one for one in waiting if may_decide(one)], mine=mine, lately=lately
    )


@bp.post("/<int:pending_id>/<any(accept, decline, reopen):verb>")
@requires(Permission.ARTICLE_EDIT)
def decide(pending_id: int, verb: str) -> ResponseReturnValue:
    """Accept or decline a change, or take such a decision back."""
    change, user = queries.get(pending_id), reader()
    if not may_decide(change):
        abort(404)
    act, done = {
        "accept": (pending.accept, gettext("Accepted. The record was changed.")),
        "decline": (pending.decline, gettext("Declined. The record stays as it is.")),
        "reopen": (pending.reopen, gettext("Taken back. The change waits again.")),
    }[verb]

    def write() -> None:
        act(change, by=user)
        if verb != "reopen":
            offer_undo(url_for("pending.decide", pending_id=change.id, verb="reopen"))

    return press(write, then=page_of(change), done=done)


@bp.post("/<int:pending_id>/withdraw")
@requires(Permission.ARTICLE_EDIT)
def withdraw(pending_id: int) -> ResponseReturnValue:
    """Take back a change that the user has proposed."""
    change = queries.get(pending_id)
    if change.proposed_by_id != reader().id:
        abort(404)
    page, name = page_of(change), record_name(change)
    return press(lambda: pending.withdraw(change), then=page, done=gettext("Withdrawn."), undo=name)
