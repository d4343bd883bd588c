"""Emails that are waiting, sent or failed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload, selectinload

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.subscriptions import Subscription
from app.models.congress.delegations import Delegate
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter, Priority
from app.models.mail.relays import RelayTrouble
from app.models.mobilizing.sign_ups import SignUp
from app.models.people.people import Person
from app.queries.paging import Page, holding_words, page_of
from app.queries.progress import Progress, Stage

WAITING = (Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None), Delivery.failed_at.is_(None))
"""The condition for an email that still has to be sent."""


def due_ids(limit: int, kind: DeliveryKind | None = None) -> list[int]:
    """Return the ids of unclaimed emails that are due, of one kind or of all.

    All have the same priority, the first of which some are due; the longest overdue come first.
    """
    return _due_ids(limit, *(() if kind is None else (Delivery.kind == kind,)))


def first_priority(delivery_ids: Collection[int]) -> Priority:
    """Return the highest priority of some emails."""
    found = db.session.scalar(select(func.min(Delivery.priority)).where(Delivery.id.in_(delivery_ids)))
    return Priority(found or 0)


def held(token: str, delivery_ids: Collection[int]) -> set[int]:
    """Return those of some emails that a claim still holds and that still have to be sent."""
    found = select(Delivery.id).where(Delivery.id.in_(delivery_ids), Delivery.claim == token, *WAITING)
    return set(db.session.scalars(found))


def is_due_before(priority: Priority) -> bool:
    """Return whether an unclaimed email is due that is sent before those of a priority."""
    return bool(_due_ids(1, Delivery.priority < priority))


def _due_ids(limit: int, *conditions: ColumnElement[bool]) -> list[int]:
    now = clock.now()
    for priority in Priority:
        due = select(Delivery.id).where(*WAITING, Delivery.priority == priority, Delivery.due_at <= now)
        due = due.where(Delivery.free_at(now), *conditions).order_by(Delivery.due_at, Delivery.id)
        found = list(db.session.scalars(due.limit(limit)))
        if found:
            return found
    return []


def urgent_ids(limit: int) -> list[int]:
    """Return the ids of those that are sent although the house is locked: calls for help, and letters about the lock."""
    about_lock = (Delivery.kind == DeliveryKind.ALARM) & Delivery.occasion.startswith("locked:")
    return _due_ids(limit, or_(Delivery.kind == DeliveryKind.HELP_CALL, about_lock))


def get(delivery_id: int) -> Delivery | None:
    """Return the current row of a delivery from the database, or None."""
    return db.session.get(Delivery, delivery_id, populate_existing=True)


def subscriptions_written_to(subscription_ids: Collection[int], since: datetime) -> set[int]:
    """Return the subscriptions to which an email was sent since an instant, or is being sent."""
    written = or_(Delivery.sent_at >= since, Delivery.leased_until > clock.now())
    found = select(Delivery.subscription_id).where(Delivery.subscription_id.in_(subscription_ids), written)
    return {number for number in db.session.scalars(found) if number is not None}


@dataclass(frozen=True, slots=True)
class MailState:
    """The state of email delivery."""

    waiting: int
    """Emails due now or later."""
    stuck: int
    """Emails that failed at least once and are still waiting; all that are due if the relay takes none."""
    failed: int
    sent: int
    next_try: datetime | None
    """When the next of the stuck emails, or the relay, is tried again."""
    last_error: str | None


def state(relays: int = 1) -> MailState:
    """Return the state of email delivery, in all scopes; if none of so many relays takes emails, all that are due are stuck."""
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
    troubles = db.session.scalars(select(RelayTrouble).order_by(RelayTrouble.next_try_at)).all()
    if len(troubles) >= relays:
        trouble = troubles[0]
        due = db.session.scalar(select(func.count()).where(*WAITING, Delivery.due_at <= clock.now())) or 0
        waiting, stuck_alone, failed, sent = counts[:4]
        return MailState(waiting, max(due, stuck_alone), failed, sent, trouble.next_try_at, trouble.reason)
    error = select(Delivery.last_error).where(*stuck).order_by(Delivery.due_at.desc()).limit(1)
    return MailState(*counts[:4], next_try=counts[4], last_error=db.session.scalar(error))


class Show(StrEnum):
    """Filter for the list of emails; canceled ones are never listed."""

    UNSENT = ""
    """Emails that are waiting or failed."""
    STUCK = "stuck"
    FAILED = "failed"
    SENT = "sent"


def find(typed: str, show: str, number: int) -> Page[Delivery]:
    """Return a page of the emails for `show`, a value of Show: failed ones first, sent ones latest first.

    The name or the address of the recipient must contain every word of `typed`.
    """
    shown: dict[str, tuple[ColumnElement[bool], ...]] = {
        Show.UNSENT: (Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None)),
        Show.STUCK: (*WAITING, Delivery.last_error.is_not(None)),
        Show.FAILED: (Delivery.failed_at.is_not(None),),
        Show.SENT: (Delivery.sent_at.is_not(None),),
    }
    trouble_first = (Delivery.last_error.is_(None), Delivery.due_at, Delivery.id)
    latest_first = (Delivery.sent_at.desc(), Delivery.id.desc())
    recipient = (User.name, User.email, Subscription.email, SignUp.email, Person.given_name, Person.family_name)
    found = select(Delivery).where(*shown[show], *holding_words(typed, *recipient))
    found = found.outerjoin(Delivery.user).outerjoin(Delivery.subscription)
    found = found.outerjoin(Delivery.sign_up).outerjoin(Delivery.delegate)
    found = found.outerjoin(Person, Person.id == func.coalesce(Delivery.person_id, Delegate.person_id))
    whole = (
        contains_eager(Delivery.user),
        contains_eager(Delivery.subscription),
        contains_eager(Delivery.sign_up),
        contains_eager(Delivery.delegate).contains_eager(Delegate.person),
        joinedload(Delivery.person),
        joinedload(Delivery.mailing),
        joinedload(Delivery.follow_up),
        selectinload(Delivery.announced),
    )
    return page_of(found.options(*whole).order_by(*(latest_first if show == Show.SENT else trouble_first)), number)


@dataclass(frozen=True, slots=True)
class Report:
    """The delivery of the emails of a digest or a mailing. Opened emails are not tracked."""

    sent: int
    waiting: int
    failed: int
    """Rejected by the server."""
    held_back: int
    """Canceled: sending was stopped, or the recipient no longer wanted it."""
    due_at: datetime | None
    """When the next one is sent."""
    last_sent_at: datetime | None
    """When the latest one was sent."""

    def progress(self, approved_at: datetime | None) -> Progress:
        """Return the progress of sending the emails, which were approved at this time."""
        total = self.sent + self.waiting + self.failed
        if self.waiting:
            stage = Stage.RUNNING if self.sent and self.due_at and self.due_at <= clock.now() else Stage.WAITING
        else:
            stage = Stage.FAILED if self.failed and not self.sent else Stage.DONE
        return Progress(
            stage,
            max(filter(None, (approved_at, self.due_at)), default=None),
            self.sent,
            total,
            next_try_at=self.due_at,
        )


@dataclass(frozen=True, slots=True)
class DigestReport(Report):
    """The delivery of a digest's emails."""

    unsubscribed: int
    """Members who unsubscribed after this email and before the next."""


