"""The public page of a mobilization, where people sign up to attend it."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.forms.mobilizing.sign_ups import SignUpForm
from app.models.mobilizing.sign_ups import SignUpKind
from app.queries.mobilizing import mobilizations
from app.views.mobilizing.asking import ask, campaign_of, consent_text
from app.views.mobilizing.events import event
from app.web.calendars import calendar_file
from app.web.cookieless import public_page
from app.wording.countdowns import countdown

bp = Blueprint("public_mobilizations", __name__, url_prefix="/c/<slug>/mobilizations")


@bp.route("/<int:mobilization_id>", methods=["GET", "POST"])
@public_page
def attend(slug: str, mobilization_id: int) -> ResponseReturnValue:
    """Show a mobilization, and sign up to attend it; an email or a call asks to confirm it."""
    campaign = campaign_of(slug)
    mobilization = mobilizations.get_announced(campaign.id, mobilization_id)
    shown = {
        "mobilization": mobilization,
        "countdown": countdown(mobilization.starts_at, mobilization.ends_at, mobilization.timezone),
        "is_open": mobilization.takes_attendees(clock.now()),
    }
    return ask(
        SignUpForm(consent_text(campaign)),
        SignUpKind.ATTEND,
        campaign,
        "mobilizing/public/mobilization.html",
        shown=shown,
        mobilization_id=mobilization.id,
    )


@bp.get("/<int:mobilization_id>.ics")
@public_page
def as_calendar(slug: str, mobilization_id: int) -> ResponseReturnValue:
    """Return it as an event for calendar applications."""
    mobilization = mobilizations.get_announced(campaign_of(slug).id, mobilization_id)
    page = url_for("public_mobilizations.attend", slug=slug, mobilization_id=mobilization_id, _external=True)
    return calendar_file([event(mobilization, page)])
