"""Letters that wait, that left and that could not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from app import clock
from app.extensions import db
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter

WAITING = (Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None), Delivery.failed_at.is_(None))
"""What a letter is that still has to leave."""


def due_ids(limit: int) -> list[int]:
    """Return letters that are due and in nobody's hands, the longest due first."""
    now = clock.now()
    due = select(Delivery.id).where(*WAITING, Delivery.due_at <= now, Delivery.free_at(now))
    return list(db.session.scalars(due.order_by(Delivery.due_at, Delivery.id).limit(limit)))


def get(delivery_id: int) -> Delivery | None:
    """Return a delivery as it stands in the database now."""
    return db.session.get(Delivery, delivery_id, populate_existing=True)


@dataclass(frozen=True, slots=True)
class MailState:
    """How the mail stands."""

    waiting: int
    """Letters due now or later."""
    stuck: int
    """Letters tried at least once and still waiting."""
    failed: int
    sent: int
    next_try: datetime | None
    """When the next of the stuck letters is tried."""
    last_error: str | None


def state() -> MailState:
    """Return how the mail stands, over the whole house."""
    stuck = (*WAITING, Delivery.last_error.is_not(None))
    counts = db.session.execute(
        select(
            func.count().filter(*WAITING),
            func.count().filter(*stuck),
            func.count().filter(Delivery.failed_at.is_not(None)),
            func.count().filter(Delivery.sent_at.is_not(None)),
            func.min(Delivery.due_at).filter(*stuck),
        )
    ).one()
    error = select(Delivery.last_error).where(*stuck).order_by(Delivery.due_at.desc()).limit(1)
    return MailState(*counts[:4], next_try=counts[4], last_error=db.session.scalar(error))


def unsent(limit: int = 200) -> Sequence[Delivery]:
    """Return letters that wait or failed, those in trouble first."""
    listed = select(Delivery).where(Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None))
    trouble_first = (Delivery.last_error.is_(None), Delivery.due_at)
    whole = (joinedload(Delivery.user), joinedload(Delivery.subscription), joinedload(Delivery.follow_up))
    return db.session.scalars(listed.options(*whole).order_by(*trouble_first).limit(limit)).all()


@dataclass(frozen=True, slots=True)
class DigestReport:
    """What became of a digest's letters. Nobody counts whether they are read."""

    sent: int
    waiting: int
    failed: int
    """Which no server would take."""
    held_back: int
    """Withdrawn: the digest was stopped, or the member had left."""
    unsubscribed: int
    """Members who left after this letter and before the next."""
    due_at: datetime | None
    """When the next one leaves."""


def digest_report(digest_id: int) -> DigestReport:
    """Return what became of a digest's letters."""
    own = (Delivery.digest_id == digest_id, Delivery.kind == DeliveryKind.DIGEST)
    counted = db.session.execute(
        select(
            func.count().filter(Delivery.sent_at.is_not(None)),
            func.count().filter(*WAITING),
            func.count().filter(Delivery.failed_at.is_not(None)),
            func.count().filter(Delivery.withdrawn_at.is_not(None)),
            func.min(Delivery.due_at).filter(*WAITING),
        ).where(*own)
    ).one()
    later = aliased(Delivery)
    since = select(later.id).where(
        later.subscription_id == Subscription.id,
        later.kind == DeliveryKind.DIGEST,
        later.sent_at > Delivery.sent_at,
        later.sent_at <= Subscription.unsubscribed_at,
    )
    left = select(func.count()).select_from(Delivery).join(Subscription, Delivery.subscription_id == Subscription.id)
    left = left.where(*own, Subscription.unsubscribed_at >= Delivery.sent_at, ~since.exists())
    return DigestReport(*counted[:4], unsubscribed=db.session.scalar(left) or 0, due_at=counted[4])


def mailbox(limit: int = 200) -> Sequence[MailboxLetter]:
    """Return the letters in the app's own mailbox, the newest first."""
    return db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id.desc()).limit(limit)).all()
