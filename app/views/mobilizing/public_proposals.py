"""The public page where an organization proposes to host a mobilization of a day of action."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.mobilizing import days_of_action, proposals
from app.forms.mobilizing.proposals import ProposalForm
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.sign_ups import SignUpKind
from app.queries.lookup import Missing
from app.queries.mobilizing import days_of_action as day_queries
from app.views.mobilizing.asking import ask, campaign_of, consent_text
from app.views.travel.choices import offer_towns
from app.web.cookieless import public_page
from app.web.templating import locale_tag

bp = Blueprint("public_proposals", __name__)


@bp.route("/c/<slug>/days-of-action/<int:day_id>/host", methods=["GET", "POST"])
@public_page
def new(slug: str, day_id: int) -> ResponseReturnValue:
    """Propose a mobilization; once an email or a call has confirmed it, the organizers approve or decline it."""
    campaign = campaign_of(slug)
    day = day_queries.get(campaign.id, day_id)
    if not proposals.is_open(day):
        raise Missing("day of action")
    form = ProposalForm(consent_text(campaign), day, **_suggested(day))
    offer_towns(form.place, records=False)
    return ask(
        form, SignUpKind.HOST, campaign, "mobilizing/public/propose.html", shown={"day": day}, day_of_action_id=day.id
    )


def _suggested(day: DayOfAction) -> dict[str, object]:
    """Return what the mobilization has in common with its day of action; a local hour may have to be decided."""
    title = day.title_in(locale_tag())
    return {"title": title} if day.is_at_same_instant else {"title": title, "starts": days_of_action.local_start(day)}
