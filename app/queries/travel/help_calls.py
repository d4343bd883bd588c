"""Calls for help, and all answers of the delegates who made them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.congress.delegations import Delegate
from app.models.people.people import Person
from app.models.travel.check_ins import CheckIn, GivenAnswer, HelpCall
from app.queries.lookup import one
from app.queries.naming import holding
from app.queries.paging import Page, page_of


def get(congress_id: int, help_call_id: int) -> HelpCall:
    """Return a call for help of a congress."""
    return one(HelpCall, HelpCall.id == help_call_id, HelpCall.congress_id == congress_id)


def open_of(delegate: Delegate) -> HelpCall | None:
    """Return the open call of a delegate, or None."""
    return db.session.scalar(select(HelpCall).where(HelpCall.delegate_id == delegate.id, HelpCall.closed_at.is_(None)))


def open_in(congress_ids: Collection[int]) -> Sequence[HelpCall]:
    """Return the open calls of some congresses, longest waiting first."""
    return _listing(HelpCall.congress_id.in_(congress_ids), HelpCall.closed_at.is_(None))


def open_of_delegation(delegation_id: int) -> Sequence[HelpCall]:
    """Return the open calls of a delegation's delegates."""
    seated = select(Delegate.id).where(Delegate.delegation_id == delegation_id)
    return _listing(HelpCall.delegate_id.in_(seated), HelpCall.closed_at.is_(None))


def open_of_problem(congress_id: int, problem_id: int) -> Sequence[HelpCall]:
    """Return the open calls of the delegates who were asked about a problem."""
    asked = select(CheckIn.delegate_id).where(CheckIn.problem_id == problem_id)
    return _listing(HelpCall.congress_id == congress_id, HelpCall.closed_at.is_(None), HelpCall.delegate_id.in_(asked))


class Show(StrEnum):
    """Filter for the list of calls."""

    OPEN = "open"
    CLOSED = "closed"


def find(congress_id: int, typed: str, show: str, number: int) -> Page[HelpCall]:
    """Return a page of a congress's calls: open ones first, longest waiting first, then closed ones, latest first.

    The delegate's name must contain every word of `typed`; `show` is a value of Show, or empty for all.
    """
    is_open = HelpCall.closed_at.is_(None)
    shown = {Show.OPEN: is_open, Show.CLOSED: ~is_open}
    found = _statement(HelpCall.congress_id == congress_id)
    if show:
        found = found.where(shown[Show(show)])
    if typed.strip():
        called = HelpCall.delegate.has(Delegate.person.has(and_(*holding(Person.words, typed))))
        found = found.where(called)
    waiting = case((is_open, HelpCall.called_at))
    return page_of(found.order_by(is_open.desc(), waiting, HelpCall.closed_at.desc(), HelpCall.id), number)


def count_open(congress_id: int) -> int:
    """Return the number of open calls of a congress."""
    counted = select(func.count()).select_from(HelpCall)
    return db.session.scalar(counted.where(HelpCall.congress_id == congress_id, HelpCall.closed_at.is_(None))) or 0


def answers(delegate_ids: Collection[int]) -> dict[int, list[GivenAnswer]]:
    """Return the answers of each delegate, latest first; one answer to several questions counts once."""
    listed = (
        select(GivenAnswer).where(GivenAnswer.delegate_id.in_(delegate_ids)).options(joinedload(GivenAnswer.heard_by))
    )
    found: dict[int, list[GivenAnswer]] = defaultdict(list)
    for given in db.session.scalars(listed.order_by(GivenAnswer.given_at.desc(), GivenAnswer.id.desc())):
        before = found[given.delegate_id][-1:]
        if not before or (before[0].given_at, before[0].answer) != (given.given_at, given.answer):
            found[given.delegate_id].append(given)
    return found


def _listing(*conditions: ColumnElement[bool]) -> Sequence[HelpCall]:
    return db.session.scalars(_statement(*conditions).order_by(HelpCall.called_at, HelpCall.id)).unique().all()


def _statement(*conditions: ColumnElement[bool]) -> Select[HelpCall]:
    person = joinedload(HelpCall.delegate).joinedload(Delegate.person).selectinload(Person.contact_details)
    delegation = joinedload(HelpCall.delegate).joinedload(Delegate.delegation)
    return select(HelpCall).where(*conditions).options(person, delegation, joinedload(HelpCall.closed_by))
