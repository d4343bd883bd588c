"""The members who are due, as the database processes many of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, case, func, literal, select

from app.extensions import db
from app.models.campaigns.campaigns import Frequency
from app.models.campaigns.subscriptions import Subscription
from app.queries.campaigns.subscriptions import due

EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
"""The bounds of a period that has none."""


@dataclass(frozen=True, slots=True)
class Members:
    """The confirmed members of a campaign whose hour is before `serves_until`, or all of them.

    With `opens_at`, only those whose window starts then or later: members who expect more than a digest contains wait
    for the next one. With `after` and `up_to`, only a portion of them, by their ids.
    """

    campaign_id: int
    serves_until: datetime | None
    opens_at: datetime | None = None
    after: int = 0
    up_to: int | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions that a subscription meets."""
        return self._conditions(Subscription)

    @property
    def unscoped_conditions(self) -> list[ColumnElement[bool]]:
        """The same for statements to which no scope is applied, because they write many rows."""
        return self._conditions(Subscription.__table__.c)

    def _conditions(self, of: Any) -> list[ColumnElement[bool]]:
        met = due(self.campaign_id, self.serves_until, of)
        if self.opens_at is not None:
            met.append(of.covered_until >= self.opens_at)
        if self.after:
            met.append(of.id > self.after)
        if self.up_to is not None:
            met.append(of.id <= self.up_to)
        return met

    def portion(self, after: int, size: int) -> Self:
        """Return the next `size` of them after an id; if no more are left, `up_to` is None."""
        rest = replace(self, after=after)
        last = select(Subscription.id).where(*rest.conditions).order_by(Subscription.id).offset(size - 1).limit(1)
        return replace(rest, up_to=db.session.scalar(last))


@dataclass(frozen=True, slots=True)
class Group:
    """Members who read the same languages in the same zone, and whose windows start in the same period."""

    languages: str
    timezone: str
    starts: datetime
    ends: datetime
    """The windows start at `starts` or later, but before `ends`."""
    size: int


def lock(members: Members) -> None:
    """Let nobody else change the members until the transaction ends."""
    locked = select(Subscription.id).where(*members.conditions).order_by(Subscription.id).with_for_update().subquery()
    db.session.scalar(select(func.count()).select_from(locked))


def groups(members: Members, turns: Sequence[datetime]) -> list[Group]:
    """Return the groups among the members, the largest first. Their periods are parted by `turns`, which ascend."""
    number = _number_of_period(Subscription.covered_until, turns, 0).label("period")
    each = select(Subscription.languages, Subscription.timezone, number).where(*members.conditions).subquery().c
    same, size = (each.languages, each.timezone, each.period), func.count()
    rows = db.session.execute(select(*same, size).group_by(*same).order_by(size.desc(), *same))
    bounds = [EARLIEST, *turns, LATEST]
    return [Group(words, zone, bounds[period], bounds[period + 1], count) for words, zone, period, count in rows]


def _number_of_period(at: Any, turns: Sequence[datetime], first: int) -> ColumnElement[int]:
    """Return the expression for the number of turns up to an instant, found by halving; `first` is added to it."""
    if not turns:
        return literal(first)
    middle = len(turns) // 2
    before = _number_of_period(at, turns[:middle], first)
    return case((at < turns[middle], before), else_=_number_of_period(at, turns[middle + 1 :], first + middle + 1))


def rhythms(members: Members) -> list[tuple[Frequency, int, int, str]]:
    """Return frequency, weekday, hour and zone, each combination once."""
    same = (Subscription.frequency, Subscription.weekday, Subscription.hour, Subscription.timezone)
    found = db.session.execute(select(*same).where(*members.conditions).distinct())
    return [(frequency, weekday, hour, zone) for frequency, weekday, hour, zone in found]
