"""Manually added direct services, for routes that no data file contains."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import places
from app.forms.listing import ListForm
from app.forms.travel.crossings import ServiceForm
from app.models.travel.places import Mode, ServiceSource
from app.policy import Permission
from app.queries.travel import places as place_queries
from app.views.travel import choices as travel_choices
from app.web.access import requires
from app.web.another import carried, prefilled
from app.web.form_keys import creating
from app.web.listing import every, page_number
from app.web.submit import creates, press, submit

bp = Blueprint("services", __name__, url_prefix="/services")

_THE_SAME = ("mode", "carrier")
"""Fields whose values are kept when several services are added in a row."""


@bp.get("")
@requires(Permission.CROSSING_VIEW)
def index() -> ResponseReturnValue:
    """Show the services that were added by hand, and the built-in lines."""
    form = ListForm(gettext("Place or carrier"), every(Mode))
    return render_template(
        "travel/crossings/services.html",
        form=form,
        page=place_queries.find_services(form.typed, form.shown, page_number()),
        counts=place_queries.count_services(),
        ServiceSource=ServiceSource,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CROSSING_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Create a service."""
    form = ServiceForm(**prefilled(*_THE_SAME))
    for field in (form.origin, form.destination):
        travel_choices.offer_places(field, by_air=form.mode.data is Mode.AIR)
    return submit(
        form,
        creates(),
        write=lambda: places.add_service(form.values()),
        then=url_for("services.index"),
        otherwise=lambda: render_template(
            "travel/crossings/service.html", form=form, carriers=place_queries.carrier_names()
        ),
        done=gettext("Service added. Alternative routes can now use it."),
        another=lambda _: url_for("services.new", **carried(form, *_THE_SAME)),
    )


@bp.post("/<int:service_id>/<any(ban, allow):verb>")
@requires(Permission.CROSSING_DECIDE)
def ban(service_id: int, verb: str) -> ResponseReturnValue:
    """Exclude a service from proposed routes, or allow it again."""
    service = place_queries.get_service(service_id)
    done = gettext("It will no longer be proposed.") if verb == "ban" else gettext("It can be proposed again.")
    return press(lambda: places.ban_service(service, banned=verb == "ban"), then=url_for("services.index"), done=done)
