"""Pages that ask for a passkey: the only ones with a script. All of them work without it, with a code.

What a device has to sign is in a signed field of the page. It belongs to one purpose, one account and one browser session, lasts
five minutes, and is accepted once.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from flask import current_app, render_template, session
from itsdangerous import BadSignature, URLSafeSerializer

from app import clock, logs, webauthn
from app.domain.accounts import passkeys
from app.domain.accounts.passkeys import CHALLENGE_LASTS
from app.domain_errors import DomainError
from app.forms.accounts.passkeys import Answer
from app.models.accounts.accounts import User
from app.queries.accounts import factors as factor_queries
from app.text import N_
from app.web.responses import allow_our_script
from app.web.sessions import current
from app.webauthn import Party, WrongAnswerError

_BROWSER = "passkeys"
"""Where the cookie of somebody who is not signed in yet keeps what binds the questions to it."""
_TOO_LATE = N_("Too much time has passed, or this page belongs to another session. Press the button again.")
_WRONG = N_("This passkey does not work here. Try another one, or use a code.")


class Purpose(StrEnum):
    """What a passkey is asked for."""

    ADD = "add"
    STEP = "step"
    """After the password."""
    ALONE = "alone"
    """Instead of the password."""
    AGAIN = "again"
    """Before something sensitive, instead of the password and a code."""

    @property
    def needs_verification(self) -> bool:
        """Whether the device has to make sure who uses it, because no password is typed."""
        return self in (Purpose.ALONE, Purpose.AGAIN)


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks a device."""

    state: str
    """The question, signed; it comes back with the answer."""
    options: str
    """The question as browsers understand it."""


def party() -> Party | None:
    """Return who asks, or None if BASE_URL is an address at which browsers offer no passkeys."""
    return webauthn.party_of(current_app.config["SETTINGS"].base_url)


def render(template: str, question: Question | None, **shown: object) -> str:
    """Return a page that asks a question, with the script that it needs; without a question, an ordinary page."""
    if question is not None:
        allow_our_script()
    return render_template(template, passkey=question, **shown)


def ask_for_new(user: User) -> Question:
    """Return the question that makes a new passkey for an account."""
    challenge = webauthn.new_challenge()
    options = webauthn.creation_options(
        _party(), challenge, handle=_handle(user), name=user.email, shown=user.name, existing=_credentials(user)
    )
    return Question(_signed(Purpose.ADD, user, challenge), options)


def ask(purpose: Purpose, user: User) -> Question | None:
    """Return the question that one of an account's passkeys answers, or None if it has none that works here."""
    known = _credentials(user) if party() else []
    if not known:
        return None
    challenge = webauthn.new_challenge()
    options = webauthn.request_options(_party(), challenge, among=known, verified=purpose.needs_verification)
    return Question(_signed(purpose, user, challenge), options)


def ask_anyone() -> Question:
    """Return the question that any passkey answers which its device keeps for this house."""
    challenge = webauthn.new_challenge()
    options = webauthn.request_options(_party(), challenge, among=(), verified=True)
    return Question(_signed(Purpose.ALONE, None, challenge), options)


def add(user: User, answer: Answer, name: str) -> None:
    """Record the passkey that a device has made; raises DomainError."""
    challenge = _challenge(Purpose.ADD, user, answer)
    try:
        made = webauthn.made(_party(), challenge, answer.credential)
    except WrongAnswerError as error:
        raise DomainError(None, _WRONG) from error
    passkeys.add(user, name, made, challenge)


def use(purpose: Purpose, user: User, answer: Answer) -> None:
    """Accept the answer of one of an account's passkeys; raises DomainError."""
    _prove(purpose, user, answer)


def account_of(answer: Answer) -> User:
    """Return the account of the passkey that answered, whose device has made sure who uses it; raises DomainError."""
    return _prove(Purpose.ALONE, None, answer)


def _prove(purpose: Purpose, user: User | None, answer: Answer) -> User:
    try:
        return _proven(purpose, user, answer)
    except DomainError:
        logs.note("a passkey was refused", account=user.id if user else 0)
        raise


def _proven(purpose: Purpose, user: User | None, answer: Answer) -> User:
    challenge = _challenge(purpose, user, answer)
    try:
        known = factor_queries.passkey_known_as(webauthn.credential_id_in(answer.credential))
        if known is None or not known.user.is_active or (user is not None and known.user_id != user.id):
            raise DomainError(None, _WRONG)
        proof = webauthn.proven(
            _party(), challenge, answer.credential, known.credential, verified=purpose.needs_verification
        )
    except WrongAnswerError as error:
        raise DomainError(None, _WRONG) from error
    passkeys.use(known, proof, challenge)
    return known.user


def _party() -> Party:
    found = party()
    if found is None:
        raise DomainError(None, _WRONG)
    return found


def _credentials(user: User) -> list[bytes]:
    return [one.credential for one in factor_queries.passkeys(user.id)]


def _handle(user: User) -> bytes:
    """Return by what devices tell accounts apart. It says nothing about the account."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"passkeys of {user.id}".encode(), hashlib.sha256)


def _signed(purpose: Purpose, user: User | None, challenge: bytes) -> str:
    asked_at, kept = clock.now().timestamp(), b64encode(challenge).decode()
    return str(_signer().dumps([purpose, user.id if user else None, _browser(purpose), asked_at, kept]))


def _browser(purpose: Purpose) -> str:
    """Return what binds a question to this browser session.

    Signed in, it is the row of the session: two pages that load at once overwrite each other's cookie.
    """
    if purpose in (Purpose.ADD, Purpose.AGAIN):
        return f"session {current().id}"
    return str(session.setdefault(_BROWSER, secrets.token_urlsafe(16)))


def _challenge(purpose: Purpose, user: User | None, answer: Answer) -> bytes:
    """Return what the device had to sign, if it was asked here, for this, and a moment ago; raises DomainError."""
    try:
        asked_for, user_id, browser, asked_at, challenge = _signer().loads(answer.state)
    except BadSignature as error:
        raise DomainError(None, _TOO_LATE) from error
    is_ours = (asked_for, user_id, browser) == (purpose, user.id if user else None, _browser(purpose))
    if not is_ours or datetime.fromtimestamp(asked_at, UTC) < clock.now() - CHALLENGE_LASTS:
        raise DomainError(None, _TOO_LATE)
    return b64decode(challenge)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="passkeys")
