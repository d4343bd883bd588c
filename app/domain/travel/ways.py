"""Using an alternative route: it is planned leg by leg, and someone is assigned to book it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app import clock
from app.domain.actions import follow_ups
from app.domain.travel import impact, travel
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUpKind, Priority
from app.models.congress.delegations import Delegation
from app.models.travel.problems import RouteProblem
from app.models.travel.travel import HITTABLE, Direction, Leg, LegStatus
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.travel import hits, ways
from app.queries.travel.ways import OtherWay
from app.text import N_

_REMIND_BEFORE = 24
"""Hours before the booking is due."""


def choose(delegation: Delegation, way: OtherWay, *, problem: RouteProblem | None, by: User, title: str) -> None:
    """Write a route as the delegation's plan: legs that are dropped are canceled, unchanged ones are kept.

    The booking action, with the given `title`, is assigned to the person who chose the route.
    """
    hit = hits.leg_ids(delegation.congress_id, delegation_id=delegation.id)
    ahead = list(ways.legs_to_replace(delegation))
    kept = _kept(ahead, way, hit)
    around = problem.id if problem else next(iter(_problems(delegation)), None)
    for leg in ahead:
        if leg not in kept:
            leg.around_id = around
            travel.set_leg_status(leg, LegStatus.CANCELLED)
    for stretch in way.stretches[len(kept) :]:
        leg = travel.add_leg(
            delegation,
            {
                "direction": Direction.OUT,
                "journey": None,
                "mode": stretch.mode,
                "carrier": stretch.carriers[0] if len(stretch.carriers) == 1 else None,
                "number": None,
                "origin": stretch.origin,
                "destination": stretch.destination,
                "crossing": stretch.crossing,
                "departs": travel.shown_at(stretch.departs_at, stretch.origin),
                "arrives": travel.shown_at(stretch.arrives_at, stretch.destination),
                "status": LegStatus.PLANNED,
                "booking_reference": None,
                "seats": None,
                "cost": None,
                "currency": None,
            },
        )
        leg.around_id = around
    db.session.flush()
    if len(kept) < len(way.stretches):
        _ask_to_book(delegation, way.stretches[len(kept)].departs_at, problem=problem, by=by, title=title)
    impact.settle(delegation.congress_id, delegation_id=delegation.id)


def undo(delegation: Delegation) -> None:
    """Restore the previous route: planned legs are deleted, and the legs canceled for them get their previous status."""
    legs = ways.legs_around(delegation)
    if not legs:
        raise DomainError(None, N_("This delegation has not changed its route."))
    for leg in legs:
        if leg.status in HITTABLE:
            travel.delete_leg(leg)
        else:
            leg.around_id = None
            travel.set_leg_status(leg, travel.status_before(leg, LegStatus.CANCELLED))
    for action in follow_up_queries.of_delegation(delegation.id):
        if action.kind is FollowUpKind.BOOK and action.is_open:
            follow_ups.cancel(action)


def _kept(ahead: Sequence[Leg], way: OtherWay, hit: set[int]) -> list[Leg]:
    """Return the first legs that both routes share, as long as they are not affected."""
    kept = []
    for leg, stretch in zip(ahead, way.stretches, strict=False):
        ends = (leg.origin_id, leg.destination_id, leg.mode)
        if leg.id in hit or ends != (stretch.origin.id, stretch.destination.id, stretch.mode):
            break
        kept.append(leg)
    return kept


def _problems(delegation: Delegation) -> list[int]:
    found = hits.impact(delegation.congress_id, delegation_id=delegation.id).hits
    return sorted({one.problem_id for one in found if one.direction is Direction.OUT})


def _ask_to_book(
    delegation: Delegation, departs_at: datetime, *, problem: RouteProblem | None, by: User, title: str
) -> None:
    now = clock.now()
    follow_ups.assign(
        delegation.congress_id,
        {
            "title": title[:200],
            "note": None,
            "assignee": by,
            "due_at": max(now + timedelta(hours=2), min(now + timedelta(days=2), departs_at - timedelta(days=1))),
            "remind_before_hours": _REMIND_BEFORE,
            "priority": Priority.HIGH,
        },
        by=by,
        problem=problem,
        delegations=[delegation],
        kind=FollowUpKind.BOOK,
    )
