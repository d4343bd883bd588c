"""Rate limits for requests without an account."""

from flask import current_app, request
from limits import RateLimitItem, parse
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app import logs
from app.web.proxies import is_undeclared

SIGN_IN = (parse("20/minute"), parse("200/hour"))
"""Tries on devices that are not known, from one address, whatever the account."""
SUBSCRIBE = (parse("20/hour"),)
SIGN_UP = (parse("60/hour"),)
"""Higher than for subscribing, because everyone at an assembly may use the same connection."""
LETTER = (parse("60/hour"),)
"""Letters to targets that are counted; one person may write to many."""
FILES = (parse("20/hour"),)
"""Files that are sent by the link of one action."""
DOWNLOADS = (parse("60/hour"),)
"""Downloads of lists by one account; far more than anybody needs, and few for whoever has stolen a session."""
WRONG_SECRET = (parse("20/hour"),)
"""Posts of a program with a wrong secret."""
CHANGE_ADDRESS = (parse("5/day"),)
LETTERS_TO_NEW_ADDRESS = (parse("3/day"),)
FORGOTTEN = (parse("5/hour"),)
"""Password letters to one address. The first ones stay valid, so asking for too many keeps nobody out."""
_BEHIND_PROXY = 30
"""How many times higher the limits of one address are while it is that of an undeclared proxy, so of everyone."""

_SECONDS_BETWEEN_NOTES = 60


def too_often(limits: tuple[RateLimitItem, ...], *what: str) -> bool:
    """Count one attempt at `what` from this IP address and return whether it exceeds a limit."""
    if is_undeclared():
        limits = tuple(type(one)(one.amount * _BEHIND_PROXY, one.multiples) for one in limits)
    return _hit(limits, *what, request.remote_addr or "")


def too_often_by_anyone(limits: tuple[RateLimitItem, ...], *what: str) -> bool:
    """Count one attempt at `what` from any IP address and return whether it exceeds a limit."""
    return _hit(limits, *what)


def note_seldom(event: str, kind: str = "") -> None:
    """Log that somebody was held up: once a minute for each event and kind, so that nobody can fill the log."""
    if storage().incr(f"noted/{event}/{kind}", _SECONDS_BETWEEN_NOTES) == 1:
        logs.note(event, kind=kind)


def storage() -> Storage:
    """Return where attempts are counted."""
    kept: Storage = _limiter().storage
    return kept


def _limiter() -> MovingWindowRateLimiter:
    limiter: MovingWindowRateLimiter | None = current_app.extensions.get("throttle")
    if limiter is None:
        kept = storage_from_string(current_app.config["SETTINGS"].limits_url)
        limiter = current_app.extensions["throttle"] = MovingWindowRateLimiter(kept)
    return limiter


def _hit(limits: tuple[RateLimitItem, ...], *what: str) -> bool:
    limiter = _limiter()
    hits = [limiter.hit(limit, *what) for limit in limits]  # every limit counts, even after one is reached
    if all(hits):
        return False
    note_seldom("a limit was reached", what[0])
    return True
