"""Separate itineraries of some delegates of a delegation."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import parties
from app.forms.travel.parties import PartyForm
from app.models.congress.delegations import Delegate, Delegation
from app.models.travel.journeys import Journey
from app.policy import Permission
from app.queries.congress import congresses as congress_queries
from app.queries.congress import delegations as delegation_queries
from app.queries.travel import journeys as journey_queries
from app.views.travel.paths import itinerary, of_delegation
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import creates, edits, press, submit
from app.wording.formats import alphabetical
from app.wording.labels import label, travelers

bp = Blueprint("parties", __name__, url_prefix="/congresses/<int:congress_id>/delegations/<int:delegation_id>/parties")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
def new(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Create a separate itinerary for some delegates."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    form = PartyForm()
    form.delegates.offer(_listed(delegation))
    return submit(
        form,
        creates(_editor),
        write=lambda: parties.begin_party(delegation, form.direction.data, _chosen(form, delegation)),
        then=lambda journey: of_delegation("legs.new", delegation, journey=journey.id),
        otherwise=lambda: _page(form, delegation, None),
        done=gettext("Now record its legs."),
    )


@bp.route("/<int:journey_id>", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def edit(congress_id: int, delegation_id: int, journey_id: int) -> ResponseReturnValue:
    """Edit who follows a separate itinerary."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    journey = journey_queries.get(delegation, journey_id)
    form = PartyForm(direction=journey.direction, delegates=[one.delegate_id for one in journey.travelers])
    form.delegates.offer(_listed(delegation))
    return submit(
        form,
        edits(journey),
        write=lambda: parties.set_party(journey, _chosen(form, delegation)),
        then=itinerary(delegation),
        otherwise=lambda: _page(form, delegation, journey),
        done=gettext("Saved."),
    )


@bp.post("/<int:journey_id>/end")
@requires(Permission.DELEGATION_EDIT)
def end(congress_id: int, delegation_id: int, journey_id: int) -> ResponseReturnValue:
    """End a separate itinerary that has no legs."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    journey = journey_queries.get(delegation, journey_id)
    done = gettext("They now follow the delegation’s shared itinerary again.")
    return press(
        lambda: parties.end_party(journey),
        then=itinerary(delegation),
        done=done,
        undo=travelers(journey) or label(journey.direction),
    )


def _listed(delegation: Delegation) -> list[tuple[int, str]]:
    """Return the delegates to choose from, by family name."""
    delegates = alphabetical(delegation.delegates, lambda one: one.person.sorted_names())
    return [(one.id, one.person.full_name) for one in delegates]


def _chosen(form: PartyForm, delegation: Delegation) -> list[Delegate]:
    return [one for one in delegation.delegates if one.id in (form.delegates.data or [])]


def _page(form: PartyForm, delegation: Delegation, journey: Journey | None) -> str:
    congress = congress_queries.get(delegation.congress_id)
    return render_template(
        "travel/parties/form.html", form=form, congress=congress, delegation=delegation, journey=journey
    )


def _editor(journey: Journey) -> str:
    return of_delegation("parties.edit", journey.delegation, journey_id=journey.id)
