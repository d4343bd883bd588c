"""Emails that returned to MAIL_BOUNCE_ADDRESS: what came, and where mail servers on other machines post them."""

import hmac

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.config import Config
from app.domain.accounts import field_keys
from app.extensions import csrf
from app.jobs.mail.returned import take_events, take_handed_over
from app.models.scoping import EVERYTHING, enter_scope
from app.policy import Permission
from app.queries.mail import returned as returned_queries
from app.reading.returned import LARGEST
from app.web import rate_limits
from app.web.access import Access, requires

bp = Blueprint("returned", __name__)

_SCHEME = "Bearer "
_OF_SNS = "x-amz-sns-message-type"
"""Amazon's SNS posts JSON that it calls plain text, with this header."""


@bp.get("/house/returned-mail")
@requires(Permission.DELIVERY_VIEW)
def index() -> ResponseReturnValue:
    """Say what came to the bounce address lately, and how it is read."""
    settings: Config = current_app.config["SETTINGS"]
    return render_template(
        "mail/returned/index.html",
        came=returned_queries.came(),
        scored=returned_queries.scored(),
        shown=returned_queries.SHOWN.days,
        is_configured=bool(settings.mail_bounce_address),
    )


@bp.post("/returned-mail")
@requires(Access.MACHINE)
def take() -> ResponseReturnValue:
    """Take one raw email, or what a provider posts as JSON. Posting it again has no effect."""
    settings: Config = current_app.config["SETTINGS"]
    if not settings.mail_bounce_secret:
        return jsonify(state="not configured"), 400
    if not _is_authorized(settings.mail_bounce_secret):
        is_guess = "Authorization" in request.headers  # SNS only sends one when it was asked to
        if is_guess and rate_limits.too_often(rate_limits.WRONG_SECRET, "returned mail"):
            return jsonify(state="wrong secret"), 429
        return jsonify(state="wrong secret"), 401, {"WWW-Authenticate": 'Basic realm="returned mail"'}
    if field_keys.follow(settings.var_dir) is not None:
        return jsonify(state="locked"), 503
    request.max_content_length = 2 * LARGEST
    enter_scope(EVERYTHING)
    if request.mimetype == "application/json" or _OF_SNS in request.headers:
        taken = take_events(request.get_data())
        return jsonify(state="unreadable" if taken is None else "events", taken=taken or 0)
    return jsonify(state=take_handed_over(request.get_data()[: LARGEST + 1]).value)


def _is_authorized(secret: str) -> bool:
    """Return whether the secret was given, as a token or as the password in an address."""
    given = request.headers.get("Authorization", "").encode()
    password = (request.authorization.password if request.authorization else None) or ""
    is_token = hmac.compare_digest(given, (_SCHEME + secret).encode())
    return hmac.compare_digest(password.encode(errors="replace"), secret.encode()) or is_token


csrf.exempt(take)  # there is no session: the secret is what authorizes
