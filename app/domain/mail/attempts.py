"""Attempts to send an email: claimed under a lease, sent, retried later or given up.

SMTP cannot guarantee exactly-once delivery. If it is unknown whether an email was sent, because the worker died before
recording it, it is sent again with the same Message-ID; none is lost.
"""

import random
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select, update

from app import clock
from app.dialects.many_rows import any_of
from app.domain import leases
from app.domain.mail import relays
from app.extensions import db
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.mail.deliveries import NOT_HELD, WAITING
from app.queries.mail.reasons import MAY_HAVE_ARRIVED

RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each failed attempt; the last step repeats."""
GIVE_UP_AFTER = 20
"""Attempts: about a week in total."""
SENT_ONCE = (
    DeliveryKind.INVITATION,
    DeliveryKind.CONFIRMATION,
    DeliveryKind.MEMBER_LINK,
    DeliveryKind.ADDRESS_CHANGE,
    DeliveryKind.SIGN_UP,
)
"""Emails with links that work once or for a short time."""


def claim(delivery_ids: Collection[int], token: str, lease: timedelta) -> list[int]:
    """Claim those of some emails that are still due for `lease`; return their ids, in this order."""
    due = (*NOT_HELD, Delivery.due_at <= clock.now())
    return leases.claim_each_for(Delivery, delivery_ids, token, lease, *due, attempts=Delivery.attempts + 1)


def renew(delivery_ids: Collection[int], token: str, lease: timedelta) -> None:
    """Renew the claim of emails, as far as nobody else has claimed them since, even if it has ended by a clock that was set."""
    held = update(Delivery).where(any_of(db.session, Delivery.id, delivery_ids), Delivery.claim == token)
    db.session.execute(held.values(leased_until=clock.now() + lease).execution_options(synchronize_session=False))


def put_back(delivery_ids: Collection[int], token: str) -> None:
    """Give up the claim of emails with which nothing was tried."""
    held = update(Delivery).where(any_of(db.session, Delivery.id, delivery_ids), Delivery.claim == token)
    untried = held.values(claim=None, leased_until=None, attempts=Delivery.attempts - 1)
    db.session.execute(untried.execution_options(synchronize_session=False))


def keep_due(back: timedelta, limit: int) -> bool:
    """Make some emails due again that were due before the clock was set `back`; return whether there may be more."""
    now = clock.now()
    found = select(Delivery.id).where(*WAITING, Delivery.due_at > now, Delivery.due_at <= now + back)
    ids = db.session.scalars(found.order_by(Delivery.id).limit(limit)).all()
    again = update(Delivery).where(any_of(db.session, Delivery.id, ids), *WAITING).values(due_at=now)
    db.session.execute(again.execution_options(synchronize_session=False))
    return len(ids) == limit


def postpone(delivery_id: int, token: str, error: str) -> bool:
    """Leave the email due and retry later, with longer and longer waits, until it is given up; return whether it is."""
    attempts = db.session.scalar(select(Delivery.attempts).where(Delivery.id == delivery_id)) or 1
    if attempts >= GIVE_UP_AFTER:
        return give_up(delivery_id, token, error)
    wait = RETRY_AFTER[min(attempts, len(RETRY_AFTER)) - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - spreads load
    leases.release(Delivery, token, Delivery.id == delivery_id, due_at=clock.now() + wait, last_error=error[:200])
    return False


def give_up(delivery_id: int, token: str, error: str) -> bool:
    """Record that the email can never be delivered; return whether the claim still held."""
    return leases.release(Delivery, token, Delivery.id == delivery_id, failed_at=clock.now(), last_error=error[:200])


def keep_unknown(delivery_id: int, token: str) -> bool:
    """Do not send an email again of which it is unknown whether it arrived, if that would confuse; return whether that is so.

    Whoever asks for a link or a code asks again if none comes, and two would make people use the wrong one. A person
    decides. Every other email is sent again with the same Message-ID.
    """
    once = Delivery.kind.in_(SENT_ONCE)
    unknown = {"failed_at": clock.now(), "last_error": MAY_HAVE_ARRIVED}
    return leases.release(Delivery, token, Delivery.id == delivery_id, once, **unknown)


def forget(delivery_id: int, token: str) -> None:
    """Cancel a claimed email that is no longer needed."""
    leases.release(Delivery, token, Delivery.id == delivery_id, withdrawn_at=clock.now())


def retry(delivery_id: int) -> None:
    """Make a waiting or failed email due at once, at a person's request."""
    again = update(Delivery).where(Delivery.id == delivery_id, Delivery.sent_at.is_(None))
    again = again.where(Delivery.withdrawn_at.is_(None))
    db.session.execute(again.values(due_at=clock.now(), failed_at=None, attempts=0))
    relays.try_at_once()
