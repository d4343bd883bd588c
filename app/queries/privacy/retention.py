"""How long each kind of data is kept, how much of it is due, and when it is swept next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models.privacy.retention import RetentionKind, RetentionPeriod, RetentionRound
from app.models.removing import REMOVED
from app.models.scoping import in_every_scope
from app.queries.privacy.retention_rules import RULES
from app.queries.privacy.retention_ties import Cutoff

NOTICE = timedelta(days=7)
"""How long admins can see what a shorter period would delete, before it does."""
SWEPT_AT = time(3, tzinfo=UTC)
"""When the sweep of a night begins."""


@dataclass(frozen=True, slots=True)
class KindLine:
    """What a page says about one kind of data."""

    kind: RetentionKind
    days: int | None
    """The period that was set or announced; None if it has no end."""
    days_now: int | None
    """The period that counts now; None if it has no end."""
    is_default: bool
    sweep_at: datetime | None
    """The next sweep in which the period counts; None if it has no end."""
    due: int | None = None
    """The number of rows that are due by it now; None if they were not counted."""

    @property
    def waits(self) -> bool:
        """Whether a shorter period does not count yet."""
        return self.days != self.days_now


def periods() -> Mapping[RetentionKind, RetentionPeriod]:
    """Return what was set or announced; kinds without a row have not been announced yet."""
    return {one.kind: one for one in db.session.scalars(select(RetentionPeriod))}


def period(kind: RetentionKind) -> RetentionPeriod | None:
    """Return what was set or announced for a kind."""
    return db.session.scalars(select(RetentionPeriod).where(RetentionPeriod.kind == kind)).one_or_none()


def announced_days() -> Mapping[RetentionKind, int | None]:
    """Return for each kind the period that people are told: what was set, or else the default."""
    known = periods()
    return {kind: known[kind].days if kind in known else rule.days for kind, rule in RULES.items()}


def lines(*, counted: bool) -> Sequence[KindLine]:
    """Return what is said about each kind; `counted` if with the numbers of rows that are due."""
    known = periods()
    return [_line(kind, known.get(kind), counted=counted) for kind in RULES]


def line(kind: RetentionKind) -> KindLine:
    """Return what is said about one kind, with the number of rows that are due."""
    return _line(kind, period(kind), counted=True)


def _line(kind: RetentionKind, known: RetentionPeriod | None, *, counted: bool) -> KindLine:
    now, default = clock.now(), RULES[kind].days
    days = known.days if known else default
    return KindLine(
        kind=kind,
        days=days,
        days_now=known.days_at(now) if known else None,
        is_default=days == default,
        sweep_at=None if days is None else next_sweep(known.in_force_at if known else _announced_at(now)),
        due=count_due(kind, days) if counted else None,
    )


def _announced_at(now: datetime) -> datetime:
    """Return from when on a default will count that the next sweep announces, as far as can be told now."""
    return next_sweep(now) + NOTICE + timedelta(minutes=1)  # a sweep never begins exactly on time


def next_sweep(in_force_at: datetime) -> datetime:
    """Return the first sweep from now on in which a period counts that is in force from an instant on."""
    after = max(clock.now(), in_force_at).astimezone(UTC)
    begins = datetime.combine(after.date(), SWEPT_AT)
    return begins if begins >= after else begins + timedelta(days=1)


def count_due(kind: RetentionKind, days: int | None) -> int:
    """Return how many rows of a kind a sweep would empty or delete now if the period had this many days."""
    if days is None:
        return 0
    cutoff = Cutoff.of(days)
    with in_every_scope():
        return sum(
            db.session.scalar(
                select(func.count()).select_from(part.model).where(part.due(cutoff)), execution_options=REMOVED
            )
            or 0
            for part in RULES[kind].parts
        )


def latest_round() -> RetentionRound | None:
    """Return the sweep of the latest night."""
    return db.session.scalars(select(RetentionRound).order_by(RetentionRound.day.desc()).limit(1)).first()


def next_in_force() -> datetime | None:
    """Return when the next announced period begins to count; None if all do."""
    waiting = (RetentionPeriod.in_force_at > clock.now(), RetentionPeriod.days.is_not(None))
    return db.session.scalar(select(func.min(RetentionPeriod.in_force_at)).where(*waiting))


def coming() -> Sequence[KindLine]:
    """Return the kinds of which rows are due by a period that does not count yet, with their numbers."""
    waiting = [one for one in lines(counted=False) if one.waits]
    counted = [replace(one, due=count_due(one.kind, one.days)) for one in waiting]
    return [one for one in counted if one.due]
