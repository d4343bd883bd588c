"""Editing several legs of a delegation at once: the return journey, copies for other delegations, one status."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.travel import leg_batches, ways_back
from app.domain.travel.leg_batches import Copied
from app.domain.travel.ways_back import WayBack
from app.forms.travel.journeys import CopyLegsForm, LegStatusesForm, WayBackForm
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Journey, Leg
from app.policy import Permission
from app.queries.congress import congresses, delegations
from app.queries.travel import journeys
from app.views.travel.paths import itinerary
from app.web.access import requires
from app.web.previews import Preview, submit_with_preview
from app.web.submit import ACTS, creates, submit
from app.web.templating import locale_tag
from app.wording.formats import at
from app.wording.labels import delegation_name, label, travelers

bp = Blueprint("journeys", __name__, url_prefix="/congresses/<int:congress_id>/delegations/<int:delegation_id>/legs")


@bp.route("/back", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def way_back(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Draft the return journey from the outbound one, and create it once the draft is confirmed."""
    delegation = delegations.get(congress_id, delegation_id)
    congress = congresses.get(congress_id)
    outward = {one.id: one for one in journeys.of_delegation(delegation) if one.direction is Direction.OUT and one.legs}
    leaves = datetime.combine(congress.end_date + timedelta(days=1), time(9))
    form = WayBackForm(departs=leaves, journey=request.args.get("journey"))
    form.journey.offer((one.id, _called(one)) for one in outward.values())
    return submit_with_preview(
        form,
        draft=lambda: ways_back.draft(outward[form.journey.data], form.begins()),
        write=lambda way: ways_back.record(delegation, outward[way.journey_id], way, form.times(way)),
        then=itinerary(delegation),
        page=lambda preview: _back_page(form, delegation, preview),
        done=lambda legs: ngettext("%(num)d leg saved.", "%(num)d legs saved.", len(legs)),
    )


@bp.route("/copy", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def copy(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Copy legs to other delegations of the congress."""
    delegation = delegations.get(congress_id, delegation_id)
    legs = [leg for leg in _legs(delegation) if not leg.is_lost]
    others = [one for one in delegations.listing(congress_id, locale_tag()) if one.id != delegation_id]
    form = CopyLegsForm(legs=_ticked(legs))
    form.legs.offer((leg.id, _described(leg)) for leg in legs)
    form.delegations.offer((one.id, delegation_name(one)) for one in others)
    return submit(
        form,
        creates(),
        write=lambda: leg_batches.copy(form.chosen_legs(legs), form.chosen_delegations(others)),
        then=itinerary(delegation),
        otherwise=lambda: _page("travel/journeys/copy.html", form, delegation),
        done=_copied,
    )


@bp.route("/status", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def status(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Set the status of several legs."""
    delegation = delegations.get(congress_id, delegation_id)
    legs = _legs(delegation)
    form = LegStatusesForm(legs=_ticked(legs))
    form.legs.offer((leg.id, f"{_described(leg)} · {label(leg.status)}") for leg in legs)
    return submit(
        form,
        ACTS,
        write=lambda: leg_batches.set_status(form.chosen_legs(legs), form.status.data, form.reference()),
        then=itinerary(delegation),
        otherwise=lambda: _page("travel/journeys/status.html", form, delegation),
        done=gettext("Saved."),
    )


def _legs(delegation: Delegation) -> list[Leg]:
    return [leg for journey in journeys.of_delegation(delegation) for leg in journey.legs]


def _ticked(legs: Sequence[Leg]) -> list[int]:
    """Return the ids of the legs in the query string, or of the legs of the journey in it."""
    journey, named = request.args.get("journey", type=int), request.args.getlist("leg", type=int)
    return [leg.id for leg in legs if leg.id in named or leg.journey_id == journey]


def _called(journey: Journey) -> str:
    people = travelers(journey)
    return f"{label(journey.direction).capitalize()}: {people}" if people else label(journey.direction).capitalize()


def _described(leg: Leg) -> str:
    departs = at(leg.departs_at, leg.origin.timezone, leg.origin.name)
    return f"{leg.origin.name} → {leg.destination.name} · {departs}"


def _copied(copied: Copied) -> str:
    done = ngettext("%(num)d leg was copied", "%(num)d legs were copied", copied.legs)
    to = ngettext("to %(num)d delegation.", "to %(num)d delegations.", copied.delegations)
    skipped = ngettext(
        "%(num)d copy was skipped because the leg already exists.",
        "%(num)d copies were skipped because the legs already exist.",
        copied.skipped,
    )
    return f"{done} {to} {skipped}" if copied.skipped else f"{done} {to}"


def _back_page(form: WayBackForm, delegation: Delegation, preview: Preview[WayBack] | None) -> str:
    congress = congresses.get(delegation.congress_id)
    return render_template(
        "travel/journeys/back.html", form=form, congress=congress, delegation=delegation, preview=preview
    )


def _page(template: str, form: CopyLegsForm | LegStatusesForm, delegation: Delegation) -> str:
    congress = congresses.get(delegation.congress_id)
    return render_template(template, form=form, congress=congress, delegation=delegation)
