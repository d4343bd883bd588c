"""Using an alternative route: it is planned leg by leg, and someone is assigned to book it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from app import clock
from app.domain.actions import follow_ups
from app.domain.travel import impact, parties
from app.domain.travel.legs import add_leg, delete_leg, set_leg_status, shown_at, status_before
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import AFTER_REROUTING, FollowUpKind, Priority
from app.models.congress.delegations import Delegate, Delegation
from app.models.travel.journeys import HITTABLE, Direction, Journey, Leg, LegStatus
from app.models.travel.problems import RouteProblem
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.travel import hits
from app.queries.travel import legs as leg_queries
from app.queries.travel.ways import AlternativeRoute, Segment
from app.text import N_

_REMIND_BEFORE = 24
"""Hours before an action is due."""


def choose(
    delegation: Delegation,
    way: AlternativeRoute,
    *,
    problem: RouteProblem | None,
    by: User,
    title: str,
    then: Mapping[FollowUpKind, str] = MappingProxyType({}),
) -> None:
    """Write a route as the delegation's plan: planned legs that are dropped are canceled, unchanged ones are kept.

    A booked leg is replaced: its booking stands until someone records that it is canceled. The booking action, with the
    given `title`, is assigned to the person who chose the route, and so are the actions in `then`, titles by kind.
    """
    ahead = list(leg_queries.to_replace(delegation))
    given_up = replaced(delegation, way)
    kept = ahead[: len(ahead) - len(given_up)]
    around = problem.id if problem else next(iter(_problems(delegation)), None)
    for leg in given_up:
        leg.around_id = around
        set_leg_status(leg, LegStatus.REPLACED if leg.status is LegStatus.BOOKED else LegStatus.CANCELLED)
    _plan(delegation, way.segments[len(kept) :], None, around)
    new = way.segments[len(kept) :]
    titles = dict(then) | ({FollowUpKind.BOOK: title} if new else {})
    for kind, called in titles.items():
        _assign(delegation, kind, called, departs_at=(new or way.segments)[0].departs_at, problem=problem, by=by)
    impact.settle(delegation.congress_id, delegation_id=delegation.id)


def choose_apart(
    delegation: Delegation,
    delegates: Sequence[Delegate],
    way: AlternativeRoute,
    *,
    problem: RouteProblem | None,
    by: User,
    title: str,
) -> Journey:
    """Write a route as a separate itinerary of some delegates; the others keep the shared one, and nothing is replaced.

    The booking action, with the given `title`, is assigned to the person who chose the route.
    """
    around = problem.id if problem else next(iter(_problems(delegation)), None)
    journey = parties.begin_party(delegation, Direction.OUT, delegates)
    _plan(delegation, way.segments, journey, around)
    _assign(delegation, FollowUpKind.BOOK, title, departs_at=way.segments[0].departs_at, problem=problem, by=by)
    impact.settle(delegation.congress_id, delegation_id=delegation.id)
    return journey


def undo(delegation: Delegation, *, by: User | None = None, cancel: str = "") -> None:
    """Restore the previous route: planned legs are deleted, and the legs dropped for them get their previous status.

    A separate itinerary that is left without legs is ended. A booked leg of the alternative route is replaced, and `by` gets the action `cancel` to cancel its booking. Open
    actions about the alternative route are dropped, and so is its booking action if no leg was booked.
    """
    legs = leg_queries.around_problems(delegation)
    if not legs:
        raise DomainError(None, N_("This delegation’s route has not been changed."))
    booked = [leg for leg in legs if leg.status is LegStatus.BOOKED]
    apart = {leg.journey for leg in legs if leg.journey.travelers}
    for leg in legs:
        _take_back(leg)
    for journey in apart:
        db.session.expire(journey, ["legs"])
        if not journey.legs:
            parties.end_party(journey)
    for action in follow_up_queries.of_delegation(delegation.id):
        unbooked = action.kind is FollowUpKind.BOOK and action.is_completed and not booked
        if unbooked or (action.kind in AFTER_REROUTING and action.is_open):
            follow_ups.cancel(action)
    if booked and by is not None:
        departs_at = booked[0].departs_at
        _assign(delegation, FollowUpKind.CANCEL_BOOKING, cancel, departs_at=departs_at, problem=None, by=by)


def replaced(delegation: Delegation, way: AlternativeRoute) -> Sequence[Leg]:
    """Return the legs that an alternative route would replace, in order."""
    [kept] = legs_kept(delegation, [way])
    return [leg for leg in leg_queries.to_replace(delegation) if leg not in kept]


def legs_kept(delegation: Delegation, found: Iterable[AlternativeRoute]) -> list[list[Leg]]:
    """Return for each alternative route the first legs of the delegation that are part of it and stay as they are."""
    hit = hits.leg_ids(delegation.congress_id, delegation_id=delegation.id)
    ahead = list(leg_queries.to_replace(delegation))
    return [_kept(ahead, way, hit) for way in found]


def _plan(delegation: Delegation, segments: Sequence[Segment], journey: Journey | None, around: int | None) -> None:
    """Add the segments of a route as planned legs of a separate itinerary, or of the shared one."""
    for segment in segments:
        leg = add_leg(
            delegation,
            {
                "direction": Direction.OUT,
                "journey": journey,
                "mode": segment.mode,
                "carrier": segment.carriers[0] if len(segment.carriers) == 1 else None,
                "number": None,
                "origin": segment.origin,
                "destination": segment.destination,
                "crossing": segment.crossing,
                "departs": shown_at(segment.departs_at, segment.origin),
                "arrives": shown_at(segment.arrives_at, segment.destination),
                "status": LegStatus.PLANNED,
                "booking_reference": None,
                "seats": None,
                "cost": None,
                "currency": None,
            },
        )
        leg.around_id = around
    db.session.flush()


def _take_back(leg: Leg) -> None:
    if leg.status is LegStatus.PLANNED:
        delete_leg(leg)
        return
    leg.around_id = None
    if leg.status in HITTABLE:
        set_leg_status(leg, LegStatus.REPLACED)
        return
    before = status_before(leg, leg.status)
    set_leg_status(leg, LegStatus.PLANNED if before is LegStatus.REPLACED else before)


def _kept(ahead: Sequence[Leg], way: AlternativeRoute, hit: set[int]) -> list[Leg]:
    """Return the first legs that both routes share, as long as they are not affected."""
    kept = []
    for leg, segment in zip(ahead, way.segments, strict=False):
        ends = (leg.origin_id, leg.destination_id, leg.mode)
        if leg.id in hit or ends != (segment.origin.id, segment.destination.id, segment.mode):
            break
        kept.append(leg)
    return kept


def _problems(delegation: Delegation) -> list[int]:
    found = hits.impact(delegation.congress_id, delegation_id=delegation.id).hits
    return sorted({one.problem_id for one in found if one.direction is Direction.OUT})


def _assign(
    delegation: Delegation,
    kind: FollowUpKind,
    title: str,
    *,
    departs_at: datetime,
    problem: RouteProblem | None,
    by: User,
) -> None:
    now = clock.now()
    follow_ups.assign(
        {
            "title": title[:200],
            "note": None,
            "assignee": by,
            "due_at": max(now + timedelta(hours=2), min(now + timedelta(days=2), departs_at - timedelta(days=1))),
            "remind_before_hours": _REMIND_BEFORE,
            "priority": Priority.HIGH,
            "escalate_to": None,
            "escalate_after_hours": None,
        },
        by=by,
        congress_id=delegation.congress_id,
        problem=problem,
        delegations=[delegation],
        kind=kind,
    )
