"""What becomes of a mobilization: confirmed, moved, canceled, held; and who hosts it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mobilizing import mobilizations
from app.forms.mobilizing.mobilizations import CancelForm, HostForm, MoveForm
from app.forms.mobilizing.turnouts import TurnoutForm
from app.models.mobilizing.mobilizations import Mobilization
from app.policy import Permission
from app.queries.mobilizing import mobilizations as mobilization_queries
from app.queries.mobilizing import sign_ups
from app.times import to_typed
from app.views.mobilizing.filled import own_zone, range_end
from app.views.people.choices import offer_organizations
from app.views.travel.choices import offer_towns
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import ACTS, creates, edits, press, submit

bp = Blueprint(
    "mobilization_changes", __name__, url_prefix="/campaigns/<int:campaign_id>/mobilizations/<int:mobilization_id>"
)


@bp.post("/confirm")
@requires(Permission.MOBILIZATION_EDIT)
def confirm(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Announce a proposed mobilization."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    return press(
        lambda: mobilizations.confirm(mobilization), then=_location(mobilization), done=gettext("It is confirmed.")
    )


@bp.route("/move", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def move(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Change where or when it is."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    form = MoveForm(
        obj=mobilization,
        timezone=own_zone(mobilization),
        starts=to_typed(mobilization.starts_at, mobilization.timezone),
    )
    offer_towns(form.place)
    form.say_whom(*_signed_up(mobilization))
    return submit(
        form,
        edits(mobilization),
        write=lambda: mobilizations.move(
            mobilization, form.placed(), form.change_reason.data or None, tell=bool(form.tell.data)
        ),
        then=_location(mobilization),
        otherwise=lambda: render_template(
            "mobilizing/mobilizations/move.html", form=form, mobilization=mobilization, parents=_trail(mobilization)
        ),
        done=gettext("Saved."),
    )


@bp.route("/cancel", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def cancel(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Ask for confirmation and the reason, and call it off."""
    mobilization, form = mobilization_queries.get(campaign_id, mobilization_id), CancelForm()
    form.say_whom(*_signed_up(mobilization))
    return submit(
        form,
        ACTS,
        write=lambda: mobilizations.cancel(mobilization, form.change_reason.data or None, tell=bool(form.tell.data)),
        then=_location(mobilization),
        otherwise=lambda: render_template(
            "layouts/asking.html",
            form=form,
            fields=["change_reason", "tell"],
            question=gettext("Cancel “%(title)s”?", title=mobilization.title),
            consequences=[gettext("It stays in the lists and in calendars, marked as canceled.")],
            note=gettext("If it takes place after all, you can say so on its page."),
            button=gettext("Cancel the mobilization"),
            keep=gettext("Leave it as it is"),
            trail=_trail(mobilization),
        ),
        done=gettext("It is canceled."),
    )


@bp.post("/reinstate")
@requires(Permission.MOBILIZATION_EDIT)
def reinstate(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Have a canceled mobilization take place after all."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    return press(
        lambda: mobilizations.reinstate(mobilization),
        then=_location(mobilization),
        done=gettext("It takes place after all."),
    )


@bp.route("/turnout", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def turnout(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Report how many people came."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    form = TurnoutForm(obj=mobilization, turnout_most=range_end(mobilization))
    return submit(
        form,
        edits(mobilization),
        write=lambda: mobilizations.report(mobilization, form.values()),
        then=_location(mobilization),
        otherwise=lambda: render_template(
            "mobilizing/mobilizations/turnout.html", form=form, mobilization=mobilization, parents=_trail(mobilization)
        ),
        done=gettext("Saved."),
    )


@bp.route("/hosts/new", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
@creating
def add_host(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Name another organization that hosts it."""
    mobilization, form = mobilization_queries.get(campaign_id, mobilization_id), HostForm()
    offer_organizations(form.organization, mobilization.place.country)
    return submit(
        form,
        creates(),
        write=lambda: mobilizations.add_host(mobilization, form.organization.picked()),
        then=_location(mobilization),
        otherwise=lambda: render_template(
            "mobilizing/mobilizations/host.html", form=form, mobilization=mobilization, parents=_trail(mobilization)
        ),
        done=gettext("Saved."),
    )


@bp.post("/hosts/<int:host_id>/remove")
@requires(Permission.MOBILIZATION_EDIT)
def remove_host(campaign_id: int, mobilization_id: int, host_id: int) -> ResponseReturnValue:
    """Name an organization as a host no longer."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    host = mobilization_queries.get_host(mobilization, host_id)
    return press(
        lambda: mobilizations.remove_host(mobilization, host),
        then=_location(mobilization),
        done=gettext("Removed."),
        undo=host.organization.name,
    )


def _signed_up(mobilization: Mobilization) -> tuple[int, int]:
    """Return how many people who attend have an email address, and how many only a phone number."""
    return sign_ups.attendance(mobilization.id)


def _trail(mobilization: Mobilization) -> list[tuple[str, str]]:
    return [(mobilization.title, _location(mobilization))]


def _location(mobilization: Mobilization) -> str:
    return url_for("mobilizations.show", campaign_id=mobilization.campaign_id, mobilization_id=mobilization.id)
