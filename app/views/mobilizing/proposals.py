"""Organizers approve or decline the mobilizations that host organizations propose, and give out their links."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mobilizing import proposals
from app.domain.mobilizing.decisions import WAITS
from app.forms.mobilizing.decisions import ApprovalForm, DeclineForm
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUp
from app.policy import Permission
from app.queries.lookup import REMOVED_FOR, Missing
from app.queries.mobilizing import mobilizations as mobilization_queries
from app.queries.mobilizing import sign_ups as sign_up_queries
from app.views.people.choices import offer_organizations
from app.web.access import requires
from app.web.asking import ask_first
from app.web.current_user import reader
from app.web.submit import ACTS, submit

bp = Blueprint("proposals", __name__, url_prefix="/campaigns/<int:campaign_id>/mobilizations/<int:mobilization_id>")


@bp.route("/approve", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def approve(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Announce a proposed mobilization; its host gets a personal link."""
    mobilization, sign_up = _proposed(campaign_id, mobilization_id)
    form = ApprovalForm()
    offer_organizations(form.host, mobilization.place.country)
    if not form.is_submitted():
        form.host.typed = sign_up.organization_name or ""
    return submit(
        form,
        ACTS,
        write=lambda: proposals.approve(sign_up, form.host.picked(), by=reader()),
        then=_location(mobilization),
        otherwise=lambda: render_template(
            "mobilizing/proposals/approve.html",
            form=form,
            mobilization=mobilization,
            sign_up=sign_up,
            parents=_trail(mobilization),
        ),
        done=_told(sign_up, gettext("It is announced.")),
    )


@bp.route("/decline", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def decline(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Say why a proposed mobilization is not announced, and remove it."""
    mobilization, sign_up = _proposed(campaign_id, mobilization_id)
    form = DeclineForm()
    kept = gettext(
        "It can be restored for %(days)d days, under “Recently removed”, and then approved.", days=REMOVED_FOR.days
    )
    by_email = gettext(
        "The host is told %(minutes)d minutes later, with the reason, in the language of the form.",
        minutes=int(WAITS.total_seconds()) // 60,
    )
    by_phone = gettext("Call the host: %(phone)s.", phone=sign_up.phone)
    return ask_first(
        lambda: proposals.decline(sign_up, form.reason.data, by=reader()),
        name=mobilization.title,
        question=gettext("Decline “%(title)s”?", title=mobilization.title),
        consequences=[gettext("It disappears from the lists."), kept, by_email if sign_up.email else by_phone],
        form=form,
        fields=["reason"],
        button=gettext("Decline"),
        then=url_for("mobilizations.index", campaign_id=campaign_id),
        trail=_trail(mobilization),
        done=_told(sign_up, gettext("It is declined.")),
    )


@bp.route("/renew-link", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def renew_link(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Ask for confirmation and replace the personal link of a host, for example because it was passed on."""
    mobilization, sign_up = _proposed(campaign_id, mobilization_id)
    return ask_first(
        lambda: proposals.renew_link(sign_up),
        name=sign_up.name,
        question=gettext("Replace %(name)s’s personal link?", name=sign_up.name),
        consequences=[
            gettext("The current link stops working, including in emails already sent."),
            gettext("The new link is sent by email, if there is an address."),
        ],
        button=gettext("New link"),
        then=_location(mobilization),
        trail=_trail(mobilization),
        done=gettext("The previous link no longer works. This is the new one."),
    )


def _proposed(campaign_id: int, mobilization_id: int) -> tuple[Mobilization, SignUp]:
    """Return a mobilization with the sign-up that proposed it; 404 if organizers have recorded it."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    sign_up = sign_up_queries.hosting(mobilization_id)
    if sign_up is None:
        raise Missing("proposal")
    return mobilization, sign_up


def _told(sign_up: SignUp, done: str) -> str:
    """Return a message that says how the host learns of the decision."""
    by_phone = gettext("Call the host: %(phone)s.", phone=sign_up.phone)
    return " ".join((done, gettext("The host is told by email.") if sign_up.email else by_phone))


def _trail(mobilization: Mobilization) -> list[tuple[str, str]]:
    return [(mobilization.title, _location(mobilization))]


def _location(mobilization: Mobilization) -> str:
    return url_for("mobilizations.show", campaign_id=mobilization.campaign_id, mobilization_id=mobilization.id)
