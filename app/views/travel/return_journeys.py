"""The page that makes a return journey from an outbound one."""

from datetime import datetime, time, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.travel import return_journeys
from app.domain.travel.return_journeys import ReturnJourney
from app.forms.travel.return_journeys import ReturnJourneyForm
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Journey
from app.policy import Permission
from app.queries.congress import congresses, delegations
from app.queries.travel import journeys
from app.views.travel.paths import itinerary
from app.web.access import requires
from app.web.form_keys import creating
from app.web.previews import Preview, submit_with_preview
from app.wording.labels import label, travelers

bp = Blueprint(
    "return_journeys", __name__, url_prefix="/congresses/<int:congress_id>/delegations/<int:delegation_id>/legs"
)


@bp.route("/back", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
def new(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Draft the return journey from the outbound one, and create it once the draft is confirmed."""
    delegation = delegations.get(congress_id, delegation_id)
    congress = congresses.get(congress_id)
    outward = {one.id: one for one in journeys.of_delegation(delegation) if one.direction is Direction.OUT and one.legs}
    leaves = datetime.combine(congress.end_date + timedelta(days=1), time(9))
    form = ReturnJourneyForm(departs=leaves, journey=request.args.get("journey"))
    form.journey.offer((one.id, _called(one)) for one in outward.values())
    return submit_with_preview(
        form,
        draft=lambda: return_journeys.draft(outward[form.journey.data], form.begins()),
        write=lambda draft: return_journeys.record(delegation, outward[draft.journey_id], draft, form.times(draft)),
        then=itinerary(delegation),
        page=lambda preview: _page(form, delegation, preview),
        done=lambda legs: ngettext("%(num)d leg saved.", "%(num)d legs saved.", len(legs)),
    )


def _called(journey: Journey) -> str:
    people = travelers(journey)
    return f"{label(journey.direction).capitalize()}: {people}" if people else label(journey.direction).capitalize()


def _page(form: ReturnJourneyForm, delegation: Delegation, preview: Preview[ReturnJourney] | None) -> str:
    congress = congresses.get(delegation.congress_id)
    return render_template(
        "travel/return_journeys/new.html", form=form, congress=congress, delegation=delegation, preview=preview
    )
