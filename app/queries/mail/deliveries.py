"""Emails that are waiting, sent or failed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from app import clock
from app.dialects.many_rows import any_of
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.subscriptions import Subscription
from app.models.congress.delegations import Delegate
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter, Priority
from app.models.mail.relays import RelayTrouble
from app.models.mobilizing.sign_ups import SignUp
from app.models.people.people import Person
from app.queries.mail import holds
from app.queries.paging import PAGE, Page, holding_words, page_of

WAITING = (Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None), Delivery.failed_at.is_(None))
"""The condition for an email that still has to be sent."""
NOT_HELD = (*WAITING, Delivery.priority != Priority.HELD)
"""The condition for one that is not of a digest or mailing that is paused."""
SENT = (Priority.FIRST, Priority.SOON, Priority.BULK)
"""The priorities of what is sent, in this order."""


def due_ids(limit: int, kind: DeliveryKind | None = None, *, with_bulk: bool = True) -> list[int]:
    """Return the ids of unclaimed emails that are due, of one kind or of all, perhaps without digests and mailings.

    All have the same priority, the first of which some are due; the longest overdue come first.
    """
    conditions = [] if kind is None else [Delivery.kind == kind]
    return _due_ids(limit, *conditions, *([] if with_bulk else [Delivery.priority < Priority.BULK]))


def first_priority(delivery_ids: Collection[int]) -> Priority:
    """Return the highest priority of some emails."""
    found = db.session.scalar(select(func.min(Delivery.priority)).where(Delivery.id.in_(delivery_ids)))
    return Priority(found or 0)


def held(token: str, delivery_ids: Collection[int]) -> set[int]:
    """Return those of some emails that a claim still holds and that still have to be sent."""
    these = any_of(db.session, Delivery.id, delivery_ids)
    found = select(Delivery.id).where(these, Delivery.claim == token, *WAITING)
    return set(db.session.scalars(found))


def is_due_before(priority: Priority) -> bool:
    """Return whether an unclaimed email is due that is sent before those of a priority.

    So that one of thousands is held back at once, putting away what was paused or stopped comes before all of them.
    """
    if priority == Priority.BULK and holds.being_put_away():
        return True
    return bool(_due_ids(1, Delivery.priority < priority))


def _due_ids(limit: int, *conditions: ColumnElement[bool]) -> list[int]:
    now = clock.now()
    for priority in SENT:
        if priority == Priority.BULK and (held := holds.being_put_away()):
            if any(one.is_moving for one in held):
                break  # a million that are held back would be read again and again
            conditions = (*conditions, *holds.not_of(held))
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
    """Return the state of email delivery, in all scopes; if none of so many relays takes emails, all that are due are stuck.

    What was sent is counted, however much it is, so this is for the page of emails.
    """
    found = select(
        func.count().filter(Delivery.failed_at.is_not(None)), func.count().filter(Delivery.sent_at.is_not(None))
    )
    failed, sent = db.session.execute(found).one()
    waiting = db.session.scalar(select(func.count()).where(*WAITING)) or 0
    found_trouble = trouble(relays)
    return MailState(
        waiting, found_trouble.stuck, failed, sent, found_trouble.next_try, found_trouble.last_error
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trouble:
    """Emails that are not being sent although they are due."""

    stuck: int
    """Emails that failed at least once and are still waiting; all that are due if the relay takes none."""
    next_try: datetime | None
    """When the next of the stuck emails, or the relay, is tried again."""
    last_error: str | None
    is_of_relay: bool = False
    """Whether it concerns all emails."""


def trouble(relays: int = 1) -> Trouble:
    """Return which emails are not being sent, at little cost, however many there are."""
    stuck = (*NOT_HELD, Delivery.last_error.is_not(None))
    count, next_try = db.session.execute(select(func.count(), func.min(Delivery.due_at)).where(*stuck)).one()
    troubles = db.session.scalars(select(RelayTrouble).order_by(RelayTrouble.next_try_at)).all()
    if len(troubles) >= relays:
        due = db.session.scalar(select(func.count()).where(*NOT_HELD, Delivery.due_at <= clock.now())) or 0
        return Trouble(max(due, count), troubles[0].next_try_at, troubles[0].reason, is_of_relay=True)
    error = select(Delivery.last_error).where(*stuck).order_by(Delivery.due_at.desc()).limit(1)
    return Trouble(count, next_try, db.session.scalar(error))


class Show(StrEnum):
    """Filter for the list of emails; canceled ones are never listed."""

    UNSENT = ""
    """Emails that are waiting or failed."""
    STUCK = "stuck"
    FAILED = "failed"
    SENT = "sent"


_TROUBLED = (Delivery.last_error.is_not(None), Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None))
_LISTS: Mapping[str, Sequence[tuple[tuple[ColumnElement[bool], ...], tuple[Any, ...]]]] = {
    Show.UNSENT: (
        (_TROUBLED, (Delivery.due_at, Delivery.id)),
        ((*WAITING, Delivery.last_error.is_(None)), (Delivery.priority, Delivery.due_at, Delivery.id)),
    ),
    Show.STUCK: (((*WAITING, Delivery.last_error.is_not(None)), (Delivery.due_at, Delivery.id)),),
    Show.FAILED: (((*_TROUBLED, Delivery.failed_at.is_not(None)), (Delivery.due_at, Delivery.id)),),
    Show.SENT: (((Delivery.sent_at.is_not(None),), (Delivery.sent_at.desc(), Delivery.id.desc())),),
}
"""Of each filter, lists that stand one after the other: their conditions and their order."""


def find(typed: str, show: str, number: int) -> Page[Delivery]:
    """Return a page of the emails for `show`, a value of Show: failed ones first, others as they are sent, sent ones latest first.

    The name or the address of the recipient must contain every word of `typed`.
    """
    if not typed.strip():
        return _find_all(_LISTS[show], number)
    recipient = (User.name, User.email, Subscription.email, SignUp.email, Person.given_name, Person.family_name)
    shown = or_(*(and_(*conditions) for conditions, _order in _LISTS[show]))
    found = _with_recipients().where(shown, *holding_words(typed, *recipient))
    order = _LISTS[show][0][1] if show != Show.UNSENT else (Delivery.last_error.is_(None), Delivery.due_at, Delivery.id)
    return page_of(found.order_by(*order), number)


def _find_all(lists: Sequence[tuple[tuple[ColumnElement[bool], ...], tuple[Any, ...]]], number: int) -> Page[Delivery]:
    """Return a page of lists one after the other. Each is read in the order of an index, and only as far as it is shown."""
    totals = [db.session.scalar(select(func.count()).where(*conditions)) or 0 for conditions, _order in lists]
    number = min(number, max(1, -(-sum(totals) // PAGE)))
    begin, ids = (number - 1) * PAGE, list[int]()
    for (conditions, order), total in zip(lists, totals, strict=True):
        if begin < total:
            some = select(Delivery.id).where(*conditions).order_by(*order)
            ids += db.session.scalars(some.offset(begin).limit(PAGE - len(ids)))
        begin = max(0, begin - total)
        if len(ids) >= PAGE:
            break
    rows = {one.id: one for one in db.session.scalars(_with_recipients().where(Delivery.id.in_(ids))).unique()}
    return Page([rows[one] for one in ids if one in rows], sum(totals), number)


def _with_recipients() -> Select[Delivery]:
    found = select(Delivery).outerjoin(Delivery.user).outerjoin(Delivery.subscription)
    found = found.outerjoin(Delivery.sign_up).outerjoin(Delivery.delegate)
    found = found.outerjoin(Person, Person.id == func.coalesce(Delivery.person_id, Delegate.person_id))
    return found.options(
        contains_eager(Delivery.user),
        contains_eager(Delivery.subscription),
        contains_eager(Delivery.sign_up),
        contains_eager(Delivery.delegate).contains_eager(Delegate.person),
        joinedload(Delivery.person),
        joinedload(Delivery.mailing),
        joinedload(Delivery.follow_up),
        selectinload(Delivery.announced),
    )


def find_in_mailbox(typed: str, number: int) -> Page[MailboxLetter]:
    """Return a page of the emails in the application's own mailbox, newest first.

    Subject and recipient together must contain every word of `typed`.
    """
    found = select(MailboxLetter).where(*holding_words(typed, MailboxLetter.subject, MailboxLetter.recipient))
    found = found.options(defer(MailboxLetter.content))
    return page_of(found.order_by(MailboxLetter.id.desc()), number)
