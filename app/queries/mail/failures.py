"""Emails of a digest or a mailing that were not taken: how many, why, and by which domains."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from app.extensions import db
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery
from app.queries.mail.deliveries import WAITING
from app.queries.mail.holds import Run
from app.queries.mail.reasons import Reason, reason_of

MOST = 20_000
"""How many are looked at for a page; of more, the first ones."""


class Group(StrEnum):
    """What became of an email that was not taken."""

    FAILED = "failed"
    """It was given up."""
    POSTPONED = "postponed"
    """It is tried again."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An email that was not taken."""

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
    found = found.where(*run.own, *failed, Delivery.id > after).order_by(Delivery.id).limit(limit)
    return [
        Failure(
            number, subscription_id, person_id, Group.FAILED if failed_at else Group.POSTPONED, reason_of(words),
            words or "", domain_of(email),
        )
        for number, subscription_id, person_id, failed_at, words, email in db.session.execute(found).all()
    ]  # fmt: skip


def domain_of(address: str | None) -> str:
    """Return the domain of an address."""
    return (address or "").rpartition("@")[2]
