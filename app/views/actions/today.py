"""Today: the user's open tasks."""

from collections.abc import Sequence

from flask import Blueprint, current_app, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh

from app import clock
from app.config import MEMBER_LOCALES
from app.forms.listing import ListForm
from app.models.congress.congresses import Congress
from app.policy import Permission
from app.queries import state
from app.queries.actions import brigades
from app.queries.actions import today as today_queries
from app.queries.actions.spans import Span
from app.queries.campaigns import campaigns, digests
from app.queries.congress import congresses, unowned
from app.queries.congress.unowned import Unowned
from app.queries.mail import deliveries
from app.queries.people import mailings
from app.queries.privacy import retention
from app.queries.state import Line
from app.queries.travel import help_calls
from app.views.actions import brigade_actions, quick_entry
from app.web import pending
from app.web.access import Access, may, may_on, requires
from app.web.current_user import reader
from app.web.listing import all_of_them, every, page_number
from app.web.redirects import back
from app.wording.formats import span
from app.wording.state import told

bp = Blueprint("today", __name__)


@bp.get("/")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show the user's open tasks."""
    drafts = [
        draft for draft in digests.waiting_for_approval() if may(Permission.DIGEST_APPROVE, None, draft.campaign_id)
    ]
    listed = congresses.listing()
    mine = brigades.participations(reader())
    form = ListForm(gettext("Title"), every(Span, all_of_them()))
    return render_template(
        "actions/today/index.html",
        form=form,
        waiting=today_queries.waiting_for(reader(), form.shown, page_number(), page_number("others")),
        for_brigades=brigades.shown_to(mine, page_number("brigades")) if mine else None,
        own_page=brigade_actions.own_page,
        Span=Span,
        drafts=drafts,
        paused=_paused(),
        help_calls=help_calls.open_in(_watched(listed)),
        unowned=_unowned(listed),
        congresses=listed,
        campaigns=campaigns.listing(),
        quick=quick_entry.offered(None),
        pending=pending.to_decide() if may(Permission.ARTICLE_EDIT) else 0,
        mail=deliveries.trouble() if may(Permission.DELIVERY_VIEW) else None,
        attention=_needing_attention(),
        deleting_from=retention.next_in_force() if may(Permission.USER_EDIT) else None,
        told=told,
    )


def _paused() -> list[tuple[str, str]]:
    """Return the names and addresses of what is not sent any more until the user resumes it, because it went wrong."""
    found = [
        (
            gettext("Digest, %(window)s", window=span(one.period_start, one.period_end, one.campaign.timezone)),
            url_for("digest_sending.show", campaign_id=one.campaign_id, digest_id=one.id),
        )
        for one in digests.paused_by_themselves()
        if may(Permission.DIGEST_APPROVE, None, one.campaign_id)
    ]
    return found + [
        (one.subject, url_for("mailing_sending.show", mailing_id=one.id))
        for one in mailings.paused_by_themselves()
        if may_on(Permission.DIGEST_APPROVE, one.congress_id, one.campaign_id)
    ]


def _needing_attention() -> list[Line]:
    """Return what in the house needs attention, for those who are told."""
    if not may(Permission.STATE_VIEW):
        return []
    return [line for line in state.all_lines(current_app.config["SETTINGS"]) if line.needs_attention]


def _watched(listed: Sequence[Congress]) -> list[int]:
    """Return the congresses whose calls for help the user may see."""
    return [one.id for one in listed if may(Permission.CHECK_IN_VIEW, one.id)]


def _unowned(listed: Sequence[Congress]) -> list[Unowned]:
    """Return the problems that affect delegations without an action, in congresses that are not over."""
    now = clock.now()
    seen = [one for one in listed if not one.is_over(now) and may(Permission.PROBLEM_VIEW, one.id)]
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
