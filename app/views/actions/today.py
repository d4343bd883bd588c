"""Today: what waits for me."""

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from app.config import MEMBER_LOCALES
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.campaigns import campaigns, digests
from app.queries.congress import congresses
from app.queries.mail import deliveries
from app.web.access import Access, may, requires
from app.web.current_user import reader
from app.web.redirects import back

bp = Blueprint("today", __name__)


@bp.get("/")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show what waits for the one who asks."""
    drafts = [
        draft for draft in digests.waiting_for_approval() if may(Permission.DIGEST_APPROVE, None, draft.campaign_id)
    ]
    return render_template(
        "actions/today/index.html",
        follow_ups=follow_ups.waiting_for(reader()),
        drafts=drafts,
        congresses=congresses.listing(),
        campaigns=campaigns.listing(),
        mail=deliveries.state() if may(Permission.DELIVERY_VIEW) else None,
    )


@bp.post("/language")
@requires(Access.PUBLIC)
def language() -> ResponseReturnValue:
    """Remember the language that a visitor chose for this browser."""
    chosen = request.form.get("locale", "")
    if chosen in MEMBER_LOCALES:
        session["locale"] = chosen
        refresh()
    return back()
