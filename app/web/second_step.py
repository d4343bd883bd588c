"""The end of signing in: after the password, and after a code or a passkey if the account has a second factor.

Between the two steps nobody is signed in. What the first one found out is in a signed field of the page that asks for it.
"""

import hashlib

from flask import current_app, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app import logs
from app.domain.accounts import notices
from app.domain.accounts.factors import accept
from app.extensions import db
from app.forms.accounts.factors import CodeStepForm
from app.models.accounts.accounts import User
from app.queries.accounts import accounts, factors
from app.queries.lookup import Missing
from app.web import devices, passkeys, sessions
from app.web.guessing import Guessing, too_many_tries
from app.web.redirects import safe_path
from app.web.resubmit import show_kept
from app.web.transactions import write_first

_SECONDS = 600
"""How long the second step may take."""


def go_on(user: User, path: str, kept: str) -> ResponseReturnValue:
    """Ask for a code or a passkey if the account has a second factor; otherwise, sign it in."""
    if not factors.has_one(user.id):
        return enter(user, path, kept)
    return page(user, CodeStepForm(formdata=None, proof=_signer().dumps([user.id, _state(user)]), next=path, kept=kept))


def page(user: User, form: CodeStepForm) -> str:
    """Return the page that asks for the second step."""
    has_codes = factors.confirmed(user.id) is not None
    question = passkeys.ask(passkeys.Purpose.STEP, user)
    return passkeys.render("accounts/codes/ask.html", question, form=form, has_codes=has_codes)


def fault_of_code(user: User, typed: str) -> str:
    """Return what is wrong with a code that was typed, or an empty string if it is right."""
    guessing = Guessing(f"codes of {user.id}", devices.known_device(user.email))
    wait = guessing.seconds_to_wait()
    if wait:
        return too_many_tries(wait)
    if not factors.has_one(user.id) or accept(user, typed, current_app.config["SECRET_KEY"]):
        guessing.succeed()
        return ""
    logs.note("a code was wrong", account=user.id)
    db.session.rollback()
    return str(gettext("This code is not right, or it was used before. Type the next one."))


def enter(user: User, path: str, kept: str) -> ResponseReturnValue:
    """Sign an account in, and go to the page that was asked for, with the input of a form that was interrupted."""
    is_known = devices.known_device(user.email) is not None
    devices.remember(user.email)
    write_first(lambda: _begin(user, is_new_device=not is_known))
    return show_kept(safe_path(path), kept) if kept else redirect(safe_path(path))


def _begin(user: User, *, is_new_device: bool) -> None:
    begun = sessions.begin(user)
    if is_new_device:
        notices.new_device(user, begun)


def passed_first(proof: str) -> User | None:
    """Return the account whose password was typed a moment ago, and has not been changed since."""
    try:
        user_id, state = _signer().loads(proof, max_age=_SECONDS)
        user = accounts.get(user_id)
    except (BadSignature, ValueError, TypeError, Missing):
        return None
    return user if user.is_active and state == _state(user) else None


def _state(user: User) -> str:
    return hashlib.sha256(str(user.password_hash).encode()).hexdigest()[:20]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="second step")
