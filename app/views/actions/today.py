"""Today: the user's open tasks."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh

from app import clock
from app.config import MEMBER_LOCALES
from app.forms.listing import ListForm
from app.models.congress.congresses import Congress
from app.policy import Permission
from app.queries.actions import today as today_queries
from app.queries.actions.today import Span
from app.queries.campaigns import campaigns, digests
from app.queries.congress import congresses, unowned
from app.queries.congress.unowned import Unowned
from app.queries.mail import deliveries
from app.queries.travel import help_calls
from app.views.actions import quick_entry
from app.web.access import Access, may, requires
from app.web.current_user import reader
from app.web.listing import every, page_number
from app.web.redirects import back

bp = Blueprint("today", __name__)


@bp.get("/")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show the user's open tasks."""
    drafts = [
        draft for draft in digests.waiting_for_approval() if may(Permission.DIGEST_APPROVE, None, draft.campaign_id)
    ]
    listed = congresses.listing()
    form = ListForm(gettext("Title"), every(Span))
    return render_template(
        "actions/today/index.html",
        form=form,
        waiting=today_queries.waiting_for(reader(), form.shown, page_number(), page_number("others")),
        Span=Span,
        drafts=drafts,
        help_calls=help_calls.open_in(_watched(listed)),
        unowned=_unowned(listed),
        congresses=listed,
        campaigns=campaigns.listing(),
        quick=quick_entry.offered(None),
        mail=deliveries.state() if may(Permission.DELIVERY_VIEW) else None,
    )


def _watched(listed: Sequence[Congress]) -> list[int]:
    """Return the congresses whose calls for help the user may see."""
    return [one.id for one in listed if may(Permission.CHECK_IN_VIEW, one.id)]


def _unowned(listed: Sequence[Congress]) -> list[Unowned]:
    """Return the problems that affect delegations without an action, in congresses that are not over."""
    today = clock.now().date()
    seen = [one for one in listed if one.end_date >= today and may(Permission.PROBLEM_VIEW, one.id)]
    return [found for congress in seen for found in unowned.of_congress(congress)]


@bp.post("/language")
@requires(Access.PUBLIC)
def language() -> ResponseReturnValue:
    """Store the language that a visitor chose in this browser."""
    chosen = request.form.get("locale", "")
    if chosen in MEMBER_LOCALES:
        session["locale"] = chosen
        refresh()
    return back()
