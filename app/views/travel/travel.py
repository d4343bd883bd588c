"""Legs of a delegation's journey, and places that are not known yet."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import places, travel
from app.domain.travel.travel import LegValues
from app.forms.travel.travel import CURRENCIES, LegForm, PartyForm, PlaceForm
from app.models.congress.delegations import Delegate, Delegation
from app.models.travel.places import Mode
from app.models.travel.travel import Direction, Journey, Leg
from app.policy import Permission
from app.queries.congress import congresses as congress_queries
from app.queries.congress import delegations as delegation_queries
from app.queries.travel import places as place_queries
from app.queries.travel import travel as travel_queries
from app.queries.travel.next_legs import next_leg
from app.times import to_typed
from app.views.travel import choices as travel_choices
from app.web import choices
from app.web.access import requires
from app.web.another import begun, carried
from app.web.asking import ask_first
from app.web.redirects import safe_path
from app.web.submit import press, submit
from app.wording.formats import alphabetical
from app.wording.hanging import hanging
from app.wording.labels import delegation_name, label

bp = Blueprint("travel", __name__)
_LEGS = "/congresses/<int:congress_id>/delegations/<int:delegation_id>/legs"
_THE_SAME = ("status", "currency")
"""Fields in which legs that are recorded one after the other are alike."""
_ALIKE = ("kind", "country")
"""The same of places."""


@bp.route(f"{_LEGS}/new", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def new_leg(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Add a leg to the delegation's journey."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    form = _form(LegForm(**_begun(delegation)), delegation)
    return submit(
        form,
        write=lambda: travel.add_leg(delegation, _values(form, delegation)),
        then=_after(delegation),
        otherwise=lambda: _page(form, delegation, None),
        done=gettext("Leg saved."),
        creates=True,
        another=lambda _: url_for("travel.new_leg", **_here(delegation), **carried(form, "journey", *_THE_SAME)),
    )


@bp.route(f"{_LEGS}/<int:leg_id>/edit", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def edit_leg(congress_id: int, delegation_id: int, leg_id: int) -> ResponseReturnValue:
    """Change a leg."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    leg = travel_queries.get_leg(delegation, leg_id)
    times = {
        "departs": to_typed(leg.departs_at, leg.origin.timezone),
        "arrives": to_typed(leg.arrives_at, leg.destination.timezone),
    }
    form = _form(LegForm(obj=leg, journey=_key(leg.journey), **times), delegation)
    return submit(
        form,
        write=lambda: travel.update_leg(leg, delegation, _values(form, delegation)),
        then=_after(delegation),
        otherwise=lambda: _page(form, delegation, leg),
        done=gettext("Saved."),
        row=leg,
    )


