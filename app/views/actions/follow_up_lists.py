"""Lists of actions: all that the user may see, and those of a congress or of a campaign, with their downloads."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts.exports import Exported
from app.domain.actions.follow_ups import Where
from app.forms.listing import ListForm
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.actions.follow_ups import Show
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.queries.paging import in_batches
from app.views.actions import choices, columns, quick_entry
from app.web.access import may_on, requires
from app.web.current_user import reader
from app.web.downloads import Download, download
from app.web.listing import page_number

bp = Blueprint("follow_up_lists", __name__)


@bp.get("/follow-ups")
@requires(Permission.FOLLOW_UP_VIEW)
def index() -> ResponseReturnValue:
    """Show the actions of all congresses and campaigns that the user works on, and those of the house."""
    return _page(Where())


@bp.get("/congresses/<int:congress_id>/follow-ups")
@requires(Permission.FOLLOW_UP_VIEW)
def of_congress(congress_id: int) -> ResponseReturnValue:
    """Show the actions of a congress."""
    return _page(Where(congress_id=congresses.get(congress_id).id))


@bp.get("/campaigns/<int:campaign_id>/follow-ups")
@requires(Permission.FOLLOW_UP_VIEW)
def of_campaign(campaign_id: int) -> ResponseReturnValue:
    """Show the actions of a campaign."""
    return _page(Where(campaign_id=campaigns.get(campaign_id).id))


@bp.route("/follow-ups/download", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_VIEW)
def download_index() -> ResponseReturnValue:
    """Download the actions that the search in their list finds."""
    return _download(Where(), reader())


@bp.route("/congresses/<int:congress_id>/follow-ups/download", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_VIEW)
def download_of_congress(congress_id: int) -> ResponseReturnValue:
    """Download the actions of a congress that the search in their list finds."""
    return _download(Where(congress_id=congress_id), congresses.get(congress_id))


@bp.route("/campaigns/<int:campaign_id>/follow-ups/download", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_VIEW)
def download_of_campaign(campaign_id: int) -> ResponseReturnValue:
    """Download the actions of a campaign that the search in their list finds."""
    return _download(Where(campaign_id=campaign_id), campaigns.get(campaign_id))


def _page(where: Where) -> str:
    form = _search_form()
    return render_template(
        "actions/follow_ups/index.html",
        where=where,
        form=form,
        page=follow_ups.find(form.typed, form.shown, page_number(), **where),
        new=_new(where),
        templates=url_for("templates.index", **choices.as_address(where)),
        quick=quick_entry.offered(where or None),
        download=url_for(choices.list_of(where).replace(".", ".download_"), **where, **form.kept()),
    )


def _download(where: Where, of: Congress | Campaign | User) -> ResponseReturnValue:
    form = _search_form()
    return download(
        Download(
            Exported.ACTIONS,
            gettext("Actions"),
            of=of,
            columns=columns.of_actions(),
            numbers=lambda: follow_ups.numbers(form.typed, form.shown, **where),
            rows=lambda numbers: in_batches(numbers, follow_ups.some_by_id),
            parents=[(gettext("Actions"), url_for(choices.list_of(where), **where, **form.kept()))],
        )
    )


def _search_form() -> ListForm:
    shows = [
        ("", gettext("all")),
        (Show.OPEN.value, gettext("open")),
        (Show.OVERDUE.value, gettext("overdue actions")),
        (Show.CLOSED.value, gettext("done or dropped")),
    ]
    return ListForm(gettext("Title, note or person"), shows)


def _new(where: Where) -> str:
    """Return the address of the form for a new action, if the user may assign any here."""
    if where:
        assigns = may_on(Permission.FOLLOW_UP_ASSIGN, where.get("congress_id"), where.get("campaign_id"))
    else:
        assigns = bool(choices.places())
    return url_for("new_follow_ups.new", **choices.as_address(where)) if assigns else ""
