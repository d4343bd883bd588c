"""Manually added places."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import places
from app.forms.travel.places import PlaceForm
from app.policy import Permission
from app.web import choices
from app.web.access import requires
from app.web.another import carried, prefilled
from app.web.redirects import safe_path
from app.web.submit import submit

bp = Blueprint("places", __name__, url_prefix="/places")
_ALIKE = ("kind", "country")
"""Fields whose values are kept when several places are added in a row."""


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PLACE_EDIT)
def new() -> ResponseReturnValue:
    """Create a place."""
    form = PlaceForm(**prefilled(*_ALIKE))
    form.country.offer(choices.countries())
    back = safe_path(request.args.get("back"))
    return submit(
        form,
        write=lambda: places.add_place(**form.values()),
        then=back,
        otherwise=lambda: render_template("travel/places/form.html", form=form, back=back),
        done=gettext("Place saved. You can now choose it."),
        another=lambda _: url_for("places.new", back=back, **carried(form, *_ALIKE)),
    )
