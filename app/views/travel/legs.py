"""Legs of a delegation's journeys."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import legs
from app.domain.travel.legs import LegValues
from app.forms.travel.legs import CURRENCIES, LegForm
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Journey, Leg
from app.models.travel.places import Mode
from app.policy import Permission
from app.queries.congress import congresses as congress_queries
from app.queries.congress import delegations as delegation_queries
from app.queries.travel import journeys as journey_queries
from app.queries.travel import legs as leg_queries
from app.queries.travel import places as place_queries
from app.queries.travel.next_legs import next_leg
from app.times import to_typed
from app.views.travel import choices
from app.views.travel.paths import itinerary, of_delegation
from app.web.access import requires
from app.web.another import carried, prefilled
from app.web.asking import ask_first
from app.web.form_keys import creating
from app.web.submit import creates, edits, submit
from app.wording.dependents import removed_with
from app.wording.labels import delegation_name, label, travelers
from app.wording.labels import way as way_of
from app.wording.places import place_name

bp = Blueprint("legs", __name__, url_prefix="/congresses/<int:congress_id>/delegations/<int:delegation_id>/legs")
_THE_SAME = ("status", "currency")
"""Fields whose values are kept when several legs are added in a row."""


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
def new(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Add a leg to the delegation's journey."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    form = _form(LegForm(**_prefilled(delegation)), delegation)
    return submit(
        form,
        creates(_editor),
        write=lambda: legs.add_leg(delegation, _values(form, delegation)),
        then=itinerary(delegation),
        otherwise=lambda: _page(form, delegation, None),
        done=gettext("Leg saved."),
        another=lambda _: of_delegation("legs.new", delegation, **carried(form, "journey", *_THE_SAME)),
    )


@bp.route("/<int:leg_id>/edit", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def edit(congress_id: int, delegation_id: int, leg_id: int) -> ResponseReturnValue:
    """Edit a leg."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    leg = leg_queries.get(delegation, leg_id)
    times = {
        "departs": to_typed(leg.departs_at, leg.origin.timezone),
        "arrives": legs.given_arrival(leg),
    }
    form = _form(LegForm(obj=leg, journey=_key(leg.journey), **times), delegation)
    return submit(
        form,
        edits(leg),
        write=lambda: legs.update_leg(leg, delegation, _values(form, delegation)),
        then=itinerary(delegation),
        otherwise=lambda: _page(form, delegation, leg),
        done=gettext("Saved."),
    )


@bp.route("/<int:leg_id>/delete", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def delete(congress_id: int, delegation_id: int, leg_id: int) -> ResponseReturnValue:
    """Ask for confirmation and delete a leg."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    leg = leg_queries.get(delegation, leg_id)
    way = way_of(leg)
    kept_with_it = (
        gettext("Its booking reference, cost and seats are removed too.") if leg.booking_reference or leg.cost else ""
    )
    return ask_first(
        lambda: legs.delete_leg(leg),
        name=way,
        question=gettext("Remove the leg %(way)s?", way=way),
        consequences=[*filter(None, [kept_with_it]), *removed_with(leg)],
        button=gettext("Remove the leg"),
        then=itinerary(delegation),
        trail=[
            (delegation_name(delegation), itinerary(delegation)),
            (way, of_delegation("legs.edit", delegation, leg_id=leg_id)),
        ],
        done=gettext(
            "The leg from %(origin)s to %(destination)s has been removed.",
            origin=place_name(leg.origin),
            destination=place_name(leg.destination),
        ),
    )


def _prefilled(delegation: Delegation) -> dict[str, object]:
    """Return the likely first values of the leg after the last one."""
    congress = congress_queries.get(delegation.congress_id)
    likely = next_leg(congress, journey_queries.of_delegation(delegation), request.args.get("journey"))
    journey = _key(likely.party) if likely.party else likely.direction.value
    home = delegation.origin if likely.direction is Direction.OUT else None
    return {"journey": journey, "origin": likely.origin or home, **prefilled(*_THE_SAME)}


def _key(journey: Journey) -> str:
    return str(journey.id) if journey.travelers else journey.direction.value


def _whole(direction: Direction) -> str:
    return str(gettext("%(direction)s (whole delegation)", direction=label(direction)))


def _form(form: LegForm, delegation: Delegation) -> LegForm:
    by_air = form.mode.data is Mode.AIR
    for field in (form.origin, form.destination):
        choices.offer_places(field, delegation.congress_id, home=delegation.country, by_air=by_air)
    choices.offer_crossings(form.crossing)
    parties = [one for one in journey_queries.of_delegation(delegation) if one.travelers]
    form.journey.offer(
        [
            *((direction.value, _whole(direction)) for direction in Direction),
            *((_key(one), f"{label(one.direction)}: {travelers(one)}") for one in parties),
        ]
    )
    return form


def _values(form: LegForm, delegation: Delegation) -> LegValues:
    key = form.journey.data
    return form.values(journey_queries.get(delegation, int(key)) if key not in list(Direction) else None)


def _page(form: LegForm, delegation: Delegation, leg: Leg | None) -> str:
    congress = congress_queries.get(delegation.congress_id)
    carriers = [*dict.fromkeys((*leg_queries.carriers(congress.id), *place_queries.carrier_names()))]
    return render_template(
        "travel/legs/form.html", form=form, congress=congress, delegation=delegation, leg=leg, carriers=carriers,
        currencies=CURRENCIES,
    )  # fmt: skip


def _editor(leg: Leg) -> str:
    return of_delegation("legs.edit", leg.journey.delegation, leg_id=leg.id)
