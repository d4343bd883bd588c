"""How long data is kept: the periods, and the sweep of each night, which deletes what is due in small transactions.

A period that becomes shorter counts from the first night after `NOTICE` on, so that admins can see before what it will delete; the same
holds for a default that the house has not been told of yet. Whatever a sweep does can be repeated: rows that were emptied
or deleted are not due any more. See decision 28.
"""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, delete, select

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain import leases
from app.domain.accounts import house
from app.domain.accounts.alarms import News
from app.domain.mail import deliveries
from app.domain.privacy import retention_acts
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mail.deliveries import DeliveryKind
from app.models.oversight import watching
from app.models.oversight.chain import Actor
from app.models.privacy.retention import MOST_DAYS, RetentionKind, RetentionPeriod, RetentionRound
from app.models.removing import REMOVED
from app.queries.accounts import accounts
from app.queries.privacy import retention as retention_queries
from app.queries.privacy.retention import NOTICE
from app.queries.privacy.retention_rules import RULES, Part
from app.queries.privacy.retention_ties import Cutoff
from app.text import N_

TOLD_AFTER = timedelta(hours=4)
"""How long after the next sweep admins are told by letter, so that what was changed until then is in the same letter."""
LEASE = timedelta(minutes=5)
"""Longer than any single transaction of a sweep takes."""
ROUNDS_KEPT_FOR = timedelta(days=365)


def change(kind: RetentionKind, days: int | None) -> RetentionPeriod:
    """Set how long a kind of data is kept, in days; None is without end. A shorter period counts only after `NOTICE`.

    Raises DomainError if the number is out of range.
    """
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise DomainError("days", N_("Enter a number of days, at most %(most)d."), most=MOST_DAYS)
    known = retention_queries.period(kind)
    before, in_force_at = known.days if known else RULES[kind].days, counts_from(kind, days)
    period = known or RetentionPeriod(kind=kind)
    if known is None or before != days:
        period.earlier_days = known.days_at(clock.now()) if known else None
        period.days, period.in_force_at = days, in_force_at
        db.session.add(period)
        db.session.flush()
    if in_force_at > clock.now():
        _tell(in_force_at)
    if before != days:
        house.note_period(kind, before, days)
    return period


def counts_from(kind: RetentionKind, days: int | None) -> datetime:
    """Return from when on a period would count: at once if it is not shorter than the one that counts now."""
    now, known = clock.now(), retention_queries.period(kind)
    days_now = known.days_at(now) if known else None
    is_shorter = days is not None and (days_now is None or days < days_now)
    return retention_queries.next_sweep(now + NOTICE) if is_shorter else now


def announce() -> None:
    """Store the default periods of kinds that the house has not been told of yet: they count after `NOTICE`."""
    in_force_at = retention_queries.next_sweep(clock.now() + NOTICE)
    rows = [{"kind": kind, "days": rule.days, "earlier_days": None, "in_force_at": in_force_at, "revision": 1}
            for kind, rule in RULES.items()]  # fmt: skip
    if insert_missing(db.session, cast("Table", RetentionPeriod.__table__), rows):
        _tell(in_force_at)


def _tell(in_force_at: datetime) -> None:
    """Queue the letter to each admin about what will be deleted: one for all periods that begin to count in a night."""
    for admin in accounts.admins():
        deliveries.queue(
            DeliveryKind.ALARM, user=admin, occasion=f"{News.DELETIONS}:{in_force_at:%Y%m%d}",
            due_at=retention_queries.next_sweep(clock.now()) + TOLD_AFTER,
        )  # fmt: skip


def claim() -> str | None:
    """Claim the sweep of this night, and return its token; None if another worker has it, or if it is finished."""
    today = clock.now().date()
    insert_missing(db.session, cast("Table", RetentionRound.__table__), [{"day": today, "counts": {}}])
    return leases.claim_for(
        RetentionRound, LEASE, RetentionRound.day == today, RetentionRound.finished_at.is_(None)
    )  # fmt: skip


def note(token: str, kind: RetentionKind, rows: int) -> bool:
    """Add to the numbers of a sweep, and renew its lease; False if another worker has it by now: then roll back."""
    held = select(RetentionRound).where(RetentionRound.claim == token).execution_options(populate_existing=True)
    sweep = db.session.scalars(held).one_or_none()
    if sweep is None:
        return False
    counts = sweep.counts | {kind.value: sweep.counts.get(kind.value, 0) + rows}
    return leases.renew(RetentionRound, token, LEASE, counts=counts)


def release(token: str, *, is_finished: bool) -> None:
    """Release the sweep of this night; if it is finished, nobody begins it again. Numbers of long ago are deleted."""
    leases.release(RetentionRound, token, finished_at=clock.now() if is_finished else None)
    past = delete(RetentionRound).where(RetentionRound.day < (clock.now() - ROUNDS_KEPT_FOR).date())
    db.session.execute(past.execution_options(synchronize_session=False))


def sweep_some(kind: RetentionKind) -> int:
    """Empty or delete the next rows of a kind that are due, and return how many; 0 if there are none.

    The lines of the audit log name the kind. Nothing is done as long as no period counts.
    """
    period = retention_queries.period(kind)
    days = period.days_at(clock.now()) if period else None
    if days is None:
        return 0
    actor, cutoff = watching.actor_of(db.session), Cutoff.of(days)
    with watching.acting(Actor(actor.kind, f"{actor.way}: {kind.value}", actor.user_id, actor.session_id)):
        for part in RULES[kind].parts:
            ids = _due(part, cutoff, retention_acts.most(part))
            if ids:
                retention_acts.carry_out(part, ids)
                return len(ids)
    return 0


def _due(part: Part, cutoff: Cutoff, most: int) -> list[int]:
    """Return the keys of the next rows that are due; nobody else changes them until the transaction ends."""
    found = select(part.key).where(part.due(cutoff)).order_by(part.key).limit(most)
    locked = found.with_for_update(of=part.model) if db.engine.dialect.name == "postgresql" else found
    return list(db.session.scalars(locked, execution_options=REMOVED))
