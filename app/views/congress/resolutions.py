"""Resolutions of a congress."""

from functools import partial

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.congress import resolutions
from app.forms.base import Button
from app.forms.congress.resolutions import ResolutionForm
from app.forms.listing import ListForm
from app.models.congress.resolutions import Resolution
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.campaigns import origins
from app.queries.congress import congresses
from app.queries.congress import resolutions as resolution_queries
from app.queries.lookup import REMOVED_FOR
from app.web.access import may, requires, seeing
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.web.templating import locale_tag

bp = Blueprint("resolutions", __name__, url_prefix="/congresses/<int:congress_id>/resolutions")


@bp.get("")
@requires(Permission.CONGRESS_VIEW)
def index(congress_id: int) -> ResponseReturnValue:
    """Show the resolutions of a congress."""
    form = ListForm(gettext("Title or number"))
    return render_template(
        "congress/resolutions/index.html",
        congress=congresses.get(congress_id),
        form=form,
        page=resolution_queries.find(congress_id, form.typed, page_number()),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.RESOLUTION_EDIT)
@creating
def new(congress_id: int) -> ResponseReturnValue:
    """Record a resolution."""
    congress = congresses.get(congress_id)
    form = ResolutionForm(in_language=locale_tag())
    return submit(
        form,
        creates(partial(_address, "edit")),
        write=lambda: resolutions.create(congress, form.values()),
        then=_location,
        otherwise=lambda: render_template(
            "congress/resolutions/form.html", form=form, congress=congress, resolution=None
        ),
        done=gettext("Recorded. Campaigns can refer to it now."),
    )


@bp.get("/<int:resolution_id>")
@requires(Permission.CONGRESS_VIEW)
def show(congress_id: int, resolution_id: int) -> ResponseReturnValue:
    """Show a resolution, and the campaigns that come from it."""
    resolution = resolution_queries.get(congress_id, resolution_id)
    history = history_of(resolution)
    actions = follow_ups.of_resolution(resolution_id) if may(Permission.FOLLOW_UP_VIEW, congress_id) else ()
    with seeing(Permission.CAMPAIGN_VIEW):
        campaigns = origins.campaigns_from(resolution)
    return render_template(
        "congress/resolutions/show.html",
        congress=congresses.get(congress_id),
        resolution=resolution,
        campaigns=campaigns,
        follow_ups=[one for one in actions if one.is_open],
        last_done=follow_ups.last_done(actions),
        history=history,
    )


@bp.route("/<int:resolution_id>/edit", methods=["GET", "POST"])
@requires(Permission.RESOLUTION_EDIT)
def edit(congress_id: int, resolution_id: int) -> ResponseReturnValue:
    """Edit a resolution."""
    resolution = resolution_queries.get(congress_id, resolution_id)
    congress, form = congresses.get(congress_id), ResolutionForm(obj=resolution)
    return submit(
        form,
        edits(resolution),
        write=lambda: resolutions.update(resolution, form.values()),
        then=_location(resolution),
        otherwise=lambda: render_template(
            "congress/resolutions/form.html", form=form, congress=congress, resolution=resolution
        ),
        done=gettext("Saved."),
    )


@bp.route("/<int:resolution_id>/remove", methods=["GET", "POST"])
@requires(Permission.RESOLUTION_EDIT)
def remove(congress_id: int, resolution_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a resolution."""
    resolution = resolution_queries.get(congress_id, resolution_id)
    form = Button()
    return submit(
        form,
        ACTS,
        write=lambda: resolutions.remove(resolution, by=reader()),
        then=url_for("resolutions.index", congress_id=congress_id),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            congress=congresses.get(congress_id),
            name=resolution.title,
            consequences=[
                gettext("Campaigns that come from it no longer show it."),
                gettext("Actions that carry it out stay, but no longer name it."),
            ],
            trail=[(resolution.title, _location(resolution))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=resolution.title,
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:resolution_id>/bring-back")
@requires(Permission.RESOLUTION_EDIT)
def bring_back(congress_id: int, resolution_id: int) -> ResponseReturnValue:
    """Restore a removed resolution."""
    resolution = resolution_queries.get_restorable(congress_id, resolution_id)
    return press(lambda: resolutions.bring_back(resolution), then=_location(resolution), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the removed resolutions that the user may restore."""
    return [
        Removed(one.title, gettext("resolution"), one, _address("bring_back", one))
        for one in resolution_queries.removed()
        if may(Permission.RESOLUTION_EDIT, one.congress_id)
    ]


def _location(resolution: Resolution) -> str:
    return _address("show", resolution)


def _address(verb: str, resolution: Resolution) -> str:
    return url_for(f"resolutions.{verb}", congress_id=resolution.congress_id, resolution_id=resolution.id)
