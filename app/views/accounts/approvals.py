"""What waits for a second admin, where the house says so."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import approvals
from app.policy import Permission
from app.queries.accounts import approvals as approval_queries
from app.web.access import requires
from app.web.current_user import reader
from app.web.submit import press

bp = Blueprint("approvals", __name__, url_prefix="/house/approvals")


@bp.get("")
@requires(Permission.USER_EDIT)
def waiting() -> ResponseReturnValue:
    """Show what waits for an approval, and what was decided lately."""
    return render_template("accounts/approvals/waiting.html", requests=approval_queries.lately())


@bp.post("/<int:request_id>/approve")
@requires(Permission.USER_EDIT, fresh=True)
def approve(request_id: int) -> ResponseReturnValue:
    """Approve what another admin has asked for."""
    asked, by = approval_queries.get(request_id), reader()
    return press(lambda: approvals.approve(asked, by=by), then=url_for("approvals.waiting"), done=gettext("Approved."))


@bp.post("/<int:request_id>/refuse")
@requires(Permission.USER_EDIT)
def refuse(request_id: int) -> ResponseReturnValue:
    """Refuse it."""
    asked, by = approval_queries.get(request_id), reader()
    return press(lambda: approvals.refuse(asked, by=by), then=url_for("approvals.waiting"), done=gettext("Refused."))


@bp.post("/<int:request_id>/withdraw")
@requires(Permission.USER_EDIT)
def withdraw(request_id: int) -> ResponseReturnValue:
    """Take one's own request back."""
    asked, by = approval_queries.get(request_id), reader()
    return press(
        lambda: approvals.withdraw(asked, by=by), then=url_for("approvals.waiting"), done=gettext("Taken back.")
    )
