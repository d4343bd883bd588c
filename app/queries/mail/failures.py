"""Emails of a digest or a mailing that were not taken: how many, why, and by which domains."""

import math
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import String, cast, func, or_, select

from app.extensions import db
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.bounces import Bounce, BounceKind
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.holds import HoldState, SendingHold
from app.queries.mail import holds
from app.queries.mail.deliveries import NOT_HELD, WAITING
from app.queries.mail.holds import Run
from app.queries.mail.reasons import Reason, reason_of

MOST = 20_000
"""How many are looked at for a page; of more, the first ones."""
TOLERATED = 0.1
"""The share of emails of a run that may be postponed by the servers; of more, it is paused, because something is wrong."""
LEAST = 200
"""How many emails have to be tried before that share says anything."""


class Group(StrEnum):
    """What became of an email that was not taken."""

    FAILED = "failed"
    """It was given up."""
    POSTPONED = "postponed"
    """It is tried again."""
    RETURNED = "returned"
    """The relay took it, and it came back."""


class Failure(NamedTuple):
    """An email that was not taken; a tuple, because a page is made of thousands."""

    delivery_id: int
    subscription_id: int | None
    person_id: int | None
    group: Group
    reason: Reason
    words: str
    domain: str
    """Of the address that it is for now; empty if there is none."""


def postponed(run: Run) -> int:
    """Return how many emails of a run were not taken and are tried again."""
    return db.session.scalar(select(func.count()).where(*run.own, *WAITING, Delivery.last_error.is_not(None))) or 0


def some(run: Run, *, after: int = 0, limit: int = MOST) -> list[Failure]:
    """Return emails of a run that were not taken, in the order of their ids, `after` an id."""
    failed = (Delivery.last_error.is_not(None), Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None))
    found = select(
        Delivery.id, Delivery.subscription_id, Delivery.person_id, Delivery.failed_at, Delivery.last_error, Subscription.email
    ).outerjoin(Subscription, Delivery.subscription_id == Subscription.id)  # fmt: skip
    by_number = Delivery.id + 0  # as an expression, or SQLite would read all emails of the run in this order
    found = found.where(*run.own, *failed, by_number > after).order_by(by_number).limit(limit)
    return [
        Failure(
            one.id, one.subscription_id, one.person_id, Group.FAILED if one.failed_at else Group.POSTPONED,
            reason_of(one.last_error), one.last_error or "", domain_of(one.email),
        )
        for one in db.session.execute(found)
    ]  # fmt: skip


def returned(run: Run) -> list[Failure]:
    """Return the emails of a run that came back although the relay had taken them, each once, or that were called spam."""
    found = select(
        Delivery.id, Delivery.subscription_id, Delivery.person_id, Bounce.kind, Bounce.code, Bounce.reason, Subscription.email
    ).join(Delivery, Bounce.delivery_id == Delivery.id)  # fmt: skip
    found = found.outerjoin(Subscription, Delivery.subscription_id == Subscription.id)
    # what came back is less than the run, so it is read first: no index of deliveries by run fits this condition
    column, number = (Delivery.digest_id, run.digest_id) if run.digest_id else (Delivery.mailing_id, run.mailing_id)
    is_own = func.coalesce(column, 0) == number
    kinds = (DeliveryKind.DIGEST, DeliveryKind.MAILING)
    found = found.where(is_own, Delivery.kind.in_(kinds), Delivery.sent_at.is_not(None)).order_by(Bounce.id).limit(MOST)
    return list({
        one.id: Failure(
            one.id, one.subscription_id, one.person_id, Group.RETURNED, _reason_of_bounce(one.kind, one.code, one.reason),
            one.reason, domain_of(one.email),
        )
        for one in db.session.execute(found)
    }.values())  # fmt: skip


@lru_cache(10_000)
def _reason_of_bounce(kind: BounceKind, code: str | None, words: str) -> Reason:
    if kind is BounceKind.COMPLAINT:
        return Reason.COMPLAINT
    return reason_of(f"{code[0]}00 {code}" if code else words)


def domain_of(address: str | None) -> str:
    """Return the domain of an address."""
    return (address or "").rpartition("@")[2]


def going_wrong() -> list[Run]:
    """Return the runs of which more than `TOLERATED` of at least `LEAST` emails were not taken and are tried again.

    Those that had not been taken before a person resumed the run do not count. Only as much is read as is needed to tell.
    """
    # as an expression, because SQLite would read all digests by the index of kinds instead of the few that have an error
    is_one_of_many = cast(Delivery.kind, String).in_((DeliveryKind.DIGEST.value, DeliveryKind.MAILING.value))
    troubled = select(Delivery.digest_id, Delivery.mailing_id, func.count().label("emails"))
    troubled = troubled.where(*NOT_HELD, Delivery.last_error.is_not(None), is_one_of_many)
    troubled = troubled.group_by(Delivery.digest_id, Delivery.mailing_id)
    found = []
    for one in db.session.execute(troubled.having(func.count() > LEAST * TOLERATED)).all():
        run = Run(one.digest_id) if one.digest_id is not None else Run(mailing_id=one.mailing_id)
        hold = holds.find(run)
        if hold is not None and hold.state is not HoldState.RELEASED:
            continue
        new = one.emails - (hold.postponed_before if hold else 0)
        if new > LEAST * TOLERATED and _is_too_many(run, new, hold):
            found.append(run)
    return found


def _is_too_many(run: Run, postponed: int, hold: SendingHold | None) -> bool:
    most = math.ceil(postponed / TOLERATED)
    tried = select(Delivery.id).where(*run.own, or_(Delivery.sent_at.is_not(None), Delivery.failed_at.is_not(None)))
    if hold is not None:
        tried = tried.where(or_(Delivery.sent_at > hold.since, Delivery.failed_at > hold.since))
    others = db.session.scalar(select(func.count()).select_from(tried.limit(most).subquery())) or 0
    return postponed + others >= LEAST and postponed > TOLERATED * (postponed + others)
