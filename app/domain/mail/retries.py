"""Trying emails of a digest or a mailing again that were not taken: by group, by reason or by domain, in portions."""

from collections.abc import Collection

from sqlalchemy import or_, select, update

from app import clock
from app.dialects.many_rows import any_of
from app.domain.mail import relays
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mail.deliveries import Delivery
from app.models.mail.holds import HoldState
from app.models.mail.retries import SendingRetry
from app.queries.mail import failures, holds
from app.queries.mail.failures import Failure, domain_of
from app.queries.mail.holds import Run
from app.queries.people import people
from app.text import N_

PORTION = 2_000
"""How many emails one transaction looks at."""


def ask(run: Run, *, group: str = "", reason: str = "", domain: str = "") -> None:
    """Have the emails of a run that were not taken tried again; those of a group, a reason or a domain, or all.

    Workers carry it out. Raises DomainError if it is paused or stopped.
    """
    hold = holds.find(run)
    if hold is not None and hold.state is not HoldState.RELEASED:
        raise DomainError(None, N_("Sending is paused or stopped. Resume it first."))
    wish = SendingRetry(
        digest_id=run.digest_id, mailing_id=run.mailing_id, group=group, reason=reason, domain=domain[:200],
        asked_at=clock.now(), moved_to=0,
    )  # fmt: skip
    db.session.add(wish)
    db.session.flush()
    relays.try_at_once()


def carry_out_some() -> bool:
    """Carry out the next portion of what was asked for; return whether there is more."""
    found = select(SendingRetry).order_by(SendingRetry.id).limit(1).with_for_update(skip_locked=True)
    wish = db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if wish is None:
        return False
    run = Run(wish.digest_id, wish.mailing_id)
    portion = with_domains(failures.some(run, after=wish.moved_to, limit=PORTION))
    wanted = [one.delivery_id for one in portion if _is_meant(wish, one)]
    if wanted:
        _make_due(wanted, wish)
    if len(portion) < PORTION:
        db.session.delete(wish)
    else:
        wish.moved_to = portion[-1].delivery_id
    db.session.flush()
    return True


def with_domains(found: Collection[Failure]) -> list[Failure]:
    """Return emails with the domains of people's addresses, as far as these may be seen."""
    wanted = [one.person_id for one in found if one.person_id is not None]
    if not wanted:
        return list(found)
    addresses = people.emails_of(wanted)
    return [
        one
        if one.person_id is None
        else one._replace(domain=domain_of(next(iter(addresses.get(one.person_id, ())), "")))
        for one in found
    ]


def _is_meant(wish: SendingRetry, one: Failure) -> bool:
    pairs = ((wish.group, one.group), (wish.reason, one.reason), (wish.domain, one.domain))
    return all(not wanted or wanted == found for wanted, found in pairs)


def _make_due(ids: Collection[int], wish: SendingRetry) -> None:
    """Make emails due that have not failed again since it was asked for, and are not on their way."""
    now = clock.now()
    again = update(Delivery).where(
        any_of(db.session, Delivery.id, ids), Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_(None),
        Delivery.free_at(now), or_(Delivery.failed_at.is_(None), Delivery.failed_at <= wish.asked_at),
    ).values(due_at=now, failed_at=None, attempts=0, last_error=None)  # fmt: skip
    db.session.execute(again.execution_options(synchronize_session=False))
