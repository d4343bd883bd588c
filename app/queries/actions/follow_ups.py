"""Follow-up actions."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.mail.deliveries import AnnouncedFollowUp, Delivery
from app.models.people.people import Person
from app.models.travel.problems import RouteProblem
from app.queries.lookup import one
from app.queries.paging import PAGE, Page, holding_words, ids_of, page_of

_WHOLE = (
    joinedload(FollowUp.assignee_person),
    joinedload(FollowUp.delegation),
    joinedload(FollowUp.person),
    joinedload(FollowUp.problem).selectinload(RouteProblem.informed_entities),
)


def get(follow_up_id: int) -> FollowUp:
    """Return a follow-up in scope."""
    return one(FollowUp, FollowUp.id == follow_up_id, options=_WHOLE)


class Show(StrEnum):
    """Filter for the list of follow-ups."""

    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"


def open_of_congress(congress_id: int) -> Sequence[FollowUp]:
    """Return the open follow-ups of a congress, by due date."""
    return open_about(FollowUp.congress_id, congress_id)


def open_about(column: InstrumentedAttribute[int | None], number: int) -> Sequence[FollowUp]:
    """Return the open follow-ups in scope with an id in a column, such as `FollowUp.campaign_id`, by due date."""
    return _listing(column == number, FollowUp.status.in_(OPEN_STATUSES))


def find(
    typed: str, show: str, number: int, *, congress_id: int | None = None, campaign_id: int | None = None
) -> Page[FollowUp]:
    """Return a page of the follow-ups in scope, or of one congress or campaign, open ones first, by due date.

    Title, note and assignee together must contain every word of `typed`; `show` is a value of Show, or empty for all.
    """
    found = _found(typed, show, congress_id=congress_id, campaign_id=campaign_id)
    return page_of(found.options(*_WHOLE), number)


def numbers(typed: str, show: str, *, congress_id: int | None = None, campaign_id: int | None = None) -> Sequence[int]:
    """Return the ids of all follow-ups that `find` shows, in the same order."""
    return ids_of(FollowUp.id, _found(typed, show, congress_id=congress_id, campaign_id=campaign_id))


def _found(typed: str, show: str, *, congress_id: int | None, campaign_id: int | None) -> Select[FollowUp]:
    is_open = FollowUp.status.in_(OPEN_STATUSES)
    shown: dict[str, tuple[ColumnElement[bool], ...]] = {
        Show.OPEN: (is_open,),
        Show.OVERDUE: (is_open, FollowUp.due_at < clock.now()),
        Show.CLOSED: (~is_open,),
    }
    words = holding_words(typed, FollowUp.title, FollowUp.note, User.name, Person.given_name, Person.family_name)
    found = ordered(*shown.get(show, ()), *words).outerjoin(User, User.id == FollowUp.assignee_id)
    found = found.outerjoin(Person, Person.id == FollowUp.assignee_person_id)
    if congress_id is not None:
        found = found.where(FollowUp.congress_id == congress_id)
    if campaign_id is not None:
        found = found.where(FollowUp.campaign_id == campaign_id)
    return found


def of_problem(problem_id: int) -> Sequence[FollowUp]:
    """Return the follow-ups that a problem suggested or that are about it."""
    return _listing(FollowUp.problem_id == problem_id)


def of_delegation(delegation_id: int) -> Sequence[FollowUp]:
    """Return the follow-ups that concern a delegation."""
    return _listing(FollowUp.delegation_id == delegation_id)


def some_by_id(follow_up_ids: Collection[int]) -> Sequence[FollowUp]:
    """Return follow-ups in scope by id."""
    return _listing(FollowUp.id.in_(follow_up_ids))


def of_interactions(interaction_ids: Collection[int]) -> dict[int, list[FollowUp]]:
    """Return the next steps of interactions, as far as they are in scope, by the id of the interaction."""
    steps: dict[int, list[FollowUp]] = defaultdict(list)
    for follow_up in _listing(FollowUp.interaction_id.in_(interaction_ids)) if interaction_ids else ():
        steps[follow_up.interaction_id or 0].append(follow_up)
    return steps


def page(number: int, total: int, *conditions: ColumnElement[bool], size: int = PAGE) -> Page[FollowUp]:
    """Return a page of the open follow-ups in scope that meet all conditions, by due date, given how many there are.

    Counting them together with their rows would read all of them; beyond the end, it is the last page.
    """
    number = min(number, Page((), total, size=size).count)
    shown = select(FollowUp).where(*conditions).order_by(FollowUp.due_at, FollowUp.id).options(*_WHOLE)
    rows = db.session.scalars(shown.limit(size).offset((number - 1) * size)).unique().all() if total else ()
    return Page(rows, total, number, size)


def owned_delegations(congress_id: int) -> set[tuple[int, int]]:
    """Return the problem and delegation of each open follow-up of a congress that is about both."""
    pairs = select(FollowUp.problem_id, FollowUp.delegation_id).where(
        FollowUp.congress_id == congress_id,
        FollowUp.status.in_(OPEN_STATUSES),
        FollowUp.problem_id.is_not(None),
        FollowUp.delegation_id.is_not(None),
    )
    return {(problem, delegation) for problem, delegation in db.session.execute(pairs) if problem and delegation}


def announced_by(delivery: Delivery) -> Sequence[FollowUp]:
    """Return the follow-ups that an email announces and that are still open and assigned to its recipient, by due date."""
    announced = select(AnnouncedFollowUp.follow_up_id).where(AnnouncedFollowUp.delivery_id == delivery.id)
    is_recipient = FollowUp.assignee_id == delivery.user_id
    if delivery.person_id is not None:
        is_recipient = FollowUp.assignee_person_id == delivery.person_id
    return _listing(FollowUp.id.in_(announced), is_recipient, FollowUp.status.in_(OPEN_STATUSES))


def _listing(*conditions: ColumnElement[bool]) -> Sequence[FollowUp]:
    return db.session.scalars(ordered(*conditions).options(*_WHOLE)).unique().all()


def ordered(*conditions: ColumnElement[bool]) -> Select[FollowUp]:
    """Return the statement for the follow-ups in scope that meet all conditions, open ones first, by due date."""
    open_first = (FollowUp.status.not_in(OPEN_STATUSES), FollowUp.due_at, FollowUp.id)
    return select(FollowUp).where(*conditions).order_by(*open_first)
