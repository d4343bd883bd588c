"""Pausing, stopping and resuming what is sent to many: one row that workers obey at once, which deliveries then follow.

The rows of a million deliveries cannot be written in one request. So what was decided is written to one row, and workers
move the deliveries in portions, each in a transaction: what is paused leaves the order of what is due, and what is
stopped is withdrawn. A worker that is killed leaves the rest to the next one.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.updates import rows_changed
from app.extensions import db
from app.models.mail.deliveries import Delivery, Priority
from app.models.mail.holds import HoldReason, HoldState, SendingHold
from app.queries.mail import holds
from app.queries.mail.deliveries import WAITING
from app.queries.mail.holds import Run

PORTION = 2_000
"""How many deliveries one transaction moves: more urgent emails wait for it. PostgreSQL writes each of them to all indexes."""
_UNSENT = (Delivery.sent_at.is_(None), Delivery.failed_at.is_(None))


def pause(run: Run, reason: HoldReason = HoldReason.ASKED) -> None:
    """Let the emails that have not been sent wait."""
    _decide(run, HoldState.PAUSED, reason)


def stop(run: Run) -> None:
    """Withdraw the emails that have not been sent."""
    _decide(run, HoldState.STOPPED)


def release(run: Run, *, postponed: int = 0) -> None:
    """Send the emails that wait, or that were withdrawn when it was stopped; `postponed` have not been taken so far."""
    _decide(run, HoldState.RELEASED).postponed_before = postponed


def forget(run: Run) -> None:
    """Forget what was decided, as nothing of it is left to be sent."""
    hold = holds.find(run, lock=True)
    if hold is not None:
        db.session.delete(hold)
        db.session.flush()


def settle_some() -> bool:
    """Move the next deliveries that have not followed yet; return whether more of them can follow at once."""
    hold = holds.next_unsettled()
    if hold is None:
        return False
    run = Run.of(hold)
    ids = select(Delivery.id).where(*run.own, Delivery.id > hold.moved_to).order_by(Delivery.id).limit(PORTION)
    last = db.session.scalar(select(func.max(ids.subquery().c.id)))
    if last is None:
        _end_round(hold)
        return hold.settled_at is not None
    portion = (*run.own, Delivery.id > hold.moved_to, Delivery.id <= last)
    rows_changed(_moved(hold, *portion, Delivery.free_at(clock.now())))
    if hold.skipped_id is None and hold.state is not HoldState.RELEASED:
        hold.skipped_id = db.session.scalar(select(func.min(Delivery.id)).where(*portion, _to_move(hold)))
    hold.moved_to = last
    db.session.flush()
    return True


def _end_round(hold: SendingHold) -> None:
    """Begin again with the first one that was on its way, or finish if there was none."""
    hold.is_moving = False
    if hold.skipped_id is None:
        hold.settled_at = clock.now()
    else:
        hold.moved_to, hold.skipped_id = hold.skipped_id - 1, None
    db.session.flush()


def _to_move(hold: SendingHold) -> ColumnElement[bool]:
    """Return the condition for emails that have not followed yet."""
    withdrawn_with_it = and_(*_UNSENT, Delivery.withdrawn_at == hold.mark)
    if hold.state is HoldState.STOPPED:
        return and_(*WAITING)
    if hold.state is HoldState.PAUSED:
        return or_(and_(*WAITING, Delivery.priority != Priority.HELD), withdrawn_with_it)
    return or_(and_(*WAITING, Delivery.priority == Priority.HELD), withdrawn_with_it)


def _moved(hold: SendingHold, *conditions: ColumnElement[bool]) -> Any:
    values: dict[HoldState, dict[str, Any]] = {
        HoldState.PAUSED: {"priority": Priority.HELD, "withdrawn_at": None},
        HoldState.STOPPED: {"withdrawn_at": hold.mark},
        HoldState.RELEASED: {"priority": Priority.BULK, "withdrawn_at": None},
    }
    moved = update(Delivery).where(*conditions, _to_move(hold)).values(values[hold.state])
    return moved.execution_options(synchronize_session=False)


def _decide(run: Run, state: HoldState, reason: HoldReason = HoldReason.ASKED) -> SendingHold:
    now = clock.now()
    row = {
        "digest_id": run.digest_id, "mailing_id": run.mailing_id, "state": state, "reason": reason, "since": now,
        "mark": now, "moved_to": 0, "skipped_id": None, "is_moving": True, "settled_at": now, "postponed_before": 0,
    }  # fmt: skip
    insert_missing(db.session, SendingHold.__table__, [row])  # type: ignore[arg-type]
    hold = holds.find(run, lock=True)
    if hold is None:
        raise LookupError(run)
    if state is HoldState.STOPPED and hold.settled_at is not None:
        hold.mark = now
    hold.state, hold.reason, hold.since = state, reason, now
    hold.moved_to, hold.skipped_id, hold.is_moving, hold.settled_at = 0, None, True, None
    db.session.flush()
    return hold
