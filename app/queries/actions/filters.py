"""Which actions a list or a board shows, and what can be chosen to filter them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, not_, select

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp, FollowUpStatus, Priority
from app.models.actions.templates import TemplateUse
from app.models.mobilizing.brigades import Brigade
from app.models.people.people import Person
from app.queries.actions.order import waits
from app.queries.actions.spans import Days, Span
from app.queries.paging import holding_words

_OFFERED = 200
"""The number of people, of brigades, and of uses of templates, that are offered."""


class Show(StrEnum):
    """Actions of several statuses."""

    OPEN = "open"
    CLOSED = "closed"


class SubjectKind(StrEnum):
    """What an action may be about; nothing, if it is about none of them."""

    PROBLEM = "problem"
    RESOLUTION = "resolution"
    MOBILIZATION = "mobilization"
    DELEGATION = "delegation"
    LEG = "leg"
    PERSON = "person"
    ORGANIZATION = "organization"
    ARTICLE = "article"
    INTERACTION = "interaction"
    NOTHING = "nothing"


class Part(StrEnum):
    """What actions are a part of."""

    SERIES = "series"
    TEMPLATE = "template"


class Sorting(StrEnum):
    """How a list is sorted; all sort open actions first."""

    DUE = ""
    LATEST_DUE = "-due"
    PRIORITY = "priority"
    NEWEST = "-created"


class View(StrEnum):
    """How actions are shown."""

    LIST = ""
    BY_STATUS = "status"
    BY_ASSIGNEE = "assignee"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an action: an account, a person without one, a brigade, or, without any of them, nobody."""

    user_id: int | None = None
    person_id: int | None = None
    brigade_id: int | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        """Return the condition that an action is theirs."""
        held = {
            FollowUp.assignee_id: self.user_id,
            FollowUp.assignee_person_id: self.person_id,
            FollowUp.assignee_brigade_id: self.brigade_id,
        }
        return and_(*(column.is_(None) if number is None else column == number for column, number in held.items()))


@dataclass(frozen=True, slots=True)
class FollowUpFilter:
    """The actions of a list: those in scope for which everything given is true."""

    congress_id: int | None = None
    campaign_id: int | None = None
    is_of_house: bool = False
    """Whether only those that belong to neither a congress nor a campaign are shown."""
    typed: str = ""
    """Words in title, note and assignee together."""
    show: Show | FollowUpStatus | None = None
    holder: Holder | None = None
    of_brigades: Collection[int] | None = None
    """The brigades of which one has them."""
    priority: Priority | None = None
    due: Span | None = None
    days: Days | None = None
    """The days around now as the reader counts them, from which `due` follows."""
    since: datetime | None = None
    until: datetime | None = None
    """Due at or after the first instant, and before the second."""
    about: SubjectKind | None = None
    created_by_id: int | None = None
    part: Part | None = None
    series_id: int | None = None
    template_use_id: int | None = None
    sorting: Sorting = Sorting.DUE

    def found(self) -> Select[FollowUp]:
        """Return the statement for these actions, unsorted."""
        found = select(FollowUp).where(*self.place(), *self._conditions())
        if not self.typed:
            return found
        found = found.outerjoin(User, User.id == FollowUp.assignee_id)
        found = found.outerjoin(Person, Person.id == FollowUp.assignee_person_id)
        found = found.outerjoin(Brigade, Brigade.id == FollowUp.assignee_brigade_id)
        columns = (FollowUp.title, FollowUp.note, User.name, Person.given_name, Person.family_name, Brigade.name)
        return found.where(*holding_words(self.typed, *columns))

    def sorted(self) -> Select[FollowUp]:
        """Return the statement for these actions in the order of the list."""
        return self.found().order_by(*order(self.sorting))

    def place(self) -> list[ColumnElement[bool]]:
        """Return the conditions of what they belong to."""
        if self.congress_id is not None:
            return [FollowUp.congress_id == self.congress_id]
        if self.campaign_id is not None:
            return [FollowUp.campaign_id == self.campaign_id]
        return [FollowUp.congress_id.is_(None), FollowUp.campaign_id.is_(None)] if self.is_of_house else []

    def _conditions(self) -> list[ColumnElement[bool]]:
        equal = {
            FollowUp.priority: self.priority,
            FollowUp.created_by_id: self.created_by_id,
            FollowUp.series_id: self.series_id,
            FollowUp.template_use_id: self.template_use_id,
        }
        given = [
            _status(self.show) if self.show else None,
            self.holder.condition if self.holder else None,
            None if self.of_brigades is None else FollowUp.assignee_brigade_id.in_(self.of_brigades),
            due_in(self.due, self.days) if self.due and self.days else None,
            FollowUp.due_at >= self.since if self.since else None,
            FollowUp.due_at < self.until if self.until else None,
            _about(self.about) if self.about else None,
            _PARTS[self.part].is_not(None) if self.part else None,
        ]
        return [column == value for column, value in equal.items() if value is not None] + [
            condition for condition in given if condition is not None
        ]


