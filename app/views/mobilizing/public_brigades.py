"""The public page where somebody asks to join a brigade."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.mobilizing import joining
from app.forms.mobilizing.joining import JoinForm
from app.models.mobilizing.sign_ups import SignUpKind
from app.queries.lookup import Missing
from app.queries.mobilizing import brigades
from app.views.mobilizing.asking import ask, campaign_of, consent_text
from app.web.cookieless import public_page
from app.wording.brigades import needs_sentence, role_name

bp = Blueprint("public_brigades", __name__)


@bp.route("/c/<slug>/brigades/<int:brigade_id>/join", methods=["GET", "POST"])
@public_page
def join(slug: str, brigade_id: int) -> ResponseReturnValue:
    """Ask to join a brigade; once an email or a call has confirmed it, the organizers accept or decline."""
    campaign = campaign_of(slug)
    brigade = brigades.get(campaign.id, brigade_id)
    if not joining.is_open(brigade):
        raise Missing("brigade")
    form = JoinForm(consent_text(campaign))
    form.role.offer([("", role_name(None)), *((role.id, role_name(role)) for role in brigade.roles)])
    shown = {"brigade": brigade, "needs": needs_sentence(brigades.needs(brigade))}
    return ask(form, SignUpKind.JOIN, campaign, "mobilizing/public/join.html", shown=shown, brigade_id=brigade.id)
