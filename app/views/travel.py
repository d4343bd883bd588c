"""Legs of a delegation's journey, and places that are not known yet."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain import travel
from app.domain.times import to_local
from app.forms.base import Button
from app.forms.travel import LegForm, PlaceForm
from app.models.delegations import Delegation
from app.models.travel import Leg
from app.policy import Permission
from app.queries import congresses as congress_queries
from app.queries import delegations as delegation_queries
from app.queries import travel as travel_queries
from app.views import choices
from app.views.guard import requires
from app.views.returning import safe_path
from app.views.saving import save

bp = Blueprint("travel", __name__)
_LEGS = "/congresses/<int:congress_id>/delegations/<int:delegation_id>/legs"


@bp.route(f"{_LEGS}/new", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def new_leg(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Add a leg to the delegation's journey."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    form = _form(LegForm(**_continued(delegation)))
    if form.validate_on_submit():
        saved = save(
            form,
            lambda: travel.add_leg(delegation, form.values()),
            lambda _: _after(delegation),
            gettext("Leg recorded."),
            creates=True,
        )
        if saved:
            return saved
    return _page(form, delegation, None)


@bp.route(f"{_LEGS}/<int:leg_id>/edit", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def edit_leg(congress_id: int, delegation_id: int, leg_id: int) -> ResponseReturnValue:
    """Change a leg."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    leg = travel_queries.get_leg(delegation, leg_id)
    times = {
        "departs": to_local(leg.departs_at, leg.origin.timezone),
        "arrives": to_local(leg.arrives_at, leg.destination.timezone),
    }
    form = _form(LegForm(obj=leg, direction=leg.journey.direction, **times))
    if form.validate_on_submit():
        saved = save(
            form,
            lambda: travel.update_leg(leg, delegation, form.values()),
            lambda _: _after(delegation),
            gettext("Saved."),
        )
        if saved:
            return saved
    return _page(form, delegation, leg)


@bp.post(f"{_LEGS}/<int:leg_id>/delete")
@requires(Permission.DELEGATION_EDIT)
def delete_leg(congress_id: int, delegation_id: int, leg_id: int) -> ResponseReturnValue:
    """Take a leg out of the journey."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    leg = travel_queries.get_leg(delegation, leg_id)
    done = gettext(
        "The leg from %(origin)s to %(destination)s is gone.", origin=leg.origin.name, destination=leg.destination.name
    )
    saved = save(Button(), lambda: travel.delete_leg(leg), lambda _: _after(delegation), done)
    return saved or edit_leg(congress_id, delegation_id, leg_id)


@bp.route("/places/new", methods=["GET", "POST"])
@requires(Permission.PLACE_EDIT)
def new_place() -> ResponseReturnValue:
    """Record a place that is not known yet."""
    form = PlaceForm()
    form.country.offer(choices.countries())
    back = safe_path(request.args.get("back"))
    if form.validate_on_submit():
        done = gettext("The place can be picked now.")
        saved = save(form, lambda: travel.add_place(**form.values()), lambda _: back, done)
        if saved:
            return saved
    return render_template("travel/place.html", form=form, back=back), form.http_status


def _continued(delegation: Delegation) -> dict[str, object]:
    """Return where the next leg most likely begins: where the last one of the way out ended."""
    out = [journey for journey in travel_queries.journeys(delegation) if journey.direction == "out" and journey.legs]
    return {"origin": out[0].legs[-1].destination} if out else {}


def _form(form: LegForm) -> LegForm:
    form.origin.choices = form.destination.choices = choices.places()
    return form


def _page(form: LegForm, delegation: Delegation, leg: Leg | None) -> ResponseReturnValue:
    congress = congress_queries.get(delegation.congress_id)
    carriers = travel_queries.carriers(delegation.congress_id)
    return render_template(
        "travel/leg.html", form=form, congress=congress, delegation=delegation, leg=leg, carriers=carriers
    ), form.http_status


def _after(delegation: Delegation) -> str:
    return url_for("delegations.show", congress_id=delegation.congress_id, delegation_id=delegation.id, _anchor="way")
