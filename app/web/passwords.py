"""Whose address and password were typed, with the delays against guessing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import g
from flask_babel import gettext

from app import logs
from app.domain.accounts.passwords import password_matches
from app.extensions import db
from app.forms.accounts.accounts import OpeningForm, SignInForm
from app.models.accounts.accounts import User
from app.queries.accounts import accounts
from app.web import devices, rate_limits
from app.web.guessing import Guessing, too_many_tries

_SECONDS_FOR_ADDRESS = 60
"""What a client is asked to wait if too many tries come from its address."""
_SECONDS_FOR_A_TURN = 2
"""What a stranger is asked to wait if others wait already."""
_strangers, _turn = threading.BoundedSemaphore(3), threading.Lock()
"""How many strangers may be in a process of which one has a password hashed while the others wait for it."""


def account_of(form: SignInForm | OpeningForm) -> User | None:
    """Return the account with this address and password. An unknown address takes just as long to reject."""
    address = str(form.email.data)
    device = devices.known_device(address)
    with _turn_of(device) as is_its_turn:
        if not is_its_turn:
            _let_wait(form, _SECONDS_FOR_A_TURN)
            return None
        return _checked(form, address, device)


@contextmanager
def _turn_of(device: str | None) -> Iterator[bool]:
    """Let the passwords of strangers be hashed one after the other, so that known devices do not wait for many of them.

    Yields False if too many wait already: they would take the threads that answer everybody.
    """
    if device is not None:
        yield True
        return
    if not _strangers.acquire(blocking=False):
        yield False
        return
    try:
        with _turn:
            yield True
    finally:
        _strangers.release()


def _let_wait(form: SignInForm | OpeningForm, seconds: int) -> None:
    g.wait = seconds
    form.form_errors.append(too_many_tries(seconds))


def _checked(form: SignInForm | OpeningForm, address: str, device: str | None) -> User | None:
    guessing = Guessing(address, device)
    wait = guessing.seconds_to_wait()
    if not wait and device is None and rate_limits.too_often(rate_limits.SIGN_IN, "sign-in"):
        wait = _SECONDS_FOR_ADDRESS
    if wait:
        _let_wait(form, wait)
        return None
    user = accounts.by_email(address)
    password_hash, number = (user.password_hash, user.id) if user and user.is_active else (None, 0)
    db.session.rollback()  # do not hold a database connection while a password is being hashed
    if password_matches(password_hash, str(form.password.data)):
        guessing.succeed()
        return user
    logs.note("a password was wrong", account=number)
    form.form_errors.append(gettext("The email address or password is incorrect."))
    if guessing.seconds_left():
        form.form_errors.append(too_many_tries(guessing.seconds_left()))
    return None