def order(sorting: Sorting) -> list[ColumnElement[Any]]:
    """Return what a list of actions is sorted by."""
    closed_last = FollowUp.status.not_in(OPEN_STATUSES)
    ranks = {member: rank for rank, member in enumerate(Priority)}
    first: dict[Sorting, list[Any]] = {
        Sorting.LATEST_DUE: [FollowUp.due_at.desc(), FollowUp.id.desc()],
        Sorting.PRIORITY: [case(ranks, value=FollowUp.priority), FollowUp.due_at, FollowUp.id],
        Sorting.NEWEST: [FollowUp.created_at.desc(), FollowUp.id.desc()],
    }
    return [closed_last, *first.get(sorting, [FollowUp.due_at, FollowUp.id])]


def users(of: FollowUpFilter) -> Sequence[Any]:
    """Return the accounts that have actions of a place, or created some, by name: each with whether it does either."""
    has = User.id.in_(select(FollowUp.assignee_id).where(*of.place()))
    made = User.id.in_(select(FollowUp.created_by_id).where(*of.place()))
    return db.session.execute(select(User.id, User.name, has, made).where(has | made)).all()


def people(of: FollowUpFilter) -> Sequence[Person]:
    """Return people without an account who have actions of a place, as far as they are in scope."""
    held = select(FollowUp.assignee_person_id).where(*of.place())
    found = select(Person).where(Person.id.in_(held)).order_by(Person.sort_key, Person.id)
    return db.session.scalars(found.limit(_OFFERED)).all()


def brigades(of: FollowUpFilter) -> Sequence[Brigade]:
    """Return the brigades in scope that have actions of a place, by name."""
    held = select(FollowUp.assignee_brigade_id).where(*of.place())
    found = select(Brigade).where(Brigade.id.in_(held)).order_by(Brigade.name, Brigade.id)
    return db.session.scalars(found.limit(_OFFERED)).all()


def template_uses(of: FollowUpFilter) -> Sequence[TemplateUse]:
    """Return the uses of templates that created actions of a place, latest first."""
    used = select(FollowUp.template_use_id).where(*of.place())
    found = select(TemplateUse).where(TemplateUse.id.in_(used)).order_by(TemplateUse.used_at.desc(), TemplateUse.id)
    return db.session.scalars(found.limit(_OFFERED)).all()


def _status(show: Show | FollowUpStatus) -> ColumnElement[bool]:
    if isinstance(show, FollowUpStatus):
        return FollowUp.status == show
    is_open = FollowUp.status.in_(OPEN_STATUSES)
    return is_open if show is Show.OPEN else not_(is_open)


def due_in(span: Span, days: Days) -> ColumnElement[bool]:
    """Return the condition that actions are due in a span: this week includes today, and neither includes what is late.

    An action that waits for another one is not late.
    """
    is_late = and_(FollowUp.status.in_(OPEN_STATUSES), FollowUp.due_at < days.now, not_(waits()))
    if span is Span.LATE:
        return is_late
    if span is Span.LATER:
        return FollowUp.due_at >= days.monday
    end = days.midnight if span is Span.TODAY else days.monday
    return and_(FollowUp.due_at >= days.morning, FollowUp.due_at < end, not_(is_late))


def _about(kind: SubjectKind) -> ColumnElement[bool]:
    columns: dict[SubjectKind, ColumnElement[Any]] = {
        one: getattr(FollowUp, f"{one}_id") for one in SubjectKind if one is not SubjectKind.NOTHING
    }
    if kind is SubjectKind.NOTHING:
        return and_(*(column.is_(None) for column in columns.values()))
    return columns[kind].is_not(None)


_PARTS = {Part.SERIES: FollowUp.series_id, Part.TEMPLATE: FollowUp.template_use_id}
