"""Known devices: those on which an account has signed in before, by a signed cookie of their own."""

import secrets
from typing import Any

from flask import after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.web.keyed import keyed_digest

COOKIE = "device"
_SECONDS = 365 * 24 * 3600
_MOST_ACCOUNTS = 8
"""How many accounts one device remembers; of more, the earliest is forgotten."""


def known_device(email: str) -> str | None:
    """Return the id of this device if the account with an address has signed in on it before."""
    number, accounts = _read()
    return number if _mark(email) in accounts else None


def remember(email: str) -> None:
    """Let this device remember, for a year, that the account with an address has signed in on it."""
    number, accounts = _read()
    mark = _mark(email)
    marks = [*(one for one in accounts if one != mark), mark][-_MOST_ACCOUNTS:]
    cookie = _signer().dumps([number or secrets.token_urlsafe(16), marks])

    @after_this_request
    def keep(response: Response) -> Any:
        is_secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(_name(), cookie, max_age=_SECONDS, httponly=True, secure=is_secure, samesite="Lax")
        return response


def _read() -> tuple[str, list[str]]:
    try:
        number, accounts = _signer().loads(request.cookies.get(_name(), ""), max_age=_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return "", []
    return str(number), [str(one) for one in accounts]


def _name() -> str:
    return str(current_app.config["SETTINGS"].cookie_name(COOKIE))


def _mark(email: str) -> str:
    """Return what stands for an account in the cookie: whoever reads it does not learn whose it is."""
    return keyed_digest(f"device of {email}")[:24]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="device")
