"""Direct services that organizers have entered: what the network is made of where no file says more."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import places
from app.forms.base import Button
from app.forms.travel.crossings import ServiceForm
from app.policy import Permission
from app.queries.travel import places as place_queries
from app.views.travel import choices as travel_choices
from app.web.access import requires
from app.web.submit import save

bp = Blueprint("services", __name__, url_prefix="/services")


@bp.get("")
@requires(Permission.CROSSING_VIEW)
def index() -> ResponseReturnValue:
    """Show the services that were entered."""
    return render_template(
        "travel/crossings/services.html",
        services=place_queries.entered_services(),
        read=place_queries.count_read_services(),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
def new() -> ResponseReturnValue:
    """Enter a service."""
    form = ServiceForm()
    travel_choices.offer_places(form.origin)
    travel_choices.offer_places(form.destination)
    if form.validate_on_submit():
        saved = save(
            form,
            lambda: places.add_service(form.values()),
            lambda _: url_for("services.index"),
            gettext("Entered. Other ways may use it now."),
            creates=True,
        )
        if saved:
            return saved
    return render_template(
        "travel/crossings/service.html", form=form, carriers=place_queries.carrier_names()
    ), form.http_status


@bp.post("/<int:service_id>/<any(ban, allow):verb>")
@requires(Permission.CROSSING_EDIT)
def ban(service_id: int, verb: str) -> ResponseReturnValue:
    """Keep a service out of what is proposed, or let it in again."""
    service = place_queries.get_service(service_id)
    done = gettext("It is not proposed any more.") if verb == "ban" else gettext("It can be proposed again.")
    saved = save(
        Button(),
        lambda: places.ban_service(service, banned=verb == "ban"),
        lambda _: url_for("services.index"),
        done,
    )
    return saved or index()
