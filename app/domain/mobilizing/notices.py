"""Emails to everybody who signed up for a mobilization, when it is moved or canceled, or takes place after all."""

from datetime import timedelta
from hashlib import sha256

from app import clock
from app.domain.mail import deliveries
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.mobilizations import Mobilization
from app.queries.mobilizing import sign_ups

WAITS = timedelta(minutes=10)
"""What is changed again meanwhile is told once, and what is changed back not at all."""


def as_it_is(mobilization: Mobilization) -> str:
    """Return a digest of what those who signed up have to know: where and when it is, and whether it takes place."""
    where = (mobilization.place.id, mobilization.address, mobilization.timezone)
    when = (mobilization.starts_at.isoformat(), mobilization.duration_minutes)
    return sha256(repr((where, when, mobilization.is_on)).encode()).hexdigest()[:16]


def tell(mobilization: Mobilization, before: str, *, by_host: bool = False) -> int:
    """Queue an email about the current state to each person who attends and has an address; return their number.

    `before` is how it was before. Whoever hosts it by a personal link is told as well, unless the change is theirs.
    """
    ids = list(sign_ups.attending(mobilization.id))
    host = None if by_host else sign_ups.hosting(mobilization.id)
    if host is not None and host.email and host.is_confirmed and host.is_accepted:
        ids.append(host.id)
    occasion = f"mobilization:{mobilization.id}:{mobilization.sequence}:{before}"
    deliveries.queue_sign_ups(ids, DeliveryKind.MOBILIZATION_CHANGED, clock.now() + WAITS, occasion)
    return len(ids)


def is_news(delivery: Delivery, mobilization: Mobilization) -> bool:
    """Return whether an email tells what its recipient does not know.

    No later one tells it, and since the last one that was sent, nothing was changed and changed back. An email that was
    sent for the sake of a reason alone stays wanted.
    """
    if not sign_ups.is_last_notice(delivery):
        return False
    now = as_it_is(mobilization)
    untold = [one.occasion.rpartition(":")[2] for one in sign_ups.untold(delivery)]
    return untold[0] != now or all(one == now for one in untold)
