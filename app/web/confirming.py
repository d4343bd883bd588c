"""Signing in again before what is sensitive: the page asks who it is, and then does exactly what was asked for.

It asks for the password, and for a code if the account has a second factor, or for a passkey instead of both. A view declares this
beside its permission, `@requires(permission, fresh=True)`. What was typed is in hidden fields of the page that asks; it is sent to
the same address again, together with the answer.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock, logs
from app.domain.accounts.passwords import password_matches
from app.domain_errors import DomainError
from app.extensions import db
from app.forms.accounts.accounts import CONFIRMING, CONFIRMING_FIELDS, ConfirmForm
from app.queries.accounts import factors
from app.web import passkeys, sessions
from app.web.current_user import reader
from app.web.devices import known_device
from app.web.guessing import Guessing, too_many_tries
from app.web.passkeys import Purpose
from app.web.second_step import fault_of_code
from app.web.transactions import write_first

FRESH_FOR = timedelta(minutes=15)
MANY_LETTERS = 1000
"""Whoever sends more letters than this at once has to be signed in freshly."""
_NOT_KEPT = ("csrf_token", "password", *CONFIRMING_FIELDS)


def confirm_first(*, when: Callable[[], bool] = lambda: True) -> ResponseReturnValue | None:
    """Return a page that asks who it is, or None if that was asked lately, is answered, or is not needed."""
    if sessions.current().confirmed_at > clock.now() - FRESH_FOR or not when():
        return None
    form = ConfirmForm(needs_code=factors.has_one(reader().id))
    if request.method == "POST" and CONFIRMING in request.form and form.validate() and _is_right(form):
        write_first(sessions.confirm)
        return None
    if request.method == "POST":
        path, fields = request.full_path.rstrip("?"), request.form.items(multi=True)
    else:
        path, fields = url_for("accounts.confirm"), iter([("next", request.full_path.rstrip("?"))])
    kept = [pair for pair in fields if pair[0] not in _NOT_KEPT]
    question = passkeys.ask(Purpose.AGAIN, reader())
    return passkeys.render("accounts/accounts/confirm.html", question, form=form, path=path, fields=kept), 401


def _is_right(form: ConfirmForm) -> bool:
    return _is_right_passkey(form) if form.answer else _is_right_password(form) and _is_right_code(form)


def _is_right_passkey(form: ConfirmForm) -> bool:
    try:
        passkeys.use(Purpose.AGAIN, reader(), form.answer)
    except DomainError as error:
        db.session.rollback()
        form.add_error(error)
        return False
    return True


def _is_right_password(form: ConfirmForm) -> bool:
    user = reader()
    number, email, password_hash = user.id, user.email, user.password_hash
    guessing = Guessing(email, known_device(email))
    wait = guessing.seconds_to_wait()
    if wait:
        form.add_message(CONFIRMING, too_many_tries(wait))
        return False
    db.session.rollback()  # do not hold a database connection while a password is being hashed
    if password_matches(password_hash, str(form.confirming_password.data)):
        guessing.succeed()
        return True
    logs.note("a password was wrong", account=number)
    form.add_message(CONFIRMING, gettext("The password is incorrect."))
    return False


def _is_right_code(form: ConfirmForm) -> bool:
    if "confirming_code" not in form:
        return True
    fault = fault_of_code(reader(), str(form.confirming_code.data))
    if fault:
        form.add_message("confirming_code", fault)
    return not fault
