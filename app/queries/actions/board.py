"""The actions of a filter in columns by status or by assignee, and how much each assignee has to do."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp, FollowUpStatus
from app.models.mobilizing.brigades import Brigade
from app.models.people.people import Person
from app.queries.actions.filters import FollowUpFilter, Holder, Show, due_in, order
from app.queries.actions.spans import Days, Span

CARDS, CARDS_OF_ASSIGNEE = 10, 5
"""The number of actions that a column shows; its heading counts them all."""
ASSIGNEES = 10
"""The number of assignees with a column of their own: those with the most open actions."""

_CARD = (
    joinedload(FollowUp.assignee_person),
    joinedload(FollowUp.assignee_brigade),
    joinedload(FollowUp.delegation),
    joinedload(FollowUp.person),
)
_HELD = (FollowUp.assignee_id, FollowUp.assignee_person_id, FollowUp.assignee_brigade_id)


@dataclass(frozen=True, slots=True)
class Load:
    """What an assignee has to do."""

    holder: Holder
    who: User | Person | Brigade | None
    """None if nobody has these actions, or a person or brigade out of scope."""
    open: int
    late: int
    week: int
    """Those due in the rest of this week, today included."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how many actions it has, and the first ones."""

    key: FollowUpStatus | Load
    total: int
    cards: Sequence[FollowUp]

    @property
    def more(self) -> int:
        """The number of actions without a card."""
        return self.total - len(self.cards)


def by_status(shown: FollowUpFilter) -> list[Column]:
    """Return a column for each status that a filter shows: open actions as they are sorted, closed ones latest first."""
    counted = shown.found().with_only_columns(FollowUp.status, func.count(), maintain_column_froms=True)
    totals: dict[Any, int] = dict(db.session.execute(counted.group_by(FollowUp.status)).all())
    latest = [func.coalesce(FollowUp.completed_at, FollowUp.due_at).desc(), FollowUp.id.desc()]
    cards = _cards(shown, [FollowUp.status], order(shown.sorting), CARDS, FollowUp.status.in_(OPEN_STATUSES))
    if any(totals.get(status) for status in FollowUpStatus if status not in OPEN_STATUSES):
        cards += _cards(shown, [FollowUp.status], latest, CARDS, FollowUp.status.not_in(OPEN_STATUSES))
    statuses = [status for status in FollowUpStatus if _may_be_shown(status, shown)]
    return [Column(one, totals.get(one, 0), [card for card in cards if card.status is one]) for one in statuses]


def by_assignee(shown: FollowUpFilter, loads: Sequence[Load]) -> list[Column]:
    """Return a column with the open actions of each of the assignees with the most of them; `loads` is from `workload`."""
    chosen = [load for load in loads if load.open][:ASSIGNEES]
    if not chosen:
        return []
    holders = or_(*(load.holder.condition for load in chosen))
    cards = _cards(_open(shown), _HELD, order(shown.sorting), CARDS_OF_ASSIGNEE, holders)
    return [Column(load, load.open, [card for card in cards if _holder(card) == load.holder]) for load in chosen]


def workload(shown: FollowUpFilter, days: Days) -> list[Load]:
    """Return what each assignee of the open actions that a filter shows has to do, the most first."""
    tallies = [func.count(), *(func.count().filter(due_in(span, days)) for span in (Span.LATE, Span.WEEK))]
    counted = _open(shown).found().with_only_columns(*_HELD, *tallies, maintain_column_froms=True)
    rows = db.session.execute(counted.group_by(*_HELD)).all()
    users = {one.id: one for one in _some(User, [row[0] for row in rows])}
    people = {one.id: one for one in _some(Person, [row[1] for row in rows])}
    brigades = {one.id: one for one in _some(Brigade, [row[2] for row in rows])}
    loads = [
        Load(Holder(user, person, brigade), users.get(user) or people.get(person) or brigades.get(brigade), *rest)
        for user, person, brigade, *rest in rows
    ]
    return sorted(loads, key=lambda one: (-one.open, *(number or 0 for number in astuple(one.holder))))


def _open(shown: FollowUpFilter) -> FollowUpFilter:
    """Return a filter that shows only open actions; one by an open status stays."""
    return shown if shown.show in OPEN_STATUSES else replace(shown, show=Show.OPEN)


def _may_be_shown(status: FollowUpStatus, shown: FollowUpFilter) -> bool:
    if shown.show is None or isinstance(shown.show, FollowUpStatus):
        return shown.show in (None, status)
    return (status in OPEN_STATUSES) == (shown.show is Show.OPEN)


def _cards(
    shown: FollowUpFilter, partition: Sequence[Any], ranked: Sequence[Any], most: int, among: ColumnElement[bool]
) -> list[FollowUp]:
    """Return the first actions of each part, in one statement."""
    place = func.row_number().over(partition_by=partition, order_by=ranked).label("place")
    numbered = shown.found().where(among).with_only_columns(FollowUp.id, place, maintain_column_froms=True).subquery()
    first = select(FollowUp).join(numbered, and_(numbered.c.id == FollowUp.id, numbered.c.place <= most))
    return list(db.session.scalars(first.order_by(numbered.c.place).options(*_CARD)).unique())


def _holder(card: FollowUp) -> Holder:
    return Holder(*card.held)


def _some(model: type[Any], ids: Sequence[int | None]) -> Sequence[Any]:
    numbers = [number for number in ids if number is not None]
    return db.session.scalars(select(model).where(model.id.in_(numbers))).all() if numbers else ()