def mailing_report(mailing_id: int) -> Report:
    """Return the delivery of a mailing."""
    return Report(*_counted(Delivery.mailing_id == mailing_id, Delivery.kind == DeliveryKind.MAILING))


def digest_report(digest_id: int) -> DigestReport:
    """Return the delivery of a digest's emails."""
    own = (Delivery.digest_id == digest_id, Delivery.kind == DeliveryKind.DIGEST)
    counted = _counted(*own)
    later = aliased(Delivery)
    since = select(later.id).where(
        later.subscription_id == Subscription.id,
        later.kind == DeliveryKind.DIGEST,
        later.sent_at > Delivery.sent_at,
        later.sent_at <= Subscription.unsubscribed_at,
    )
    left = select(func.count()).select_from(Delivery).join(Subscription, Delivery.subscription_id == Subscription.id)
    left = left.where(*own, Subscription.unsubscribed_at >= Delivery.sent_at, ~since.exists())
    return DigestReport(*counted, unsubscribed=db.session.scalar(left) or 0)


def find_in_mailbox(typed: str, number: int) -> Page[MailboxLetter]:
    """Return a page of the emails in the application's own mailbox, newest first.

    Subject and recipient together must contain every word of `typed`.
    """
    found = select(MailboxLetter).where(*holding_words(typed, MailboxLetter.subject, MailboxLetter.recipient))
    found = found.options(defer(MailboxLetter.content))
    return page_of(found.order_by(MailboxLetter.id.desc()), number)


def _counted(*own: ColumnElement[bool]) -> tuple[int, int, int, int, datetime | None, datetime | None]:
    """Return how many emails are sent, waiting, failed and canceled, and when the next and the latest one are sent."""
    counts = select(
        func.count().filter(Delivery.sent_at.is_not(None)),
        func.count().filter(*WAITING),
        func.count().filter(Delivery.failed_at.is_not(None)),
        func.count().filter(Delivery.withdrawn_at.is_not(None)),
        func.min(Delivery.due_at).filter(*WAITING),
        func.max(Delivery.sent_at),
    )
    sent, waiting, failed, held_back, due_at, last_sent_at = db.session.execute(counts.where(*own)).one()
    return sent, waiting, failed, held_back, due_at, last_sent_at