@bp.route(f"{_LEGS}/<int:leg_id>/delete", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def delete_leg(congress_id: int, delegation_id: int, leg_id: int) -> ResponseReturnValue:
    """Ask whether to take a leg out of the journey; take it out."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    leg = travel_queries.get_leg(delegation, leg_id)
    way = f"{leg.origin.name} → {leg.destination.name}"
    kept_with_it = gettext("Booking reference, cost and seats go with it.") if leg.booking_reference or leg.cost else ""
    return ask_first(
        lambda: travel.delete_leg(leg),
        name=way,
        question=gettext("Remove the leg %(way)s?", way=way),
        consequences=[*filter(None, [kept_with_it]), *hanging(leg)],
        button=gettext("Remove the leg"),
        then=_after(delegation),
        trail=[
            (delegation_name(delegation), _after(delegation)),
            (way, url_for("travel.edit_leg", leg_id=leg_id, **_here(delegation))),
        ],
        done=gettext(
            "The leg from %(origin)s to %(destination)s has been removed.",
            origin=leg.origin.name,
            destination=leg.destination.name,
        ),
    )


@bp.route("/places/new", methods=["GET", "POST"])
@requires(Permission.PLACE_EDIT)
def new_place() -> ResponseReturnValue:
    """Record a place that is not known yet."""
    form = PlaceForm(**begun(*_ALIKE))
    form.country.offer(choices.countries())
    back = safe_path(request.args.get("back"))
    return submit(
        form,
        write=lambda: places.add_place(**form.values()),
        then=back,
        otherwise=lambda: render_template("travel/travel/place.html", form=form, back=back),
        done=gettext("Place saved. You can now choose it."),
        another=lambda _: url_for("travel.new_place", back=back, **carried(form, *_ALIKE)),
    )


@bp.route("/congresses/<int:congress_id>/delegations/<int:delegation_id>/parties/new", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def new_party(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Let some of a delegation take a way of their own."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    form = PartyForm()
    form.delegates.offer(_listed(delegation))
    return submit(
        form,
        write=lambda: travel.begin_party(delegation, form.direction.data, _chosen(form, delegation)),
        then=lambda journey: url_for("travel.new_leg", journey=journey.id, **_here(delegation)),
        otherwise=lambda: _party_page(form, delegation, None),
        done=gettext("Now record its legs."),
        creates=True,
    )


@bp.route(
    "/congresses/<int:congress_id>/delegations/<int:delegation_id>/parties/<int:journey_id>", methods=["GET", "POST"]
)
@requires(Permission.DELEGATION_EDIT)
def edit_party(congress_id: int, delegation_id: int, journey_id: int) -> ResponseReturnValue:
    """Change who takes a way of its own."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    journey = travel_queries.get_journey(delegation, journey_id)
    form = PartyForm(direction=journey.direction, delegates=[one.delegate_id for one in journey.travellers])
    form.delegates.offer(_listed(delegation))
    return submit(
        form,
        write=lambda: travel.set_party(journey, _chosen(form, delegation)),
        then=_after(delegation),
        otherwise=lambda: _party_page(form, delegation, journey),
        done=gettext("Saved."),
        row=journey,
    )


@bp.post("/congresses/<int:congress_id>/delegations/<int:delegation_id>/parties/<int:journey_id>/end")
@requires(Permission.DELEGATION_EDIT)
def end_party(congress_id: int, delegation_id: int, journey_id: int) -> ResponseReturnValue:
    """Give up a way of its own that has no legs."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    journey = travel_queries.get_journey(delegation, journey_id)
    done = gettext("They now follow the delegation’s shared itinerary again.")
    return press(
        lambda: travel.end_party(journey),
        then=_after(delegation),
        done=done,
        undo=people_of(journey) or label(journey.direction),
    )


def _listed(delegation: Delegation) -> list[tuple[int, str]]:
    """Return the delegates to choose from, by family name."""
    delegates = alphabetical(delegation.delegates, lambda one: one.person.sorted_names())
    return [(one.id, one.person.full_name) for one in delegates]


def _chosen(form: PartyForm, delegation: Delegation) -> list[Delegate]:
    return [one for one in delegation.delegates if one.id in (form.delegates.data or [])]


def _party_page(form: PartyForm, delegation: Delegation, journey: Journey | None) -> str:
    congress = congress_queries.get(delegation.congress_id)
    return render_template(
        "travel/travel/party.html", form=form, congress=congress, delegation=delegation, journey=journey
    )


def _begun(delegation: Delegation) -> dict[str, object]:
    """Return what the leg after the last one most likely begins with."""
    congress = congress_queries.get(delegation.congress_id)
    likely = next_leg(congress, travel_queries.journeys(delegation), request.args.get("journey"))
    journey = _key(likely.party) if likely.party else likely.direction.value
    return {"journey": journey, "origin": likely.origin, **begun(*_THE_SAME)}


def _key(journey: Journey) -> str:
    return str(journey.id) if journey.travellers else journey.direction.value


def _form(form: LegForm, delegation: Delegation) -> LegForm:
    by_air = form.mode.data is Mode.AIR
    for field in (form.origin, form.destination):
        travel_choices.offer_places(field, delegation.congress_id, home=delegation.country, by_air=by_air)
    travel_choices.offer_crossings(form.crossing)
    parties = [one for one in travel_queries.journeys(delegation) if one.travellers]
    form.journey.offer(
        [
            *((direction.value, label(direction)) for direction in Direction),
            *((_key(one), f"{label(one.direction)}: {people_of(one)}") for one in parties),
        ]
    )
    return form


def people_of(journey: Journey) -> str:
    """Return who takes a way of its own."""
    return ", ".join(one.delegate.person.full_name for one in journey.travellers)


def _values(form: LegForm, delegation: Delegation) -> LegValues:
    key = form.journey.data
    return form.values(travel_queries.get_journey(delegation, int(key)) if key not in list(Direction) else None)


def _page(form: LegForm, delegation: Delegation, leg: Leg | None) -> str:
    congress = congress_queries.get(delegation.congress_id)
    carriers = [*dict.fromkeys((*travel_queries.carriers(congress.id), *place_queries.carrier_names()))]
    return render_template(
        "travel/travel/leg.html", form=form, congress=congress, delegation=delegation, leg=leg, carriers=carriers,
        currencies=CURRENCIES,
    )  # fmt: skip


def _here(delegation: Delegation) -> dict[str, Any]:
    return {"congress_id": delegation.congress_id, "delegation_id": delegation.id}


def _after(delegation: Delegation) -> str:
    return url_for("delegations.show", **_here(delegation), _anchor="way")
