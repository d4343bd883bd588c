"""Who has signed up in a campaign, and who has to be called about it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mobilizing import sign_ups
from app.forms.mobilizing.calling import OutcomeForm
from app.forms.mobilizing.lists import SignUpListForm
from app.models.mobilizing.sign_ups import SignUpState
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.mobilizing import sign_ups as sign_up_queries
from app.web.access import requires
from app.web.current_user import reader
from app.web.listing import all_of_them, every, page_number
from app.web.looks import looked_at
from app.web.submit import press
from app.wording.labels import label

bp = Blueprint("sign_ups", __name__, url_prefix="/campaigns/<int:campaign_id>/sign-ups")


@bp.get("")
@requires(Permission.SIGN_UP_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the sign-ups of a campaign: how many of each kind, and a list."""
    counts = sign_up_queries.counts(campaign_id)
    kinds = every((one.kind for one in counts), all_of_them())
    form = SignUpListForm(gettext("Name, organization or address"), every(SignUpState, all_of_them()), {"kind": kinds})
    page = sign_up_queries.find(campaign_id, form.typed, form.sound(form.kind) or "", form.shown, page_number())
    looked_at("sign_ups", [one.id for one in page.rows], "email", "phone")
    return render_template(
        "mobilizing/sign_ups/index.html",
        campaign=campaigns.get(campaign_id),
        counts=counts,
        unanswered=sign_up_queries.unanswered(campaign_id),
        form=form,
        page=page,
    )


@bp.get("/to-call")
@requires(Permission.SIGN_UP_VIEW)
def to_call(campaign_id: int) -> ResponseReturnValue:
    """Show who signed up without an email address and has to be called."""
    page = sign_up_queries.to_call(campaign_id, page_number())
    looked_at("sign_ups", [one.id for one in page.rows], "phone")
    return render_template("mobilizing/sign_ups/to_call.html", campaign=campaigns.get(campaign_id), page=page)


@bp.post("/<int:sign_up_id>/called")
@requires(Permission.SIGN_UP_EDIT)
def called(campaign_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Record what somebody said on the phone."""
    sign_up, form = sign_up_queries.get(campaign_id, sign_up_id), OutcomeForm()
    return press(
        lambda: sign_ups.record_call(sign_up, form.outcome.data, by=reader()),
        then=url_for("sign_ups.to_call", campaign_id=campaign_id),
        done=lambda _saved: gettext("%(name)s: %(outcome)s.", name=sign_up.name, outcome=label(form.outcome.data)),
        form=form,
        undo=sign_up.name,
    )
