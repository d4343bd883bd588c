"""Follow-up actions."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, lazyload, load_only

from app.extensions import db
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.mail.deliveries import AnnouncedFollowUp, Delivery
from app.models.travel.problems import RouteProblem
from app.queries.actions.filters import FollowUpFilter, Sorting, order
from app.queries.lookup import one
from app.queries.paging import PAGE, Page, ids_of, page_of

_WHOLE = (
    joinedload(FollowUp.assignee_person),
    joinedload(FollowUp.assignee_brigade),
    joinedload(FollowUp.delegation),
    joinedload(FollowUp.person),
    joinedload(FollowUp.problem).selectinload(RouteProblem.informed_entities),
    joinedload(FollowUp.after).options(load_only(FollowUp.title, FollowUp.status), lazyload("*")),
)


def get(follow_up_id: int) -> FollowUp:
    """Return a follow-up in scope."""
    return one(FollowUp, FollowUp.id == follow_up_id, options=_WHOLE)


def open_of_congress(congress_id: int) -> Sequence[FollowUp]:
    """Return the open follow-ups of a congress, by due date."""
    return open_about(FollowUp.congress_id, congress_id)


def open_about(column: InstrumentedAttribute[int | None], number: int) -> Sequence[FollowUp]:
    """Return the open follow-ups in scope with an id in a column, such as `FollowUp.campaign_id`, by due date."""
    return _listing(column == number, FollowUp.status.in_(OPEN_STATUSES))


def find(shown: FollowUpFilter, number: int) -> Page[FollowUp]:
    """Return a page of the follow-ups that a filter shows, in its order."""
    return page_of(shown.sorted().options(*_WHOLE), number)


def numbers(shown: FollowUpFilter) -> Sequence[int]:
    """Return the ids of all follow-ups that `find` shows, in the same order."""
    return ids_of(FollowUp.id, shown.sorted())


def of_problem(problem_id: int) -> Sequence[FollowUp]:
    """Return the follow-ups that a problem suggested or that are about it."""
    return _listing(FollowUp.problem_id == problem_id)


def of_delegation(delegation_id: int) -> Sequence[FollowUp]:
    """Return the follow-ups that concern a delegation."""
    return _listing(FollowUp.delegation_id == delegation_id)


def of_resolution(resolution_id: int) -> Sequence[FollowUp]:
    """Return the follow-ups that carry a resolution out."""
    return _listing(FollowUp.resolution_id == resolution_id)


def last_done(follow_ups: Sequence[FollowUp]) -> FollowUp | None:
    """Return the action that was completed last, if none of all those about a subject is open."""
    done = [one for one in follow_ups if one.completed_at is not None and one.is_completed]
    if not done or any(one.is_open for one in follow_ups):
        return None
    return max(done, key=lambda one: (one.completed_at or one.created_at, one.id))


def some_by_id(follow_up_ids: Collection[int]) -> Sequence[FollowUp]:
    """Return follow-ups in scope by id."""
    return _listing(FollowUp.id.in_(follow_up_ids))


def in_scope(follow_up_ids: Collection[int]) -> Sequence[int]:
    """Return which of some follow-ups are in scope, by id."""
    return db.session.scalars(select(FollowUp.id).where(FollowUp.id.in_(follow_up_ids))).all()


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
    """Return the follow-ups that an email announces and that are still open and assigned to its recipient, by due date.

    To a coordinator, those that her brigade still has.
    """
    announced = select(AnnouncedFollowUp.follow_up_id).where(AnnouncedFollowUp.delivery_id == delivery.id)
    is_recipient = FollowUp.assignee_id == delivery.user_id
    if delivery.brigade_member is not None:
        is_recipient = FollowUp.assignee_brigade_id == delivery.brigade_member.brigade_id
    elif delivery.person_id is not None:
        is_recipient = FollowUp.assignee_person_id == delivery.person_id
    return _listing(FollowUp.id.in_(announced), is_recipient, FollowUp.status.in_(OPEN_STATUSES))


def _listing(*conditions: ColumnElement[bool]) -> Sequence[FollowUp]:
    return db.session.scalars(ordered(*conditions).options(*_WHOLE)).unique().all()


def ordered(*conditions: ColumnElement[bool]) -> Select[FollowUp]:
    """Return the statement for the follow-ups in scope that meet all conditions, open ones first, by due date."""
    return select(FollowUp).where(*conditions).order_by(*order(Sorting.DUE))
