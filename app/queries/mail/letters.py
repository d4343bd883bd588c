"""What somebody was sent, when, and what became of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.mail.deliveries import Delivery, Priority
from app.models.people.mailings import Mailing
from app.queries.mail.reasons import MAY_HAVE_ARRIVED
from app.queries.paging import Page, page_of

_LATEST_FIRST = (func.coalesce(Delivery.sent_at, Delivery.due_at).desc(), Delivery.id.desc())


class Fate(StrEnum):
    """What became of an email."""

    SENT = "sent"
    """The mail server took it."""
    RETURNED = "returned"
    """The mail server took it, and it came back."""
    UNDERWAY = "underway"
    WAITING = "waiting"
    POSTPONED = "postponed"
    """It was not taken, and is tried again."""
    HELD = "held"
    """It is of a digest or a mailing that is paused."""
    WITHDRAWN = "withdrawn"
    """It was not sent: it was stopped, or not wanted any more."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It may have arrived, and is not sent twice."""


def fate_of(delivery: Delivery, now: datetime) -> Fate:
    """Return what became of an email by now."""
    if delivery.sent_at is not None:
        return Fate.RETURNED if delivery.bounced_at is not None else Fate.SENT
    if delivery.is_held_at(now):
        return Fate.UNDERWAY
    if delivery.withdrawn_at is not None:
        return Fate.WITHDRAWN
    if delivery.failed_at is not None:
        return Fate.UNKNOWN if delivery.last_error == MAY_HAVE_ARRIVED else Fate.FAILED
    if delivery.priority == Priority.HELD:
        return Fate.HELD
    return Fate.POSTPONED if delivery.last_error else Fate.WAITING


def of_subscription(subscription_id: int, *, most: int) -> Sequence[Delivery]:
    """Return the latest emails to the member of a subscription."""
    found = select(Delivery).where(Delivery.subscription_id == subscription_id).order_by(*_LATEST_FIRST)
    return db.session.scalars(found.limit(most)).all()


def of_person(person_id: int, subscription_ids: Collection[int], number: int) -> Page[Delivery]:
    """Return a page of the emails to a person, latest first: about what is in scope, and of these subscriptions.

    Emails to an account of the same person are not among them.
    """
    seats = select(Delegate.id).where(Delegate.person_id == person_id)
    in_scope = or_(Delivery.mailing_id.is_(None), Delivery.mailing_id.in_(select(Mailing.id)))
    meant = or_(
        Delivery.person_id == person_id,
        Delivery.delegate_id.in_(seats),
        Delivery.subscription_id.in_(subscription_ids),
    )
    seat = joinedload(Delivery.delegate).joinedload(Delegate.delegation).joinedload(Delegation.congress)
    about = (joinedload(Delivery.mailing), joinedload(Delivery.subscription), joinedload(Delivery.brigade_member), seat)
    return page_of(select(Delivery).where(meant, in_scope).options(*about).order_by(*_LATEST_FIRST), number)
