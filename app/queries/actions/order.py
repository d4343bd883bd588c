"""The order of actions: which are parts of others, and which wait until another is closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp, FollowUpStatus
from app.queries.paging import holding_words

_LINKED = 100
"""The number of parts, or of waiting actions, that a page lists."""


def waits() -> ColumnElement[bool]:
    """Return the condition that an action waits for another one, which is open."""
    first = aliased(FollowUp)
    return exists().where(first.id == FollowUp.after_id, first.status.in_(OPEN_STATUSES))


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an action: the first of them, by due date, and how many are open, done, and neither."""

    rows: Sequence[FollowUp]
    counts: Mapping[FollowUpStatus, int]

    @property
    def done(self) -> int:
        """The number of those that are done."""
        return self.counts.get(FollowUpStatus.COMPLETED, 0)

    @property
    def left(self) -> int:
        """The number of those that are open."""
        return sum(self.counts.get(one, 0) for one in OPEN_STATUSES)

    @property
    def total(self) -> int:
        """The number of those that are done or open; who counts progress leaves out what was dropped."""
        return self.done + self.left


def parts_of(follow_up_id: int) -> Parts:
    """Return the parts of an action."""
    is_part = FollowUp.parent_id == follow_up_id
    counted = select(FollowUp.status, func.count()).where(is_part).group_by(FollowUp.status)
    counts = dict(iter(db.session.execute(counted)))
    parts = select(FollowUp).where(is_part).order_by(FollowUp.due_at, FollowUp.id).limit(_LINKED)
    return Parts(db.session.scalars(parts).unique().all() if counts else (), counts)


def waited_for(follow_up_ids: Collection[int]) -> set[int]:
    """Return for which of some actions open ones wait, by id."""
    waiting = select(FollowUp.after_id).where(FollowUp.after_id.in_(follow_up_ids), FollowUp.status.in_(OPEN_STATUSES))
    return {number for number in db.session.scalars(waiting) if number is not None} if follow_up_ids else set()


def waiting_for(follow_up_id: int) -> Sequence[FollowUp]:
    """Return the open actions that wait for an action, by due date."""
    waiting = select(FollowUp).where(FollowUp.after_id == follow_up_id, FollowUp.status.in_(OPEN_STATUSES))
    return db.session.scalars(waiting.order_by(FollowUp.due_at, FollowUp.id).limit(_LINKED)).unique().all()


def open_beside(follow_up: FollowUp, typed: str, limit: int) -> Sequence[FollowUp]:
    """Return the other open actions of its place whose title contains every word of `typed`, by due date."""
    same = (
        FollowUp.congress_id.is_not_distinct_from(follow_up.congress_id),
        FollowUp.campaign_id.is_not_distinct_from(follow_up.campaign_id),
    )
    found = select(FollowUp).where(*same, FollowUp.id != follow_up.id, FollowUp.status.in_(OPEN_STATUSES))
    found = found.where(*holding_words(typed, FollowUp.title)).order_by(FollowUp.due_at, FollowUp.id)
    return db.session.scalars(found.limit(limit)).unique().all()


def goes_before(first_id: int, second_id: int, *, moved_id: int) -> bool:
    """Return whether an action is another one or has to be closed before it, at any distance and in every scope.

    An action goes before the one that it is part of, and before those that wait for it. What `moved_id` is part of and
    waits for at present does not count, because that is about to change.
    """
    every = FollowUp.__table__.c
    waits_for = case((every.id == moved_id, None), else_=every.after_id).label("waits_for")
    before = select(every.id, waits_for).where(every.id == second_id).cte("before", recursive=True)
    is_part = and_(every.parent_id == before.c.id, every.id != moved_id)
    before = before.union(select(every.id, waits_for).join(before, or_(is_part, every.id == before.c.waits_for)))
    found = select(before.c.id).where(before.c.id == first_id)
    return db.session.scalar(found.execution_options(unscoped="a circle may run through removed actions")) is not None
