"""Taking back the unsent emails of a stopped digest, and making their members due again: by the database, in portions."""

from datetime import timedelta
from typing import cast

from sqlalchemy import ColumnElement, Table, case, delete, func, literal, select, update

from app import clock
from app.domain.campaigns import serving
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.digests import Digest
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery
from app.queries.mail.holds import Run
from app.text import N_

_AT_ONCE = "all members of a digest in scope to whom it was not sent"


def require_possible(digest: Digest) -> None:
    """Raise DomainError while one of its emails is being sent, or if a later digest has reached one of the members since."""
    unsent = select(Delivery.id).where(*_unsent(digest))
    if db.session.scalar(unsent.where(~Delivery.free_at(clock.now())).limit(1)) is not None:
        raise DomainError(None, N_("An email is being sent right now. Try again in a few minutes."))
    reached = unsent.join(Subscription, Delivery.subscription_id == Subscription.id).where(
        Delivery.covered_from.is_not(None), Subscription.covered_until != digest.period_end
    )
    if db.session.scalar(reached.limit(1)) is not None:
        raise DomainError(None, N_("A later digest has been approved since. You can still send the rest of this one."))


def take_back_some(digest: Digest) -> bool:
    """Delete the next portion of its emails, and make their members due again; return whether more of them can follow."""
    free = (*_unsent(digest), Delivery.free_at(clock.now()))
    ids = select(Delivery.id).where(*free).order_by(Delivery.id).limit(serving.PORTION).with_for_update().subquery()
    count, last = db.session.execute(select(func.count(), func.max(ids.c.id))).one()
    if not count:
        return False
    portion = (*free, Delivery.id <= last)
    mine = cast("Table", Subscription.__table__).c
    theirs = (*portion, Delivery.covered_from.is_not(None))
    of_member = (*theirs, Delivery.subscription_id == mine.id)
    back = update(cast("Table", Subscription.__table__)).where(
        mine.id.in_(select(Delivery.subscription_id).where(*theirs)), mine.covered_until == digest.period_end
    )
    back = back.values(
        covered_until=select(Delivery.covered_from).where(*of_member).scalar_subquery(),
        next_letter_at=_hour(digest, mine.next_letter_at, of_member),
    )
    db.session.flush()
    db.session.execute(back.execution_options(unscoped=_AT_ONCE))
    db.session.execute(delete(Delivery).where(*portion).execution_options(synchronize_session="fetch"))
    serving.forget_loaded()
    return bool(count == serving.PORTION)


def is_left(digest: Digest) -> bool:
    """Return whether one of its emails has yet to be taken back."""
    return db.session.scalar(select(Delivery.id).where(*_unsent(digest)).limit(1)) is not None


def _unsent(digest: Digest) -> tuple[ColumnElement[bool], ...]:
    return (*Run(digest_id=digest.id).own, Delivery.sent_at.is_(None), Delivery.failed_at.is_(None))


def _hour(
    digest: Digest, own: ColumnElement[object], of_member: tuple[ColumnElement[bool], ...]
) -> ColumnElement[object]:
    """Return the expression for a member's next hour: before that of the next digest; unchanged if there is none."""
    if digest.serves_until is None:
        return own
    latest = literal(digest.serves_until - timedelta(seconds=1), Delivery.due_at.type)
    due_at = select(case((Delivery.due_at < latest, Delivery.due_at), else_=latest)).where(*of_member).scalar_subquery()
    return case((own.is_(None), own), else_=due_at)
