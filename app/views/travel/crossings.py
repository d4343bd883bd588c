"""Border crossings: verification, opening hours, preference and bans."""

from collections.abc import Callable

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain import pending as pending_changes
from app.domain.travel import places
from app.forms.listing import ListForm
from app.forms.travel.crossings import CrossingForm
from app.models.travel.places import Crossing
from app.policy import Permission
from app.queries.travel import places as place_queries
from app.queries.travel.places import CrossingShow
from app.views.travel import choices as travel_choices
from app.web import pending
from app.web.access import requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.submit import creates, edits, press, submit
from app.web.templating import locale_tag

bp = Blueprint("crossings", __name__, url_prefix="/crossings")


@bp.get("")
@requires(Permission.CROSSING_VIEW)
def index() -> ResponseReturnValue:
    """Show all crossings, or those that match a country or name."""
    shows = [
        ("", gettext("all")),
        (CrossingShow.USABLE.value, gettext("verified")),
        (CrossingShow.UNVERIFIED.value, gettext("not verified")),
        (CrossingShow.BANNED.value, gettext("banned")),
    ]
    form = ListForm(gettext("Country, town or name"), shows)
    page = place_queries.find_crossings(form.typed, form.shown, page_number(), language=locale_tag())
    usable, recorded = place_queries.count_crossings()
    return render_template("travel/crossings/index.html", form=form, page=page, usable=usable, recorded=recorded)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Record a crossing."""
    form = _form(CrossingForm(), None)
    done = gettext("Recorded. It will be proposed once someone has verified it.")
    return submit(
        form,
        creates(_location),
        write=lambda: places.add_crossing(form.values()),
        then=_location,
        otherwise=lambda: render_template("travel/crossings/form.html", form=form, crossing=None),
        done=done,
        another=url_for("crossings.new"),
    )


@bp.route("/<int:crossing_id>", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
def edit(crossing_id: int) -> ResponseReturnValue:
    """Edit a crossing."""
    crossing = place_queries.get_crossing(crossing_id)
    form = _form(CrossingForm(obj=crossing), crossing)
    return submit(
        form,
        edits(crossing),
        write=lambda: places.change_crossing(crossing, form.values()),
        then=_location(crossing),
        otherwise=lambda: render_template(
            "travel/crossings/form.html",
            form=form,
            crossing=crossing,
            decides=not pending.waits(crossing),
            pending=pending.of_record(crossing),
            history=history_of(crossing),
        ),
        done=gettext("Saved."),
    )


@bp.post("/<int:crossing_id>/<any(verify, ban, allow):verb>")
@requires(Permission.CROSSING_EDIT)
def judge(crossing_id: int, verb: str) -> ResponseReturnValue:
    """Verify, ban or allow a crossing in the current user's name, or let that wait for who decides."""
    crossing = place_queries.get_crossing(crossing_id)
    values, done = {
        "verify": ({pending_changes.IS_VERIFIED: True}, gettext("Verified. It can now be proposed.")),
        "ban": ({pending_changes.IS_BANNED: True}, gettext("It will no longer be proposed.")),
        "allow": ({pending_changes.IS_BANNED: False}, gettext("It can be proposed again.")),
    }[verb]

    def write() -> None:
        if verb == "verify":
            places.verify_crossing(crossing, reader())
        else:
            places.ban_crossing(crossing, banned=verb == "ban")

    return press(
        lambda: pending.saved(crossing, values, write), then=_location(crossing), done=pending.done(crossing, done)
    )


@bp.post("/<int:crossing_id>/doubt")
@requires(Permission.CROSSING_EDIT)
def doubt(crossing_id: int) -> ResponseReturnValue:
    """Withdraw a verification; whoever knows that a crossing is not safe can say so at once."""
    crossing = place_queries.get_crossing(crossing_id)
    done = gettext("It will not be proposed until someone verifies it.")
    return _pressed(crossing, lambda: places.doubt_crossing(crossing), done, undo=crossing.name)


def _pressed(crossing: Crossing, change: Callable[[], None], done: str, undo: str = "") -> ResponseReturnValue:
    return press(change, then=_location(crossing), done=done, undo=undo)


def _form(form: CrossingForm, crossing: Crossing | None) -> CrossingForm:
    travel_choices.offer_places(form.near)
    travel_choices.offer_places(form.far)
    form.check(lambda near, far, name: places.check_new(near, far, name, crossing), "near", "far", "name")
    return form


def _location(crossing: Crossing) -> str:
    return url_for("crossings.edit", crossing_id=crossing.id)
