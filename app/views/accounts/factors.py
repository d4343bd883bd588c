"""The second factors of the user's own account: one-time codes, and what belongs to all of them."""

import io

from flask import Blueprint, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app import one_time
from app.domain.accounts import factors, recovery
from app.forms.accounts.factors import CodeForm
from app.later import segno
from app.models.accounts.factors import Factor
from app.queries.accounts import factors as factor_queries
from app.queries.lookup import Missing
from app.web import passkeys
from app.web.access import Access, requires
from app.web.current_user import reader
from app.web.submit import ACTS, press, submit

bp = Blueprint("factors", __name__, url_prefix="/account/second-factor")


@bp.route("", methods=["GET", "POST"])
@requires(Access.SIGNED_IN, fresh=True)
def show() -> ResponseReturnValue:
    """Show the second factors; a first code turns one-time codes on."""
    user, form = reader(), CodeForm()
    return submit(
        form,
        ACTS,
        write=lambda: factors.turn_on(_own(), user, str(form.code.data), _secret_key()),
        then=url_for("factors.show"),
        otherwise=lambda: _page(form),
        done=gettext("One-time codes are on."),
    )


@bp.post("/begin")
@requires(Access.SIGNED_IN, fresh=True)
def begin() -> ResponseReturnValue:
    """Create a secret for the user's phone."""
    user = reader()
    return press(lambda: factors.begin(user), then=url_for("factors.show"))


@bp.post("/codes-kept")
@requires(Access.SIGNED_IN)
def hide_codes() -> ResponseReturnValue:
    """Stop showing the recovery codes, because the user has written them down."""
    user = reader()
    return press(lambda: recovery.hide(user), then=url_for("factors.show"), done=gettext("Keep them safe."))


@bp.post("/new-codes")
@requires(Access.SIGNED_IN, fresh=True)
def renew_codes() -> ResponseReturnValue:
    """Replace the recovery codes."""
    user = reader()
    done = gettext("These are your new recovery codes. The earlier ones no longer work.")
    return press(lambda: recovery.renew(user), then=url_for("factors.show"), done=done)


@bp.post("/end")
@requires(Access.SIGNED_IN, fresh=True)
def end() -> ResponseReturnValue:
    """Turn one-time codes off."""
    user = reader()
    return press(lambda: factors.turn_off(user), then=url_for("factors.show"), done=gettext("One-time codes are off."))


def _page(form: CodeForm) -> str:
    user = reader()
    factor, codes = factor_queries.of(user.id), factor_queries.recovery_codes(user.id)
    shown = {"form": form, "factor": factor, "letters": "", "drawing": "", "needs_factor": g.needs_factor}
    shown |= {"passkeys": factor_queries.passkeys(user.id), "has_passkeys": passkeys.party() is not None}
    shown |= {"recovery": codes, "codes": recovery.shown(codes, _secret_key()) if codes else []}
    if factor is not None and factor.confirmed_at is None:
        secret = one_time.secret_of(_secret_key(), factor.nonce)
        letters = one_time.in_letters(secret)
        shown |= {"letters": " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))}
        shown |= {"drawing": _drawn(one_time.address_for(secret, user.email))}
    return render_template("accounts/factors/show.html", **shown)


def _own() -> Factor:
    factor = factor_queries.of(reader().id)
    if factor is None:
        raise Missing(Factor.__name__)
    return factor


def _drawn(address: str) -> Markup:
    """Return a QR code, as SVG that is part of the page."""
    drawn = io.BytesIO()
    segno.make(address, micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, light="#fff"
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn here; the address is only in the pattern


def _secret_key() -> str:
    return str(current_app.config["SECRET_KEY"])
