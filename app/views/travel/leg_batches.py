"""Pages that copy several legs to other delegations or set their status."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.travel import leg_batches
from app.domain.travel.leg_batches import Copied
from app.forms.travel.leg_batches import CopyLegsForm, LegStatusesForm
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Leg
from app.policy import Permission
from app.queries.congress import congresses, delegations
from app.queries.travel import journeys
from app.views.travel.paths import itinerary
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import ACTS, creates, submit
from app.web.templating import locale_tag
from app.wording.formats import at
from app.wording.labels import delegation_name, label, way
from app.wording.places import place_name

bp = Blueprint("leg_batches", __name__, url_prefix="/congresses/<int:congress_id>/delegations/<int:delegation_id>/legs")


@bp.route("/copy", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
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
        otherwise=lambda: _page("travel/leg_batches/copy.html", form, delegation),
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
        otherwise=lambda: _page("travel/leg_batches/status.html", form, delegation),
        done=gettext("Saved."),
    )


def _legs(delegation: Delegation) -> list[Leg]:
    return [leg for journey in journeys.of_delegation(delegation) for leg in journey.legs]


def _ticked(legs: Sequence[Leg]) -> list[int]:
    """Return the ids of the legs in the query string, or of the legs of the journey in it."""
    journey, named = request.args.get("journey", type=int), request.args.getlist("leg", type=int)
    return [leg.id for leg in legs if leg.id in named or leg.journey_id == journey]


def _described(leg: Leg) -> str:
    departs = at(leg.departs_at, leg.origin.timezone, place_name(leg.origin))
    return f"{way(leg)} · {departs}"


def _copied(copied: Copied) -> str:
    done = ngettext("%(num)d leg was copied", "%(num)d legs were copied", copied.legs)
    to = ngettext("to %(num)d delegation.", "to %(num)d delegations.", copied.delegations)
    skipped = ngettext(
        "%(num)d copy was skipped because the leg already exists.",
        "%(num)d copies were skipped because the legs already exist.",
        copied.skipped,
    )
    return f"{done} {to} {skipped}" if copied.skipped else f"{done} {to}"


def _page(template: str, form: CopyLegsForm | LegStatusesForm, delegation: Delegation) -> str:
    congress = congresses.get(delegation.congress_id)
    return render_template(template, form=form, congress=congress, delegation=delegation)
