"""Passkeys of the user's own account, and signing in with one instead of the password."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import passkeys as domain
from app.domain_errors import DomainError
from app.extensions import db
from app.forms.accounts.passkeys import PasskeyForm, PasskeySignInForm
from app.models.accounts.accounts import User
from app.queries.accounts import factors as factor_queries
from app.web import passkeys, rate_limits, second_step
from app.web.access import Access, requires
from app.web.cookieless import add_message
from app.web.current_user import reader
from app.web.sessions import current
from app.web.submit import ACTS, press, submit

bp = Blueprint("passkeys", __name__)


@bp.get("/account/passkeys/add")
@requires(Access.SIGNED_IN, fresh=True)
def offer() -> ResponseReturnValue:
    """Ask a device for a new passkey."""
    return _unavailable() or _page(PasskeyForm(name=current().device))


@bp.post("/account/passkeys/add")
@requires(Access.SIGNED_IN, fresh=True)
def add() -> ResponseReturnValue:
    """Record the passkey that the device has made."""
    user, form = reader(), PasskeyForm()
    return _unavailable() or submit(
        form,
        ACTS,
        write=lambda: passkeys.add(user, form.answer, form.name.data or current().device or gettext("Passkey")),
        then=url_for("factors.show"),
        otherwise=lambda: _page(form),
        done=gettext("The passkey was added."),
    )


@bp.post("/account/passkeys/<int:passkey_id>/remove")
@requires(Access.SIGNED_IN, fresh=True)
def remove(passkey_id: int) -> ResponseReturnValue:
    """Remove a passkey; removing it twice changes nothing."""
    user = reader()
    return press(
        lambda: domain.remove(factor_queries.passkey(user, passkey_id), user),
        then=url_for("factors.show"),
        done=gettext("The passkey was removed. You can delete it on its device, too."),
    )


@bp.route("/sign-in/passkey", methods=["GET", "POST"])
@requires(Access.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Sign in with a passkey alone, whose device makes sure who uses it."""
    form = PasskeySignInForm(next=request.args.get("next", ""))
    if passkeys.party() is None:
        return redirect(url_for("accounts.sign_in", next=form.next.data or None))
    if form.validate_on_submit() and form.answer:
        user = _owner(form)
        if user is not None:
            return second_step.enter(user, str(form.next.data or ""), str(form.kept.data or ""))
    return passkeys.render("accounts/passkeys/sign_in.html", passkeys.ask_anyone(), form=form), form.http_status


def _unavailable() -> ResponseReturnValue | None:
    """Return to the second factors if browsers offer no passkeys at our address."""
    if passkeys.party() is not None:
        return None
    add_message(gettext("Passkeys are not available here: they need an address with a name and https."))
    return redirect(url_for("factors.show"))


def _owner(form: PasskeySignInForm) -> User | None:
    if rate_limits.too_often(rate_limits.SIGN_IN, "passkey"):
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
        return None
    try:
        return passkeys.account_of(form.answer)
    except DomainError as error:
        db.session.rollback()
        form.add_error(error)
        return None


def _page(form: PasskeyForm) -> str:
    return passkeys.render("accounts/passkeys/add.html", passkeys.ask_for_new(reader()), form=form)
