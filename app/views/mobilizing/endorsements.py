"""The public page where an organization or a person endorses a campaign."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.forms.mobilizing.sign_ups import MandateForm
from app.models.mobilizing.sign_ups import SignUpKind
from app.views.mobilizing.asking import ask, campaign_of, consent_text
from app.web.cookieless import public_page

bp = Blueprint("endorsements", __name__)


@bp.route("/c/<slug>/endorse", methods=["GET", "POST"])
@public_page
def new(slug: str) -> ResponseReturnValue:
    """Endorse a campaign; an email or a call asks to confirm it."""
    campaign = campaign_of(slug)
    form = MandateForm(consent_text(campaign))
    return ask(form, SignUpKind.ENDORSE, campaign, "mobilizing/public/endorse.html")
