"""Rate limits for requests without an account."""

from flask import current_app, request
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

SIGN_IN = (parse("10/minute"), parse("100/hour"))
PER_ACCOUNT = (parse("10/15minute"),)
SUBSCRIBE = (parse("20/hour"),)
SIGN_UP = (parse("60/hour"),)
"""Higher than for subscribing, because everyone at an assembly may use the same connection."""
CHANGE_ADDRESS = (parse("5/day"),)
LETTERS_TO_NEW_ADDRESS = (parse("3/day"),)


def too_often(limits: tuple[RateLimitItem, ...], *what: str) -> bool:
    """Count one attempt at `what` from this IP address and return whether it exceeds a limit."""
    return _hit(limits, *what, request.remote_addr or "")


def too_often_by_anyone(limits: tuple[RateLimitItem, ...], *what: str) -> bool:
    """Count one attempt at `what` from any IP address and return whether it exceeds a limit."""
    return _hit(limits, *what)


def _hit(limits: tuple[RateLimitItem, ...], *what: str) -> bool:
    limiter = current_app.extensions.get("throttle")
    if limiter is None:
        storage = storage_from_string(current_app.config["SETTINGS"].limits_url)
        limiter = current_app.extensions["throttle"] = MovingWindowRateLimiter(storage)
    hits = [limiter.hit(limit, *what) for limit in limits]  # every limit counts, even after one is reached
    return not all(hits)
