"""The personal link of a host: whoever has it changes the mobilization and reports its turnout, without an account."""

from datetime import timedelta

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock, tokens
from app.domain.mobilizing import mobilizations, proposals
from app.forms.mobilizing.placing import DescriptionForm, MovedForm
from app.forms.mobilizing.turnouts import TurnoutForm
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.scoping import Scope, enter_scope
from app.queries.mobilizing import coverage, sign_ups
from app.times import to_typed
from app.views.mobilizing.filled import own_zone, range_end, spoken
from app.views.travel.choices import offer_towns
from app.web.cookieless import LinkOver, SignedLink
from app.web.submit import edits, submit
from app.wording.countdowns import countdown

_WORKS_FOR = timedelta(days=90)

bp = Blueprint("hosting", __name__, url_prefix="/hosting/<token>")


def _sign_up(token: str) -> SignUp:
    """Return the sign-up of a host's link and narrow the scope to its campaign. A renewed link replaces the previous one.

    It ends 90 days after the mobilization: until then, its host reports the turnout and adds what the press wrote.
    """
    named = tokens.read_host(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    enter_scope(Scope(campaign_ids=frozenset({named.campaign_id})))
    sign_up = sign_ups.get(named.campaign_id, named.sign_up_id)
    is_host = sign_up.kind is SignUpKind.HOST and sign_up.is_confirmed and sign_up.is_accepted
    mobilization = sign_up.mobilization
    if not is_host or mobilization is None or mobilization.removed_at or sign_up.link_number != named.number:
        raise LinkOver([sign_up.locale])
    if mobilization.ends_at + _WORKS_FOR < clock.now():
        raise LinkOver([sign_up.locale], is_past=True)
    return sign_up


LINK = SignedLink(
    "host",
    read=_sign_up,
    languages=lambda sign_up: [sign_up.locale],
    home="hosting.show",
    over="mobilizing/hosting/over.html",
)


@bp.get("")
@LINK.opens
def show(sign_up: SignUp) -> ResponseReturnValue:
    """Show the host what is announced, how many have signed up, and what can be changed."""
    mobilization = mobilization_of(sign_up)
    return render_template(
        "mobilizing/hosting/show.html",
        mobilization=mobilization,
        campaign=mobilization.campaign,
        countdown=countdown(mobilization.starts_at, mobilization.ends_at, mobilization.timezone),
        attending=sign_ups.attendance(mobilization.id),
        pictures=coverage.pictures_of(mobilization.id),
        press_links=coverage.press_of(mobilization.id),
        now=clock.now(),
    )


@bp.route("/edit", methods=["GET", "POST"])
@LINK.opens
def edit(sign_up: SignUp) -> ResponseReturnValue:
    """Change what has no effect on where and when it is."""
    mobilization = mobilization_of(sign_up)
    form = DescriptionForm(obj=mobilization, languages=spoken(mobilization))
    return submit(
        form,
        edits(mobilization),
        write=lambda: mobilizations.update(mobilization, form.described()),
        then=url_for("hosting.show"),
        otherwise=lambda: render_template("mobilizing/hosting/edit.html", form=form, mobilization=mobilization),
        done=gettext("Saved."),
    )


@bp.route("/move", methods=["GET", "POST"])
@LINK.opens
def move(sign_up: SignUp) -> ResponseReturnValue:
    """Change where or when it is; everyone who signed up is told."""
    mobilization = mobilization_of(sign_up)
    form = MovedForm(
        obj=mobilization,
        timezone=own_zone(mobilization),
        starts=to_typed(mobilization.starts_at, mobilization.timezone),
    )
    offer_towns(form.place, records=False)
    return submit(
        form,
        edits(mobilization),
        write=lambda: proposals.move(sign_up, form.placed(), form.change_reason.data or None),
        then=url_for("hosting.show"),
        otherwise=lambda: render_template(
            "mobilizing/hosting/move.html",
            form=form,
            mobilization=mobilization,
            attending=sign_ups.attendance(mobilization.id),
        ),
        done=gettext("Saved."),
    )


@bp.route("/turnout", methods=["GET", "POST"])
@LINK.opens
def turnout(sign_up: SignUp) -> ResponseReturnValue:
    """Report how many people came."""
    mobilization = mobilization_of(sign_up)
    form = TurnoutForm(obj=mobilization, turnout_most=range_end(mobilization))
    return submit(
        form,
        edits(mobilization),
        write=lambda: mobilizations.report(mobilization, form.values()),
        then=url_for("hosting.show"),
        otherwise=lambda: render_template("mobilizing/hosting/turnout.html", form=form, mobilization=mobilization),
        done=gettext("Saved. Thank you!"),
    )


def mobilization_of(sign_up: SignUp) -> Mobilization:
    """Return the mobilization of a host's link."""
    if sign_up.mobilization is None:
        raise AssertionError("the link opens only with a mobilization")
    return sign_up.mobilization
