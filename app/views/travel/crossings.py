"""Border crossings: who has verified them, when they open, and which are preferred or banned."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import countries
from app.config import LOCALES
from app.domain.travel import places
from app.forms.travel.crossings import CrossingForm
from app.models.travel.places import Crossing
from app.policy import Permission
from app.queries.travel import places as place_queries
from app.text import searchable, words_of
from app.views.travel import choices as travel_choices
from app.web.access import requires
from app.web.current_user import reader
from app.web.submit import press, submit

bp = Blueprint("crossings", __name__, url_prefix="/crossings")


@bp.get("")
@requires(Permission.CROSSING_VIEW)
def index() -> ResponseReturnValue:
    """Show all crossings, or those of a country or name that is looked for."""
    wanted = words_of(request.args.get("q", ""))
    listed = travel_choices.crossings()
    if request.args.get("q", "").strip():
        listed = [one for one in listed if wanted and all(word in _words(one) for word in wanted)]
    usable = sum(one.usable for one in listed)
    return render_template("travel/crossings/index.html", crossings=listed, usable=usable, q=request.args.get("q", ""))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
def new() -> ResponseReturnValue:
    """Record a crossing."""
    form = _form(CrossingForm())
    done = gettext("Recorded. It is proposed once somebody has verified it.")
    return submit(
        form,
        write=lambda: places.add_crossing(form.values()),
        then=_location,
        otherwise=lambda: render_template("travel/crossings/form.html", form=form, crossing=None),
        done=done,
        creates=True,
    )


@bp.route("/<int:crossing_id>", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
def edit(crossing_id: int) -> ResponseReturnValue:
    """Change what is recorded about a crossing."""
    crossing = place_queries.get_crossing(crossing_id)
    form = _form(CrossingForm(obj=crossing))
    return submit(
        form,
        write=lambda: places.change_crossing(crossing, form.values()),
        then=_location(crossing),
        otherwise=lambda: render_template("travel/crossings/form.html", form=form, crossing=crossing),
        done=gettext("Saved."),
        row=crossing,
    )


@bp.post("/<int:crossing_id>/verify")
@requires(Permission.CROSSING_EDIT)
def verify(crossing_id: int) -> ResponseReturnValue:
    """Answer for a crossing with one's own name."""
    crossing = place_queries.get_crossing(crossing_id)
    done = gettext("You answer for it now: it can be proposed.")
    return _pressed(crossing, lambda: places.verify_crossing(crossing, reader()), done)


@bp.post("/<int:crossing_id>/doubt")
@requires(Permission.CROSSING_EDIT)
def doubt(crossing_id: int) -> ResponseReturnValue:
    """Take a verification back."""
    crossing = place_queries.get_crossing(crossing_id)
    done = gettext("It is not proposed any more until somebody verifies it.")
    return _pressed(crossing, lambda: places.doubt_crossing(crossing), done)


def _pressed(crossing: Crossing, change: Callable[[], None], done: str) -> ResponseReturnValue:
    return press(change, then=_location(crossing), done=done)


def _form(form: CrossingForm) -> CrossingForm:
    travel_choices.offer_places(form.near)
    travel_choices.offer_places(form.far)
    return form


def _words(crossing: Crossing) -> str:
    """Return what a crossing is found by: its name, its towns, and their countries in all languages of the house."""
    sides = (crossing.near, crossing.far)
    named = [countries.named(language).get(side.country) for side in sides for language in LOCALES]
    return searchable(crossing.name, *(side.name for side in sides), *(side.country for side in sides), *named)


def _location(crossing: Crossing) -> str:
    return url_for("crossings.edit", crossing_id=crossing.id)
