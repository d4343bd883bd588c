"""Lists of actions: all that the user may see, and those of a congress or of a campaign, with their downloads."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.accounts.exports import Exported
from app.domain.actions.follow_ups import Where
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.policy import Permission
from app.queries.actions import board, follow_ups, saved_filters
from app.queries.actions.filters import View
from app.queries.actions.spans import Days, Span
from app.queries.campaigns import campaigns
from app.queries.congress import congresses
from app.queries.paging import in_batches
from app.views.actions import boards, choices, columns, filters, quick_entry
from app.views.actions.selections import OF_ACTIONS
from app.views.people.selections import verbs
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


def _page(where: Where) -> ResponseReturnValue:
    saved = [one for one in saved_filters.of_user(reader()) if not where or "place" not in one.parameters]
    default = next((one for one in saved if one.is_default), None)
    if default is not None and not request.args.keys() - {"view"}:
        return redirect(_address(where, **default.parameters, **request.args))
    form = filters.form_of(where)
    shown, given = filters.filter_of(form, where), form.parameters
    addresses = boards.Addresses(
        lambda **parameters: _address(where, **parameters), given, form.shown_as, whole={"show": ""} if default else {}
    )
    loads = board.workload(shown, Days.around(clock.now(), reader().timezone))
    columns_shown = boards.columns_of(form.shown_as, shown, loads)
    page = None if form.shown_as else follow_ups.find(shown, page_number())
    return render_template(
        "actions/follow_ups/index.html",
        where=where,
        form=form,
        page=page,
        columns=columns_shown,
        loads=loads,
        total=sum(column.total for column in columns_shown) if page is None else page.total,
        addresses=addresses,
        verbs=verbs(OF_ACTIONS),
        kept=given | choices.as_address(where),
        View=View,
        Span=Span,
        heading_of=boards.heading_of,
        name_of=boards.name_of,
        saved=[(one, addresses.with_filter(one.parameters), one.parameters == given) for one in saved],
        new=_new(where),
        templates=url_for("templates.index", **choices.as_address(where)),
        quick=quick_entry.offered(where or None),
        download=url_for(choices.list_of(where).replace(".", ".download_"), **where, **given),
    )


def _download(where: Where, of: Congress | Campaign | User) -> ResponseReturnValue:
    form = filters.form_of(where)
    shown = filters.filter_of(form, where)
    return download(
        Download(
            Exported.ACTIONS,
            gettext("Actions"),
            of=of,
            columns=columns.of_actions(),
            numbers=lambda: follow_ups.numbers(shown),
            rows=lambda numbers: in_batches(numbers, follow_ups.some_by_id),
            parents=[(gettext("Actions"), _address(where, **form.parameters))],
        )
    )


def _address(where: Where, **parameters: Any) -> str:
    return url_for(choices.list_of(where), **where, **parameters)


def _new(where: Where) -> str:
    """Return the address of the form for a new action, if the user may assign any here."""
    if where:
        assigns = may_on(Permission.FOLLOW_UP_ASSIGN, where.get("congress_id"), where.get("campaign_id"))
    else:
        assigns = bool(choices.places())
    return url_for("new_follow_ups.new", **choices.as_address(where)) if assigns else ""
