"""Roads that organizers have ruled out because they are dangerous, shared by all congresses."""

from flask import Blueprint, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import ruled_out_roads
from app.forms.travel.ruled_out_roads import RoadForm
from app.models.travel.ruled_out_roads import RuledOutRoad
from app.policy import Permission
from app.queries.accounts.pending import may_lift
from app.queries.travel import ruled_out_roads as queries
from app.views.travel import choices as travel_choices
from app.web import choices
from app.web.access import requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.listing import page_number
from app.web.submit import creates, press, submit

bp = Blueprint("ruled_out_roads", __name__, url_prefix="/ruled-out-roads")


@bp.get("")
@requires(Permission.CROSSING_VIEW)
def index() -> ResponseReturnValue:
    """Show the roads that no route uses."""
    page = queries.find(page_number())
    lifts = {road.id for road in page.rows if _may_lift(road)}
    return render_template("travel/ruled_out_roads/index.html", page=page, lifts=lifts)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Rule a road out."""
    form = RoadForm()
    travel_choices.offer_towns(form.one, records=False)
    travel_choices.offer_towns(form.other, records=False)
    travel_choices.offer_crossings(form.crossing)
    form.country.offer(choices.countries())
    return submit(
        form,
        creates(lambda _road: _list()),
        write=lambda: ruled_out_roads.rule_out(form.values(), by=reader()),
        then=lambda _road: _list(),
        otherwise=lambda: render_template("travel/ruled_out_roads/form.html", form=form),
        done=gettext("Ruled out. No alternative route uses this road."),
    )


@bp.post("/<int:road_id>/lift")
@requires(Permission.CROSSING_EDIT)
def lift(road_id: int) -> ResponseReturnValue:
    """Lift it, or propose that to those who decide."""
    road = queries.get(road_id)
    lifts = _may_lift(road)
    return press(
        lambda: ruled_out_roads.lift(road, by=reader()) if lifts else ruled_out_roads.ask_to_lift(road, by=reader()),
        then=_list(),
        done=gettext("Routes may use this road again.")
        if lifts
        else gettext("It stays ruled out until somebody else has agreed."),
        undo=gettext("Ruled-out roads"),
    )


@bp.post("/<int:road_id>/keep")
@requires(Permission.CROSSING_EDIT)
def keep(road_id: int) -> ResponseReturnValue:
    """Decline to lift it; whoever knows that a road is not safe can say so at once."""
    road = queries.get(road_id)
    return press(lambda: ruled_out_roads.keep(road), then=_list(), done=gettext("It stays ruled out."))


def _may_lift(road: RuledOutRoad) -> bool:
    return may_lift(road, reader(), g.held)


def _list() -> str:
    return url_for("ruled_out_roads.index")
