"""What waits for an account: its open actions by when they are due, and what others have to do first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.queries.actions import follow_ups
from app.queries.actions.order import waits
from app.queries.actions.spans import Days, Span
from app.queries.paging import Page

_OTHERS = 10
"""The number of actions of others that are shown together."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The open actions of an account that it can do, and those for which it waits for others."""

    ends: dict[Span, datetime]
    """When each span ends; the last one does not."""
    counts: dict[Span, int]
    page: Page[FollowUp]
    others: Page[FollowUp]
    """Those that it has assigned to others, and its own that wait for another action, by due date."""

    @property
    def total(self) -> int:
        """The number of its own open actions, except those that wait for another one."""
        return sum(self.counts.values())

    def span_of(self, follow_up: FollowUp) -> Span:
        """Return when an action is due."""
        return next((span for span, end in self.ends.items() if follow_up.due_at < end), Span.LATER)

    @property
    def groups(self) -> list[tuple[Span, Sequence[FollowUp]]]:
        """The actions of the page by when they are due, earliest first."""
        found: dict[Span, list[FollowUp]] = {}
        for one in self.page.rows:
            found.setdefault(self.span_of(one), []).append(one)
        return list(found.items())


def waiting_for(user: User, span: str, number: int, others_number: int) -> Waiting:
    """Return what waits for an account; `span` is a value of Span, or empty for its actions of all spans."""
    days = Days.around(clock.now(), user.timezone)
    ends = {Span.LATE: days.now, Span.TODAY: days.midnight, Span.WEEK: days.monday}
    within, is_open = _within(ends), FollowUp.status.in_(OPEN_STATUSES)
    has_it = FollowUp.assignee_id == user.id
    is_given = (FollowUp.created_by_id == user.id) & FollowUp.assignee_id.is_distinct_from(user.id)
    is_mine, is_with_others = has_it & ~waits(), is_given | (has_it & waits())
    tallies = [func.count().filter(is_mine & one) for one in within.values()]
    counted = select(func.count().filter(is_with_others), *tallies).where(is_open, has_it | is_given)
    given, *numbers = db.session.execute(counted).one()
    counts = dict(zip(within, numbers, strict=True))
    chosen = Span(span) if span in set(Span) else None
    total, shown = (sum(numbers), []) if chosen is None else (counts[chosen], [within[chosen]])
    return Waiting(
        ends,
        counts,
        follow_ups.page(number, total, is_open, is_mine, *shown),
        follow_ups.page(others_number, given, is_open, is_with_others, size=_OTHERS),
    )


def _within(ends: dict[Span, datetime]) -> dict[Span, ColumnElement[bool]]:
    """Return the condition of each span."""
    now, midnight, monday = ends.values()
    return {
        Span.LATE: FollowUp.due_at < now,
        Span.TODAY: (FollowUp.due_at >= now) & (FollowUp.due_at < midnight),
        Span.WEEK: (FollowUp.due_at >= midnight) & (FollowUp.due_at < monday),
        Span.LATER: FollowUp.due_at >= monday,
    }
