"""The members who are due, as the database processes many of them at once."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, func, select

from app.extensions import db
from app.models.campaigns.campaigns import Frequency
from app.models.campaigns.subscriptions import Subscription
from app.queries.campaigns.subscriptions import due


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
    """Members who read the same languages in the same zone, and whose windows start at the same time."""

    languages: str
    timezone: str
    covered_until: datetime
    size: int


def lock(members: Members) -> None:
    """Let nobody else change the members until the transaction ends."""
    locked = select(Subscription.id).where(*members.conditions).order_by(Subscription.id).with_for_update().subquery()
    db.session.scalar(select(func.count()).select_from(locked))


def groups(members: Members) -> list[Group]:
    """Return the groups among the members, the largest first."""
    same = (Subscription.languages, Subscription.timezone, Subscription.covered_until)
    size = func.count()
    found = select(*same, size).where(*members.conditions).group_by(*same)
    rows = db.session.execute(found.order_by(size.desc(), *same))
    return [Group(*row) for row in rows]  # type: ignore[arg-type]


def rhythms(members: Members) -> list[tuple[Frequency, int, int, str]]:
    """Return frequency, weekday, hour and zone, each combination once."""
    same = (Subscription.frequency, Subscription.weekday, Subscription.hour, Subscription.timezone)
    found = db.session.execute(select(*same).where(*members.conditions).distinct())
    return [(frequency, weekday, hour, zone) for frequency, weekday, hour, zone in found]
