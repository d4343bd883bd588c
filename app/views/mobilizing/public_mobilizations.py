"""The public page of a mobilization, where people sign up to attend it."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.forms.mobilizing.sign_ups import SignUpForm
from app.models.mobilizing.sign_ups import SignUpKind
from app.queries.mobilizing import coverage, mobilizations
from app.views.mobilizing.asking import ask, campaign_of, consent_text
from app.views.mobilizing.picture_files import picture_file
from app.web.calendars import calendar_file
from app.web.cookieless import public_page
from app.wording.countdowns import countdown
from app.wording.events import event

bp = Blueprint("public_mobilizations", __name__, url_prefix="/c/<slug>")


@bp.route("/mobilizations/<int:mobilization_id>", methods=["GET", "POST"])
@public_page
def attend(slug: str, mobilization_id: int) -> ResponseReturnValue:
    """Show a mobilization, and sign up to attend it; an email or a call asks to confirm it."""
    campaign = campaign_of(slug)
    mobilization = mobilizations.get_announced(campaign.id, mobilization_id)
    shown = {
        "mobilization": mobilization,
        "countdown": countdown(mobilization.starts_at, mobilization.ends_at, mobilization.timezone),
        "pictures": coverage.pictures_of(mobilization.id, shown=True),
        "press_links": coverage.press_of(mobilization.id),
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


@bp.get("/pictures/<key>/<size>.jpg")
@public_page
def picture(slug: str, key: str, size: str) -> ResponseReturnValue:
    """Return a picture that everybody may see."""
    return picture_file(coverage.public_picture(campaign_of(slug).id, key), size)


@bp.get("/mobilizations/<int:mobilization_id>.ics")
@public_page
def as_calendar(slug: str, mobilization_id: int) -> ResponseReturnValue:
    """Return it as an event for calendar applications."""
    mobilization = mobilizations.get_announced(campaign_of(slug).id, mobilization_id)
    page = url_for("public_mobilizations.attend", slug=slug, mobilization_id=mobilization_id, _external=True)
    return calendar_file([event(mobilization, page)])
