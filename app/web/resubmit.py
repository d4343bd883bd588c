"""Forms that are sent without a valid session: their input is preserved while the user signs in."""

import json

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from app.forms.accounts.accounts import CONFIRMING_FIELDS, SignInForm
from app.text import storable
from app.web.rate_limits import note_seldom

_NOT_KEPT = ("csrf_token", "password", *CONFIRMING_FIELDS, "next", "kept")


def ask_to_sign_in() -> ResponseReturnValue:
    """Show the sign-in page; it carries the input of the form and shows it again afterwards."""
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    form = SignInForm(formdata=None, next=request.full_path.rstrip("?"), kept=_typed())
    notice = gettext("Your session has ended. Sign in again. What you entered has been kept and will be restored.")
    return render_template("accounts/accounts/sign_in.html", form=form, notice=notice), 401


def on_csrf_error(_error: CSRFError) -> ResponseReturnValue:
    """Handle a form with an invalid CSRF token: keep the input and show it again."""
    note_seldom("a form had no valid token")
    if request.endpoint in ("accounts.sign_in", "codes.ask", None):
        form = SignInForm(formdata=None, next=request.form.get("next", ""), kept=request.form.get("kept", ""))
        notice = _why_not_signed_in()
        return render_template("accounts/accounts/sign_in.html", form=form, notice=notice), 400
    if current_user.is_authenticated:
        return show_kept(request.full_path.rstrip("?"), _typed()), 400
    return ask_to_sign_in()


def _why_not_signed_in() -> str:
    if current_app.session_interface.get_cookie_name(current_app) not in request.cookies:
        return str(gettext("To sign in, allow this site to set a cookie, and try again."))
    return str(gettext("This page has expired. Sign in again."))


def show_kept(path: str, kept: str) -> str:
    """Show a button that opens the form again with the input. This saves nothing."""
    fields = [(name, value) for name, value in _pairs(kept) if name not in _NOT_KEPT]
    return render_template("accounts/accounts/kept.html", path=path, fields=fields)


def _pairs(kept: str) -> list[tuple[str, str]]:
    """Return names and values of the fields; none if somebody else than our page has written them."""
    try:
        pairs = json.loads(kept)
    except (ValueError, RecursionError):
        return []
    is_list = isinstance(pairs, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
    return [(storable(str(name)), storable(str(value))) for name, value in pairs] if is_list else []


def _typed() -> str:
    return json.dumps([pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_KEPT])
