"""The link of a sign-up: its owner confirms it and withdraws it. No account, no cookies; GET changes nothing."""

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import tokens
from app.domain.mobilizing import sign_ups
from app.forms.base import Button
from app.models.mobilizing.sign_ups import SignUp
from app.models.scoping import Scope, enter_scope
from app.queries.mobilizing import sign_ups as sign_up_queries
from app.views.mobilizing.asking import campaign_of
from app.web.cookieless import LinkOver, SignedLink, public_page
from app.web.submit import ACTS, submit
from app.wording.sign_ups import sentences_of

bp = Blueprint("sign_up_links", __name__)


def _sign_up(token: str) -> SignUp:
    """Return the sign-up of a link and narrow the scope to its campaign."""
    named = tokens.read_sign_up(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    campaign_id, sign_up_id = named
    enter_scope(Scope(campaign_ids=frozenset({campaign_id})))
    return sign_up_queries.get(campaign_id, sign_up_id)


LINK = SignedLink(
    "sign-up",
    read=_sign_up,
    languages=lambda sign_up: [sign_up.locale],
    home="sign_up_links.confirm",
    over="mobilizing/public/over.html",
)


@bp.get("/c/<slug>/signed-up")
@public_page
def asked(slug: str) -> ResponseReturnValue:
    """Say that an email was sent, or that somebody will call; the text is the same for an address that signed up before."""
    return render_template(
        "mobilizing/public/asked.html", campaign=campaign_of(slug), by_phone=bool(request.args.get("phone"))
    )


@bp.route("/sign-up/<token>", methods=["GET", "POST"])
@LINK.opens
def confirm(sign_up: SignUp) -> ResponseReturnValue:
    """Show what was asked for; the button confirms exactly that. Scanners that open the link change nothing."""
    form = Button()
    return submit(
        form,
        ACTS,
        write=lambda: sign_ups.confirm(sign_up),
        then=url_for("sign_up_links.confirm"),
        otherwise=lambda: _page("mobilizing/public/confirm.html", sign_up, form),
    )


@bp.route("/sign-up/<token>/withdraw", methods=["GET", "POST"])
@LINK.opens
def withdraw(sign_up: SignUp) -> ResponseReturnValue:
    """Ask whether to withdraw; the button withdraws, or deletes what nobody has confirmed."""
    form, counting = Button(), _counting(sign_up)
    return submit(
        form,
        ACTS,
        write=lambda: sign_ups.withdraw(counting),
        then=url_for("sign_up_links.confirm"),
        otherwise=lambda: _page("mobilizing/public/withdraw.html", sign_up, form),
    )


def _counting(sign_up: SignUp) -> SignUp:
    """Return the one that counts for the same person and thing; without one, the sign-up of the link itself."""
    return sign_up_queries.standing_like(sign_up) or sign_up


def _page(template: str, sign_up: SignUp, form: Button) -> str:
    return render_template(
        template,
        sign_up=sign_up,
        standing=sign_up_queries.standing_like(sign_up),
        sentences=sentences_of(sign_up),
        form=form,
    )
