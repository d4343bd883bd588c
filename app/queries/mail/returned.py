"""What came back of emails, and the addresses that they may have been sent to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.subscriptions import AddressChange, Subscription
from app.models.mail.bounces import BounceScore, ReturnedKind, ReturnedLetter
from app.models.mail.deliveries import Delivery

SHOWN = timedelta(days=30)
"""How far back what came is counted."""


def addresses_of(delivery: Delivery) -> Iterator[str]:
    """Yield the addresses that an email may have been sent to, as far as its recipient has them still."""
    if delivery.user is not None:
        yield delivery.user.email
    if delivery.subscription is not None:
        yield delivery.subscription.email
    if delivery.address_change_id is not None:
        change = db.session.get(AddressChange, delivery.address_change_id)
        yield from (change.old_email, change.new_email) if change is not None else ()
    if delivery.sign_up is not None and delivery.sign_up.email is not None:
        yield delivery.sign_up.email
    for person in (delivery.person, delivery.delegate.person if delivery.delegate is not None else None):
        yield from person.email_addresses if person is not None else ()


def with_message_id(message_id: str) -> Delivery | None:
    """Return the email with a Message-ID, of which only what is before the @ is given."""
    return db.session.scalars(select(Delivery).where(Delivery.message_id == message_id)).one_or_none()


def last_sent_to(address: str) -> Delivery | None:
    """Return the last email that was sent to a normalized address of an account or of a member."""
    members = select(Subscription.id).where(Subscription.email == address)
    accounts = select(User.id).where(User.email == address)
    found = [
        db.session.scalars(
            select(Delivery)
            .where(recipient.in_(these), Delivery.sent_at.is_not(None))
            .order_by(Delivery.sent_at.desc())
        ).first()
        for recipient, these in ((Delivery.subscription_id, members), (Delivery.user_id, accounts))
    ]
    return max(filter(None, found), key=lambda one: one.sent_at or clock.now(), default=None)


@dataclass(frozen=True, slots=True)
class Came:
    """How many emails of a kind came to the bounce address lately."""

    kind: ReturnedKind
    number: int
    last_at: datetime


def came() -> list[Came]:
    """Return what came to the bounce address lately, by kind."""
    counted = select(ReturnedLetter.kind, func.count(), func.max(ReturnedLetter.at))
    counted = counted.where(ReturnedLetter.at > clock.now() - SHOWN).group_by(ReturnedLetter.kind)
    found = [Came(*row) for row in db.session.execute(counted).all()]
    return sorted(found, key=lambda one: list(ReturnedKind).index(one.kind))


def scored() -> int:
    """Return of how many addresses emails came back that may still be full or unreachable."""
    return db.session.scalar(select(func.count()).select_from(BounceScore)) or 0
