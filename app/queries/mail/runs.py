"""How far the sending of a digest or a mailing is."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, literal, select

from app import clock
from app.extensions import db
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.holds import HoldReason, HoldState, SendingHold
from app.models.mail.totals import DeliveryTotal
from app.queries.mail import holds
from app.queries.mail.holds import Run
from app.queries.progress import Progress, Stage

LATELY = timedelta(minutes=1)
"""The time of which the rate is told."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the emails of a digest or a mailing; every one of them is counted once. Opened emails are not tracked."""

    sent: int
    in_flight: int
    """Held by a worker at this moment: some are on their way, and the others go back if it is paused or stopped."""
    waiting: int
    failed: int
    """Rejected by the server."""
    withdrawn: int
    """Sending was stopped, or the recipient no longer wanted it."""
    bounced: int
    """Those among the sent ones that came back."""
    postponed: int
    """Those among the waiting ones that were not taken at the first attempt."""
    due_at: datetime | None
    """When the next one is sent."""
    last_sent_at: datetime | None
    """When the latest one was sent."""
    sent_lately: int
    """How many were sent in the last minute."""
    hold: SendingHold | None

    @property
    def total(self) -> int:
        """All of them."""
        return self.sent + self.in_flight + self.waiting + self.failed + self.withdrawn

    @property
    def unsent(self) -> int:
        """Those that are still to be sent."""
        return self.in_flight + self.waiting

    @property
    def is_paused(self) -> bool:
        """Whether those that wait are held back."""
        return self.hold is not None and self.hold.state is HoldState.PAUSED

    @property
    def went_wrong(self) -> bool:
        """Whether it was paused by itself."""
        return self.is_paused and self.hold is not None and self.hold.reason is HoldReason.REFUSALS

    @property
    def is_stopped(self) -> bool:
        """Whether the rest is withdrawn."""
        return self.hold is not None and self.hold.state is HoldState.STOPPED

    @property
    def held_back(self) -> int:
        """How many are sent when it is resumed, or a few less."""
        return self.waiting if self.is_paused else self.withdrawn if self.is_stopped else 0

    @property
    def seconds_left(self) -> int | None:
        """How long the rest takes at the rate of the last minute; None if none was sent, or if it is held back."""
        if not self.sent_lately or self.is_paused or not self.unsent:
            return None
        return round(self.unsent * LATELY.total_seconds() / self.sent_lately)

    def progress(self, approved_at: datetime | None) -> Progress:
        """Return the progress of sending the emails, which were approved at this time."""
        total = self.sent + self.unsent + self.failed
        if self.in_flight:
            stage = Stage.RUNNING
        elif self.waiting:
            is_begun = self.sent and self.due_at is not None and self.due_at <= clock.now()
            stage = Stage.PAUSED if self.is_paused else Stage.RUNNING if is_begun else Stage.WAITING
        else:
            stage = Stage.FAILED if self.failed and not self.sent else Stage.DONE
        since = self.hold.since if self.hold else None
        asked_at = max(filter(None, (approved_at, self.due_at, since)), default=None)
        return Progress(stage, asked_at, self.sent, total, next_try_at=self.due_at)


def report(run: Run) -> Report:
    """Return how far a run is: all as if its emails had followed what was decided."""
    now, hold = clock.now(), holds.find(run)
    is_free = Delivery.free_at(now)
    unsent = and_(Delivery.sent_at.is_(None), Delivery.failed_at.is_(None), is_free)
    waiting, withdrawn = and_(Delivery.withdrawn_at.is_(None), unsent), and_(Delivery.withdrawn_at.is_not(None), unsent)
    counts = select(
        func.count(),
        func.count(Delivery.sent_at),
        func.count(Delivery.bounced_at),
        func.max(Delivery.sent_at),
        func.count().filter(Delivery.sent_at > now - LATELY),
        func.count().filter(Delivery.failed_at.is_not(None), Delivery.sent_at.is_(None)),
        func.count().filter(waiting),
        func.min(Delivery.due_at).filter(waiting),
        func.count().filter(Delivery.last_error.is_not(None), waiting),
        func.count().filter(withdrawn),
        func.count().filter(Delivery.withdrawn_at == hold.mark, unsent) if hold else literal(0),
    )
    total, sent, bounced, last_sent_at, lately, failed, waits, due_at, postponed, held_back, back = db.session.execute(
        counts.where(*run.own)
    ).one()
    flying = total - sent - failed - waits - held_back
    past = _rolled_up(run)
    counted = Report(
        sent + past.sent, flying, waits, failed + past.failed, held_back + past.withdrawn, bounced=bounced + past.bounced, postponed=postponed, due_at=due_at,
        last_sent_at=last_sent_at, sent_lately=lately, hold=hold,
    )  # fmt: skip
    return _as_decided(counted, back or 0)


def _rolled_up(run: Run) -> Any:
    """Return the numbers of the emails of a run that are no longer kept."""
    names = ("sent", "failed", "withdrawn", "bounced")
    sums = (func.coalesce(func.sum(getattr(DeliveryTotal, name)), 0).label(name) for name in names)
    kind = DeliveryKind.DIGEST if run.digest_id is not None else DeliveryKind.MAILING
    return db.session.execute(
        select(*sums).where(
            DeliveryTotal.kind == kind,
            DeliveryTotal.digest_id == run.digest_id
            if run.digest_id is not None
            else DeliveryTotal.mailing_id == run.mailing_id,
        )
    ).one()


def _as_decided(counted: Report, back: int) -> Report:
    """Return a report in which those that have not followed what was decided count as if they had."""
    if counted.hold is None:
        return counted
    if counted.hold.state is HoldState.STOPPED:
        return replace(counted, waiting=0, withdrawn=counted.withdrawn + counted.waiting, postponed=0, due_at=None)
    return replace(counted, waiting=counted.waiting + back, withdrawn=counted.withdrawn - back)
