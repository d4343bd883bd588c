"""Calls to action of a campaign."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.campaigns import calls
from app.forms.campaigns.digests import CallForm
from app.models.campaigns.calls import Call
from app.models.campaigns.campaigns import Campaign
from app.policy import Permission
from app.queries.campaigns import calls as call_queries
from app.queries.campaigns import campaigns
from app.times import to_typed
from app.web.access import requires
from app.web.asking import ask_first
from app.web.form_keys import creating
from app.web.listing import page_number
from app.web.submit import creates, edits, submit

bp = Blueprint("calls", __name__, url_prefix="/campaigns/<int:campaign_id>/calls")


@bp.get("")
@requires(Permission.CAMPAIGN_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the calls to action of a campaign."""
    return render_template(
        "campaigns/calls/index.html",
        campaign=campaigns.get(campaign_id),
        page=call_queries.find(campaign_id, page_number()),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
@creating
def new(campaign_id: int) -> ResponseReturnValue:
    """Create a call to action."""
    campaign = campaigns.get(campaign_id)
    form = CallForm(timezone=campaign.timezone)
    return submit(
        form,
        creates(_editor),
        write=lambda: calls.create(campaign, form.values()),
        then=_location(campaign),
        otherwise=lambda: _page(form, campaign, None),
        done=gettext("Saved. It will be shown in every digest until it ends."),
    )


@bp.route("/<int:call_id>/edit", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def edit(campaign_id: int, call_id: int) -> ResponseReturnValue:
    """Edit a call to action."""
    campaign, call = campaigns.get(campaign_id), call_queries.get(campaign_id, call_id)
    form = CallForm(data=_filled(call))
    return submit(
        form,
        edits(call),
        write=lambda: calls.update(call, form.values()),
        then=_location(campaign),
        otherwise=lambda: _page(form, campaign, call),
        done=gettext("Saved."),
    )


@bp.route("/<int:call_id>/remove", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def remove(campaign_id: int, call_id: int) -> ResponseReturnValue:
    """Ask for confirmation and delete a call to action."""
    campaign, call = campaigns.get(campaign_id), call_queries.get(campaign_id, call_id)
    title = next(iter(call.titles.values()))
    return ask_first(
        lambda: calls.remove(call),
        name=title,
        question=gettext("Call off “%(title)s”?", title=title),
        consequences=[
            gettext("It will not appear in digests composed from now on."),
            gettext("It stays in digests that are already approved."),
        ],
        button=gettext("Call it off"),
        then=_location(campaign),
        trail=[(title, url_for("calls.edit", campaign_id=campaign_id, call_id=call_id))],
        done=gettext("Called off."),
    )


def _filled(call: Call) -> dict[str, object]:
    words = {f"title_{locale}": title for locale, title in call.titles.items()}
    words |= {f"details_{locale}": text for locale, text in call.details.items()}
    starts_at = to_typed(call.starts_at, call.timezone) if call.starts_at else None
    return {**words, "url": call.url, "starts_at": starts_at, "timezone": call.timezone, "last_day": call.last_day}


def _page(form: CallForm, campaign: Campaign, call: Call | None) -> str:
    return render_template("campaigns/calls/form.html", form=form, campaign=campaign, call=call)


def _location(campaign: Campaign) -> str:
    return url_for("campaigns.show", campaign_id=campaign.id)


def _editor(call: Call) -> str:
    return url_for("calls.edit", campaign_id=call.campaign_id, call_id=call.id)
